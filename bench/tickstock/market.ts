import { once } from 'node:events'
import { createClient } from '@redis/client'
import { signToken } from 'etalon'
import { Client } from 'pg'
import type { Instance } from '../../packages/etalon/src/environment/instance.ts'
import { connectPostgres } from '../../packages/service-kit/src/postgres.ts'
import {
  lastTradingDay,
  tradingDaysUntil,
} from '../../systems/tickstock/src/calendar/last-trading-day.ts'
import { loadBars } from '../../systems/tickstock/src/producer/loader/bars.ts'
import { loadReference } from '../../systems/tickstock/src/producer/loader/reference.ts'
import { syntheticProvider } from '../../systems/tickstock/src/producer/reference/synthetic.ts'
import { loadScenario } from '../../systems/tickstock/src/producer/scenario/load.ts'
import { findRun } from '../../systems/tickstock/src/producer/store/sync-run.ts'
import { findMembers } from '../../systems/tickstock/src/producer/store/universe.ts'
import { executeRuns } from '../../systems/tickstock/src/producer/sync/execution.ts'
import { openOrderedRun } from '../../systems/tickstock/src/producer/sync/opening.ts'
import { expandUniverses } from '../../systems/tickstock/src/producer/universe/expansion.ts'
import { durationOf } from '../benchmark.ts'
import { openService } from '../service-rate.ts'

/** TickStock with its reference data, and the ways in which it is used. */
export interface Market {
  /** Gives how many candidates were judged. */
  expand(): Promise<number>
  /** Takes the members out of every universe of ETFs. */
  empty(): Promise<void>
  ask(): Promise<void>
  deliveries(count: number): Promise<number[]>
  load(scenario: string): Promise<unknown>
  /** Runs of the synchronizer over so many companies; gives their durations. */
  synchronize(companies: number, runs: number): Promise<number[]>
  close(): Promise<void>
}

const channel = 'tickstock.scenario.loaded'
const pages = ['/universes', '/universes/etf_sectors', '/symbols/XLK/universes']

/** Loads reference data, universes and bars, and connects as the producer and as a viewer. */
export async function openMarket(instance: Instance): Promise<Market> {
  const pool = connectPostgres({
    url: instance.urlFor('producer'),
    applicationName: 'bench',
    poolMax: 8,
    statementTimeoutMs: 120_000,
    onIdleError: (error) => process.emitWarning(error),
  })
  const admin = new Client({ connectionString: instance.adminUrl })
  await admin.connect()
  const service = openService(
    instance.processes.get('consumer')?.url ?? '',
    await viewerOf(instance, admin),
  )
  const subscriber = createClient({ url: instance.redis?.url ?? '' })
  await subscriber.connect()
  const clock = { now: () => new Date() }
  const log = { info: ignore, warn: ignore, error: ignore }
  const producer = { pool, clock, log }
  await loadReference(producer, syntheticProvider())
  await expandUniverses(producer, syntheticProvider({ stocks: 0 }))
  const [universe] = await findMembers(pool, 'etf_sectors')
  await loadBars(producer, syntheticProvider(), { symbols: universe?.symbols ?? [], days: 60 })
  let asked = 0
  let days = 0

  return {
    expand: async () => (await expandUniverses(producer, syntheticProvider({ stocks: 0 }))).symbols,
    empty: async () => {
      await admin.query(
        `select update_etf_universe(universe_metadata ->> 'theme', '[]', universe_metadata)
         from cache_entries where universe_category = 'ETF'`,
      )
    },
    ask: () => service.call(pages[(asked += 1) % pages.length] as string),
    deliveries: async (count) => {
      const heard = new EventTarget()
      await subscriber.subscribe(channel, () => heard.dispatchEvent(new Event('message')))
      const durations = await deliveriesOf(admin, heard, count)
      await subscriber.unsubscribe(channel)
      return durations
    },
    load: (name) => loadScenario(producer, { name, seed: 42, suffix: 'BENCH' }),
    synchronize: async (companies, runs) => {
      await loadReference(producer, syntheticProvider({ stocks: companies }))
      await admin.query('analyze')
      const durations: number[] = []
      for (let run = 0; run < runs; run += 1) {
        days += 1
        const [day] = tradingDaysUntil(lastTradingDay(new Date()), days)
        await revalue(admin, day as string)
        durations.push(await durationOf(() => runOnce(producer, day as string)))
      }
      return durations
    },
    close: async () => {
      await service.close()
      await admin.end()
      subscriber.destroy()
      await pool.end()
    },
  }
}

async function viewerOf(
  instance: Instance,
  admin: Client,
): Promise<Readonly<Record<string, string>>> {
  const { rows } = await admin.query<{ id: string }>(
    `insert into consumer.users (email, name, role, password_hash)
     values ('bench@tickstock.example', 'Bench', 'viewer', 'none') returning id`,
  )
  const name = 'tickstock'
  const claims = { sub: rows[0]?.id ?? '', iss: name, aud: name, epoch: 0 }
  return { authorization: `Bearer ${signToken(claims, instance.services.secret('jwt'))}` }
}

/** Messages one after the other, each when the one before was heard. */
async function deliveriesOf(admin: Client, heard: EventTarget, count: number): Promise<number[]> {
  const durations: number[] = []
  for (let message = 0; message < count; message += 1) {
    const coming = once(heard, 'message')
    durations.push(
      await durationOf(async () => {
        await admin.query(
          `insert into outbox (channel, event_type, payload) values ($1, 'scenario_loaded',
             jsonb_build_object('scenario', 'bench', 'symbol', 'TEST_BENCH', 'bars', 1))`,
          [channel],
        )
        await coming
      }),
    )
  }
  return durations
}

/** Every company is worth something else: from a third to three times as much, by its symbol. */
async function revalue(admin: Client, salt: string): Promise<void> {
  await admin.query(
    `update symbols
     set market_cap = market_cap * (0.33 + 2.67 * (abs(hashtext(symbol || $1)) % 1000) / 1000.0)
     where type = 'CS'`,
    [salt],
  )
}

async function runOnce(producer: Parameters<typeof loadScenario>[0], day: string): Promise<void> {
  const { signal } = new AbortController()
  const id = await openOrderedRun({ ...producer, windowMs: 1_800_000 }, 'override', day)
  for (;;) {
    // The service has a synchronizer too; whichever is first does the run.
    await executeRuns({ ...producer, alert: ignore, signal })
    const [run] = await findRun(producer.pool, id)
    if (run?.status === 'completed') return
    if (run?.status !== 'running') throw new Error(`the run of ${day} is ${run?.status}`)
  }
}

function ignore(): void {}
