// What a request costs the driver: processor time at 50 connections, each waiting for its answer,
// against the same server. Every driver runs as a command, once shortly and once for longer; the
// difference of the two leaves out what it takes to start.
import { fork, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { pairedRatioOf } from '../packages/etalon/src/kernel/statistics/paired-ratio.ts'
import { formatQuantity } from '../packages/etalon/src/kernel/units.ts'
import { measureInRounds, type Benchmark, type Durations } from './benchmark.ts'

const rounds = Number(process.env['ROUNDS'] ?? 7)
const shortS = 1
const longS = 5
const ticksPerSecond = 100

type Command = readonly [program: string, ...args: string[]]

/** A driver that is compared: its command for a URL and a number of seconds. */
interface Driver {
  readonly name: string
  readonly command: (url: string, seconds: number) => Command
}

const own = (file: string): string => fileURLToPath(new URL(`load-engine/${file}`, import.meta.url))
const node = process.execPath

const included: readonly Driver[] = [
  {
    name: 'etalon, fast lane',
    command: (url, seconds) => [
      node,
      own('etalon-driver.ts'),
      new URL(url).port,
      `${seconds}`,
      'fast',
    ],
  },
  {
    name: 'etalon, scenario',
    command: (url, seconds) => [
      node,
      own('etalon-driver.ts'),
      new URL(url).port,
      `${seconds}`,
      'scenario',
    ],
  },
  {
    name: 'undici dispatch',
    command: (url, seconds) => [node, own('undici-driver.ts'), url, `${seconds}`],
  },
]

/** Drivers that are compared where the machine has them. */
const onPath: readonly Driver[] = [
  {
    name: 'wrk',
    command: (url, seconds) => ['wrk', '-t1', '-c50', `-d${seconds}s`, '--latency', url],
  },
  {
    name: 'k6',
    command: (url, seconds) => [
      'k6',
      'run',
      '--quiet',
      '--vus=50',
      `--duration=${seconds}s`,
      `--env=TARGET=${url}`,
      own('k6.js'),
    ],
  },
  {
    name: 'oha',
    command: (url, seconds) => ['oha', '--no-tui', '-c', '50', '-z', `${seconds}s`, url],
  },
  {
    name: 'locust',
    command: (url, seconds) => [
      'locust',
      `--locustfile=${own('locustfile.py')}`,
      '--headless',
      '--users=50',
      '--spawn-rate=50',
      `--run-time=${seconds}s`,
      `--host=${url}`,
    ],
  },
]

const loadEngine: Benchmark = async () => {
  const server = fork(own('server.ts'))
  const [port] = (await once(server, 'message')) as [number]
  const url = `http://127.0.0.1:${port}`
  const present = onPath.filter(({ name }) => spawnSync('which', [name]).status === 0)
  const missing = onPath.filter((driver) => !present.includes(driver)).map(({ name }) => name)
  const autocannon = autocannonDriver()
  if (!autocannon) missing.push('autocannon')
  const drivers = [...included, ...(autocannon ? [autocannon] : []), ...present]
  const served = async (): Promise<number> => {
    server.send('count')
    const [count] = (await once(server, 'message')) as [number]
    return count
  }
  /** Processor time and requests of one run of a driver. */
  const run = async (driver: Driver, seconds: number): Promise<{ cpuS: number; count: number }> => {
    const before = { cpuS: childrenCpuS(), count: await served() }
    const [program, ...args] = driver.command(url, seconds)
    const child = spawn(program, args, { stdio: 'ignore' })
    const [code] = (await once(child, 'close')) as [number | null]
    if (code !== 0) throw new Error(`${driver.name} ended with ${code}`)
    return { cpuS: childrenCpuS() - before.cpuS, count: (await served()) - before.count }
  }
  const costUs = async (driver: Driver): Promise<number> => {
    const short = await run(driver, shortS)
    const long = await run(driver, longS)
    return (1e6 * (long.cpuS - short.cpuS)) / (long.count - short.count)
  }
  try {
    const costs = await measureInRounds(
      drivers.map((driver) => ({ name: driver.name, measure: () => costUs(driver) })),
      { rounds, warmUp: 1 },
    )
    return `${introduction(missing)}\n\n${costTable(costs)}`
  } finally {
    server.disconnect()
  }
}

function introduction(missing: readonly string[]): string {
  const skipped =
    missing.length > 0 ? ` Not on this machine, so not compared: ${missing.join(', ')}.` : ''
  return `Processor time of the driver for a request, ${rounds} interleaved rounds, 50 connections.${skipped}`
}

function autocannonDriver(): Driver | undefined {
  try {
    const program = createRequire(import.meta.url).resolve('autocannon')
    return {
      name: 'autocannon',
      command: (url, seconds) => [node, program, '-c', '50', '-d', `${seconds}`, url],
    }
  } catch {
    return undefined
  }
}

/** Processor time of all children that have ended, and theirs. */
function childrenCpuS(): number {
  const line = readFileSync('/proc/self/stat', 'utf8')
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond
}

function costTable(costs: Durations): string {
  const [ours = []] = costs.values()
  const rows = [...costs].map(([name, costsUs], index) => {
    const median = costsUs.toSorted((a, b) => a - b)[Math.floor(costsUs.length / 2)] ?? Number.NaN
    const pairs = costsUs.map((subject, round) => ({ subject, reference: ours[round] ?? 0 }))
    const sound = pairs.every(({ subject, reference }) => subject > 0 && reference > 0)
    const { value, low, high } = pairedRatioOf(sound ? pairs : [])
    const shown = [value, low, high].map((ratio) => formatQuantity(ratio, 'value'))
    const ratio = index === 0 ? '1' : `${shown[0]} (${shown[1]} to ${shown[2]})`
    return `| ${name} | ${median.toFixed(1)} µs | ${Math.round(1e6 / median).toLocaleString('en')} | ${ratio} |`
  })
  return [
    '| driver | processor time a request, median | requests a CPU-second | times ours |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n')
}

export default loadEngine
