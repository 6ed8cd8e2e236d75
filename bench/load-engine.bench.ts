// What a request costs the driver: processor time at 50 connections, each waiting for its answer,
// against the same server. Every driver runs as a command, once shortly and once for longer; the
// difference of the two leaves out what it takes to start. All are compared by the shortest answer,
// which shows what sending and waiting cost; those that read cheaply once more by an answer such as
// services give, which shows what reading costs.
//
// ROUNDS says how many times; `node bench/load-engine/install-peers.ts` brings the peers.
import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Estimate } from '../packages/etalon/src/kernel/estimate.ts'
import { pairedRatioOf } from '../packages/etalon/src/kernel/statistics/paired-ratio.ts'
import { formatQuantity } from '../packages/etalon/src/kernel/units.ts'
import { measureInRounds, type Benchmark } from './benchmark.ts'
import { fastLane, findDrivers, least, scenarioLane, type Driver } from './load-engine/driver.ts'

const rounds = Number(process.env['ROUNDS'] ?? 7)
const shortS = 1
const longS = 5
const ticksPerSecond = 100

/** Processor time of a request: of the program itself, and of the kernel for it. */
interface Cost {
  readonly userUs: number
  readonly kernelUs: number
}

type Costs = ReadonlyMap<string, readonly Cost[]>

const loadEngine: Benchmark = async () => {
  const { drivers, missing } = findDrivers()
  const cheap = drivers.filter(({ name }) => /^(etalon, fast|least|autocannon|wrk)/.test(name))
  const byShort = await costsWith('short', drivers)
  const byService = await costsWith('service', cheap)
  return [
    introduction(missing),
    '## The shortest answer: two fields and 27 bytes',
    costTable(byShort),
    askedTable(byShort),
    '## An answer as services give it: 15 fields and 299 bytes',
    costTable(byService),
    askedTable(byService),
  ].join('\n\n')
}

/** What each driver costs with a server of one kind of answer. */
async function costsWith(answer: 'short' | 'service', drivers: readonly Driver[]): Promise<Costs> {
  const program = fileURLToPath(new URL('load-engine/server.ts', import.meta.url))
  const server = fork(program, [answer])
  const [port] = (await once(server, 'message')) as [number]
  const url = `http://127.0.0.1:${port}`
  const served = async (): Promise<number> => {
    server.send('count')
    const [count] = (await once(server, 'message')) as [number]
    return count
  }
  const run = async (driver: Driver, seconds: number): Promise<Cost & { count: number }> => {
    const before = { ...childrenCpuUs(), count: await served() }
    const [program, ...args] = driver.command(url, seconds)
    const child = spawn(program, args, { stdio: 'ignore', env: driver.env })
    const [code] = (await once(child, 'close')) as [number | null]
    if (code !== 0) throw new Error(`${driver.name} ended with ${code}`)
    const { userUs, kernelUs } = childrenCpuUs()
    return {
      userUs: userUs - before.userUs,
      kernelUs: kernelUs - before.kernelUs,
      count: (await served()) - before.count,
    }
  }
  const costOf = async (driver: Driver): Promise<Cost> => {
    const short = await run(driver, shortS)
    const long = await run(driver, longS)
    const count = long.count - short.count
    return {
      userUs: (long.userUs - short.userUs) / count,
      kernelUs: (long.kernelUs - short.kernelUs) / count,
    }
  }
  try {
    return await costsInRounds(drivers, costOf)
  } finally {
    server.disconnect()
  }
}

async function costsInRounds(
  drivers: readonly Driver[],
  costOf: (driver: Driver) => Promise<Cost>,
): Promise<Costs> {
  const costs = new Map<string, Cost[]>(drivers.map(({ name }) => [name, []]))
  const contenders = drivers.map((driver) => ({
    name: driver.name,
    measure: async () => {
      const cost = await costOf(driver)
      costs.get(driver.name)?.push(cost)
      return sumUs(cost)
    },
  }))
  await measureInRounds(contenders, { rounds, warmUp: 1 })
  // The first is that of the warm-up.
  return new Map([...costs].map(([name, of]) => [name, of.slice(1)]))
}

function introduction(missing: readonly string[]): string {
  const skipped =
    missing.length > 0 ? ` Not on this machine, so not compared: ${missing.join(', ')}.` : ''
  return `Processor time of the driver for a request, ${rounds} interleaved rounds, 50 connections.${skipped}`
}

/** Processor time of all children that have ended, and theirs. */
function childrenCpuUs(): Cost {
  const line = readFileSync('/proc/self/stat', 'utf8')
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  const usOf = (place: number): number => (Number(fields[place]) * 1e6) / ticksPerSecond
  return { userUs: usOf(13), kernelUs: usOf(14) }
}

function costTable(costs: Costs): string {
  const rows = [...costs].map(([name, of]) => {
    const user = medianOf(of.map(({ userUs }) => userUs)).toFixed(1)
    const kernel = medianOf(of.map(({ kernelUs }) => kernelUs)).toFixed(1)
    const sum = medianOf(of.map(sumUs))
    const ratio = name === fastLane ? '1' : shown(ratioOf(costs, name, fastLane))
    const rate = Math.round(1e6 / sum).toLocaleString('en')
    return `| ${name} | ${user} µs | ${kernel} µs | ${sum.toFixed(1)} µs | ${rate} | ${ratio} |`
  })
  return [
    '| driver | program | kernel | together, median | requests a CPU-second | times ours |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}

/** How much dearer the peers have to be, and are; and what would be the most possible. */
function askedTable(costs: Costs): string {
  const asked = [
    ['wrk', fastLane, 0.9],
    ['autocannon', fastLane, 2],
    ['k6', scenarioLane, 3],
  ] as const
  const rows = asked.flatMap(([peer, ours, factor]) => {
    const name = [...costs.keys()].find((key) => key.startsWith(peer))
    if (name === undefined || !costs.has(ours)) return []
    const ratio = ratioOf(costs, name, ours)
    const met = ratio.low >= factor ? 'yes' : ratio.high < factor ? 'no' : 'open'
    const most = ours === fastLane ? shown(ratioOf(costs, name, least)) : ''
    return [`| ${name} / ${ours} | ${shown(ratio)} | at least ${factor} | ${met} | ${most} |`]
  })
  return [
    '| times as dear | measured | asked for | met | the least in Node.js would have |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}

function ratioOf(costs: Costs, subject: string, reference: string): Estimate {
  const [of, to] = [costs.get(subject) ?? [], costs.get(reference) ?? []].map((each) =>
    each.map(sumUs),
  )
  const pairs = (of ?? []).map((us, round) => ({ subject: us, reference: to?.[round] ?? 0 }))
  return pairedRatioOf(pairs.every((pair) => pair.subject > 0 && pair.reference > 0) ? pairs : [])
}

function shown({ value, low, high }: Estimate): string {
  const [middle, from, to] = [value, low, high].map((ratio) => formatQuantity(ratio, 'value'))
  return `${middle} (${from} to ${to})`
}

function sumUs({ userUs, kernelUs }: Cost): number {
  return userUs + kernelUs
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

export default loadEngine
