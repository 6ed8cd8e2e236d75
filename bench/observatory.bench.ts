// The Character Observatory beside its own SQL and beside the library `ws`: interactions a second,
// events a second to 100 clients of one ecosystem, how late an event is there; then the table of
// figures of its report, with what they are here. ROUNDS says how many rounds, 8 unless given.
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { loadSystem } from '../packages/etalon/src/claims/load-systems.ts'
import { startEnvironment } from '../packages/etalon/src/environment/environment.ts'
import { startInstance, type Instance } from '../packages/etalon/src/environment/instance.ts'
import { pairedRatioOf } from '../packages/etalon/src/kernel/statistics/paired-ratio.ts'
import { quantileOf } from '../packages/etalon/src/kernel/statistics/quantile.ts'
import { formatCount } from '../packages/etalon/src/kernel/units.ts'
import { durationOf, measureInRounds, type Benchmark } from './benchmark.ts'
import {
  everythingTold,
  headersOf,
  meetingOf,
  openBareInteractions,
  settle,
} from './observatory/crowd.ts'
import { fanOut } from './observatory/fan-out.ts'
import { reportTable } from './observatory/report-table.ts'
import { callers, openService } from './service-rate.ts'

const config = new URL('../systems/character-observatory/etalon.config.ts', import.meta.url)
  .pathname
const rounds = Number(process.env['ROUNDS'] ?? 8)
const interactionsPerRound = 300
const ecosystems = 3

const observatory: Benchmark = async () => {
  const { definition } = await loadSystem(config)
  const logs = mkdtempSync(join(os.tmpdir(), 'etalon-bench-'))
  const environment = await startEnvironment({ systems: [definition], logs, poolSize: 0 })
  const { servers } = environment
  const instances: Instance[] = []
  const start = async (name: string, processes = definition.processes): Promise<Instance> => {
    const instance = await startInstance({
      definition: { ...definition, processes },
      servers,
      logs,
      name,
    })
    instances.push(instance)
    return instance
  }
  try {
    // The bare statements have a database of their own, which no service watches.
    return await measure(await start('service'), await start('bare', {}))
  } finally {
    for (const instance of instances) await instance.stop()
    await environment.stop()
    rmSync(logs, { recursive: true, force: true })
  }
}

async function measure(instance: Instance, bare: Instance): Promise<string> {
  const interacting = await interactions(instance, bare)
  const pairs = interacting.pairs
  const fan = await fanOut(instance, pairs, rounds)
  return [
    `${rounds} interleaved rounds; one process of the service, PostgreSQL, Redis and the callers on the`,
    'same machine.\n',
    `Interactions: rounds of ${formatCount(interactionsPerRound)} by ${callers} callers. "SQL" is the same`,
    'statements by the driver, on a pool as large, in a database that no service watches. "API" ends',
    'when all are answered and all their events have been told.\n',
    `Events: rounds of ${formatCount(fan.messages)} to ${fan.clients} clients of one ecosystem, who have had`,
    'all of them at its end. "ws" is the library alone, in a process of its own, with the same text in',
    'memory; the service numbers and publishes the events of a transaction from its commit on.\n',
    '| | a second, median (least to most) | of the first |',
    '|---|---|---|',
    ...rateRows(interacting.durations, interactionsPerRound),
    ...rateRows(fan.durations, fan.messages),
    '\nOne event at a time, from before the transaction that tells of it is sent until a client has it:\n',
    '| | receipts | median | P95 | P99 |',
    '|---|---|---|---|---|',
    ...fan.latencies,
    '\nThe figures of its report:\n',
    ...(await reportTable(instance, pairs)),
  ].join('\n')
}

async function interactions(
  instance: Instance,
  bare: Instance,
): Promise<{ readonly durations: Durations; readonly pairs: Awaited<ReturnType<typeof settle>> }> {
  const pairs = await settle(instance, ecosystems)
  const barePairs = await settle(bare, ecosystems)
  const [api] = instance.processes.values()
  const service = openService(api?.url ?? '', headersOf(instance, pairs.owner))
  const sql = await openBareInteractions(bare, barePairs)
  const done = { api: 0, sql: 0 }
  try {
    const durations = await measureInRounds(
      [
        {
          name: 'SQL, interactions',
          measure: () => durationOf(() => byCallers(() => sql.meet(done.sql++))),
        },
        {
          name: 'API, interactions',
          measure: () =>
            durationOf(async () => {
              await byCallers(() =>
                service.call('/api/v1/interactions', meetingOf(pairs, done.api++)),
              )
              await everythingTold(instance)
            }),
        },
      ],
      { rounds },
    )
    return { durations, pairs }
  } finally {
    await Promise.all([service.close(), sql.close()])
  }
}

type Durations = Awaited<ReturnType<typeof measureInRounds>>

async function byCallers(operation: () => Promise<void>): Promise<void> {
  let begun = 0
  const caller = async (): Promise<void> => {
    while (begun < interactionsPerRound) {
      begun += 1
      await operation()
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
}

function rateRows(durations: Durations, perRound: number): string[] {
  const [reference = []] = durations.values()
  return [...durations].map(([name, values], index) => {
    const rates = values.map((durationMs) => (1_000 * perRound) / durationMs)
    const share = pairedRatioOf(
      values.map((durationMs, round) => ({
        subject: reference[round] ?? 0,
        reference: durationMs,
      })),
    )
    const [median, least, most] = [
      quantileOf(rates, 0.5, { unit: 'value' }).value,
      Math.min(...rates),
      Math.max(...rates),
    ].map((rate) => formatCount(Math.round(rate)))
    const percent = (value: number): string => `${(100 * value).toFixed(0)} %`
    const shown =
      index === 0 ? '' : `${percent(share.value)} (${percent(share.low)} to ${percent(share.high)})`
    return `| ${name} | ${median} (${least} to ${most}) | ${shown} |`
  })
}

export default observatory
