// What TickStock takes, each beside what its report asked for: an expansion, a page's query, a
// delivery, a scenario, and the synchronizer over 1,000, 5,000 and 20,000 companies.
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { loadSystem } from '../packages/etalon/src/claims/load-systems.ts'
import { startEnvironment } from '../packages/etalon/src/environment/environment.ts'
import { startInstance } from '../packages/etalon/src/environment/instance.ts'
import { quantileOf } from '../packages/etalon/src/kernel/statistics/quantile.ts'
import { formatCount, formatQuantity } from '../packages/etalon/src/kernel/units.ts'
import { scenarios } from '../systems/tickstock/src/producer/scenario/catalogue.ts'
import { durationOf, type Benchmark } from './benchmark.ts'
import { lineThrough } from './tickstock/line.ts'
import { openMarket, type Market } from './tickstock/market.ts'

const config = new URL('../systems/tickstock/etalon.config.ts', import.meta.url).pathname
const sizes = [1_000, 5_000, 20_000]
const runsPerSize = 5

const tickstock: Benchmark = async () => {
  const { definition } = await loadSystem(config)
  const logs = mkdtempSync(join(os.tmpdir(), 'etalon-bench-'))
  const environment = await startEnvironment({ systems: [definition], logs, poolSize: 0 })
  const { servers } = environment
  const instance = await startInstance({ definition, servers, logs, name: 'bench' })
  const market = await openMarket(instance)
  try {
    return await measure(market)
  } finally {
    await market.close()
    await instance.stop()
    await environment.stop()
    rmSync(logs, { recursive: true, force: true })
  }
}

async function measure(market: Market): Promise<string> {
  const judged = await market.expand()
  const rows = [
    row(`expansion of ${judged} candidates`, await expansionsOf(market), 'P95 < 200 ms', '2 s'),
    row('query of a page', await repeat(500, () => market.ask()), 'P95 < 5 ms', '50 ms'),
    row('delivery of a message', await market.deliveries(500), 'P95 < 10 ms', '100 ms'),
    row('scenario, generated and loaded', await scenariosOf(market), '< 1 s', '120 s each'),
  ]
  const runs: (readonly [companies: number, durationsMs: readonly number[]])[] = []
  for (const companies of sizes) {
    runs.push([companies, await market.synchronize(companies, runsPerSize)])
  }
  return [
    'One at a time, the services, PostgreSQL and Redis on the same machine. An expansion begins with',
    'empty universes and is the function behind `etf-universe expand`; a query is one of three of the',
    'pages, by HTTP; a delivery is from the insert into the outbox to the subscriber of the channel.\n',
    '| | times | median | P95 (upper bound) | aim | S4 asked for |',
    '|---|---|---|---|---|---|',
    ...rows,
    `\nThe synchronizer, all five tasks, after every company was worth something else: ${runsPerSize} runs for`,
    'each size.\n',
    '| companies | median | longest | aim | S4 asked for |',
    '|---|---|---|---|---|',
    ...runs.map(runRow),
    '',
    growthOf(runs),
  ].join('\n')
}

function runRow([companies, durations]: readonly [number, readonly number[]]): string {
  const median = quantileOf(durations, 0.5, { unit: 'ms' }).value
  const [aim, asked] = companies === 20_000 ? ['< 60 s', '1,800 s'] : ['', '']
  return `| ${formatCount(companies)} | ${shown(median)} | ${shown(Math.max(...durations))} | ${aim} | ${asked} |`
}

/** Whether the cost is linear in the number of companies, said with the line that fits it. */
function growthOf(runs: readonly (readonly [number, readonly number[]])[]): string {
  const { start, slope, explained } = lineThrough(
    runs.flatMap(([companies, durations]) => durations.map((ms) => [companies, ms] as const)),
  )
  const medians = runs.map(([companies, durations]) => {
    return { companies, ms: quantileOf(durations, 0.5, { unit: 'ms' }).value }
  })
  const costs = medians.slice(1).map((larger, at) => {
    const smaller = medians[at] ?? larger
    return (larger.ms - smaller.ms) / (larger.companies - smaller.companies)
  })
  const micros = ({ low, value, high }: typeof slope): string =>
    [value, low, high].map((ms) => formatQuantity(1_000 * ms, 'value')).join(', ')
  return [
    `The line through all runs: ${shown(start)} and a company (value, low, high of 90 %) of`,
    `${micros(slope)} µs; it explains ${formatQuantity(100 * explained, 'value')} % of how they differ.`,
    `One more company between ${formatCount(sizes[1] ?? 0)} and ${formatCount(sizes[2] ?? 0)} costs`,
    `${formatQuantity((costs[1] ?? 0) / (costs[0] ?? 0), 'ratio')} of one between ${formatCount(sizes[0] ?? 0)} and ${formatCount(sizes[1] ?? 0)}.`,
  ].join('\n')
}

function row(name: string, durations: readonly number[], aim: string, asked: string): string {
  const median = quantileOf(durations, 0.5, { unit: 'ms' })
  const p95 = quantileOf(durations, 0.95, { unit: 'ms' })
  const bound = `${shown(p95.value)} (${shown(p95.high)})`
  return `| ${name} | ${durations.length} | ${shown(median.value)} | ${bound} | ${aim} | ${asked} |`
}

function expansionsOf(market: Market): Promise<number[]> {
  return repeat(
    100,
    () => market.expand(),
    () => market.empty(),
  )
}

async function scenariosOf(market: Market): Promise<number[]> {
  const durations: number[] = []
  for (let round = 0; round < 12; round += 1) {
    for (const { name } of scenarios) durations.push(await durationOf(() => market.load(name)))
  }
  return durations
}

/** Durations after five that are not counted; what comes before each is not counted either. */
async function repeat(
  times: number,
  work: () => Promise<unknown>,
  before: () => Promise<unknown> = () => Promise.resolve(),
): Promise<number[]> {
  const durations: number[] = []
  for (let time = -5; time < times; time += 1) {
    await before()
    const durationMs = await durationOf(work)
    if (time >= 0) durations.push(durationMs)
  }
  return durations
}

function shown(durationMs: number): string {
  return formatQuantity(durationMs, 'ms')
}

export default tickstock
