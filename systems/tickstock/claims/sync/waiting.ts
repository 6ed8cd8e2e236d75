import { claim, eventually, kill, type ClaimContext, type Sql } from 'etalon'
import { listStocks } from './market.ts'
import { settledMarket } from './scene.ts'
import { isTaken, signalTurn, yetToCome } from './signal.ts'
import {
  cacheSync,
  changesOf,
  endedRun,
  lastPosition,
  messagesSince,
  runsOf,
  tellEnd,
} from './synchronization.ts'

const secondMs = 1_000
const waitMs = 3_600 * secondMs
/** While Redis is away the synchronizer looks again every quarter of a second. */
const staysAwayMs = 600

claim('TICK-SYN-01', { clock: 'movable', timeoutMs: 150_000 }, async (context) => {
  const { system, sql, faults, prove } = context
  const { clock } = system
  const isWaiting = async (): Promise<boolean> =>
    (await sql.value<number>('select count(*) from sync_expectation')) === 1
  prove('a day is waited for', await eventually(isWaiting, 10_000)).isTrue()
  const nothingOf = async (day: string): Promise<boolean> => {
    await hasLooked(context)
    return (await runsOf(sql, day)).length === 0
  }
  const staysAway = async (day: string): Promise<boolean> =>
    !(await eventually(async () => (await runsOf(sql, day)).length > 0, staysAwayMs))
  const moveTo = (time: Date, afterMs: number): Promise<void> =>
    clock.moveTo(new Date(time.getTime() + afterMs))

  const first = await expected(sql)
  await moveTo(first.close, -secondMs)
  prove('nothing before the close', await nothingOf(first.day)).isTrue()
  await moveTo(first.close, waitMs - 10 * secondMs)
  prove('nothing ten seconds before the wait is over', await nothingOf(first.day)).isTrue()
  await tellEnd(sql, yetToCome)
  await tellEnd(sql, first.day)
  const run = await endedRun(sql, first.day)
  prove('the run once the day was told', run).holds({ trigger: 'eod', status: 'completed' })
  prove('a day that has not come', await runsOf(sql, yetToCome)).isEmpty()

  const second = await expected(sql)
  await system.kill('producer')
  await tellEnd(sql, second.day)
  await moveTo(second.close, 2 * waitMs)
  await system.startAgain('producer')
  prove('a day told while it was away', (await endedRun(sql, second.day)).status).equals(
    'completed',
  )

  const third = await expected(sql)
  const position = await lastPosition(sql)
  await moveTo(third.close, waitMs + secondMs)
  await hasLooked(context)
  const skipped = await endedRun(sql, third.day)
  prove('a day that nobody told', skipped).holds({
    status: 'skipped',
    alert: 'no end-of-day signal within 3600 s',
    task_results: {},
  })
  prove('what it changed', await changesOf(sql, skipped)).isEmpty()
  const [told] = await messagesSince(sql, position, 'tickstock.cache.sync_complete')
  prove('what was told of it', told).holds({ run_id: skipped.id, status: 'skipped' })
  await tellEnd(sql, third.day)
  await hasLooked(context)
  prove('runs of the day that was told after that', (await runsOf(sql, third.day)).length).equals(1)
  const { code } = await cacheSync(system, 'run-now', '--day', third.day)
  prove('ordered by a person', code).equals(0)
  const ordered = (await runsOf(sql, third.day)).at(-1)
  prove('the run he ordered', ordered).holds({ trigger: 'override', status: 'completed' })

  const fourth = await expected(sql)
  await faults.during('redis', kill(), async () => {
    await moveTo(fourth.close, waitMs + secondMs)
    prove('nothing while Redis is away', await staysAway(fourth.day)).isTrue()
    await tellEnd(sql, fourth.day)
    prove('nothing while its message cannot come', await staysAway(fourth.day)).isTrue()
  })
  prove('once Redis is back', (await endedRun(sql, fourth.day)).status).equals('completed')
})

claim('TICK-SYN-05', { name: 'weekend', clock: 'movable' }, async ({ system, sql, prove }) => {
  await settledMarket(sql)
  await listStocks(sql, [{ symbol: 'NEWCO', cap: 3e9, sector: 'Energy', listedDaysAgo: 1 }])
  // No trading day ends from now on.
  await system.clock.advance(24 * waitMs - 60 * secondMs)
  const isAssigned = async (): Promise<boolean> =>
    (await sql.value<number>(
      `select count(*) from universe_members where symbol = 'NEWCO' and valid_to is null`,
    )) === 2
  prove('assigned within 24 hours', await eventually(isAssigned, 15_000)).isTrue()
})

/**
 * Waits until the synchronizer has looked at the time that it is now: it ends a turn with every
 * signal, also that of a day that has not come. The first one may end a turn of before, the second
 * ends one that began after it, and of that nothing is left to do when the third was taken.
 */
async function hasLooked(context: Pick<ClaimContext, 'sql' | 'messages'>): Promise<void> {
  for (let signal = 0; signal < 3; signal += 1) {
    await signalTurn(context)
    const ends = await eventually(() => isTaken(context), 10_000)
    if (!ends) throw new Error('a signal was not taken')
  }
}

interface ExpectedDay {
  readonly day: string
  /** 16:00 in New York. */
  readonly close: Date
}

/** The trading day whose end is waited for. */
function expected(sql: Sql): Promise<ExpectedDay> {
  return sql.one<ExpectedDay>(
    `select trading_day::text as day,
       (trading_day + time '16:00') at time zone 'America/New_York' as close
     from sync_expectation`,
  )
}
