import { claim, eventually, type SystemHandle } from 'etalon'
import { eventfulDay, happenings, quietDay, settledMarket, dayAfter } from './scene.ts'
import {
  endedRun,
  lastPosition,
  messagesSince,
  runsOf,
  tellEnd,
  type Run,
} from './synchronization.ts'
import { startPatiently, untilTaskRuns, whileHeld } from './held-universe.ts'

const minuteMs = 60_000

claim('TICK-SYN-09', { clock: 'movable', timeoutMs: 90_000 }, async ({ system, sql, prove }) => {
  await startPatiently(system)
  prove('a market that is in order', (await settledMarket(sql)).trading_day).equals(quietDay)
  await happenings(sql)
  const inTime = await slowRun(system, eventfulDay, 29)
  prove('a run of 29 minutes', inTime).holds({
    status: 'completed',
    within_window: true,
    alert: null,
  })
  prove('alerts after it', await alerts(system, 'overrun')).equals(0)

  const position = await lastPosition(sql)
  let flagged = false
  const late = await slowRun(system, dayAfter, 31, async () => {
    const isFlagged = async (): Promise<boolean> => {
      const [run] = await runsOf(sql, dayAfter)
      return run?.status === 'running' && run.within_window === false
    }
    flagged = await eventually(isFlagged, 10_000)
  })
  prove('a run of 31 minutes is flagged while it runs', flagged).isTrue()
  prove('it is done all the same', late).holds({
    status: 'completed',
    within_window: false,
    alert: 'not done within 1800 s',
  })
  prove('alerts after it', await alerts(system, 'overrun')).equals(1)
  const [told] = await messagesSince(sql, position, 'tickstock.cache.sync_complete')
  prove('what was told of it', told).holds({ status: 'completed', within_window: false })
})

/** A run that takes so many minutes, because it is held up in its fourth task. */
async function slowRun(
  { sql, clock }: SystemHandle,
  day: string,
  minutes: number,
  meanwhile: () => Promise<void> = async () => {},
): Promise<Run> {
  await whileHeld(sql, 'etf_growth', async () => {
    await tellEnd(sql, day)
    await untilTaskRuns(sql, day, 'theme_rebalance')
    await clock.advance(minutes * minuteMs)
    await meanwhile()
  })
  return endedRun(sql, day)
}

/** What the figure to alert on says. */
async function alerts(system: SystemHandle, kind: string): Promise<number> {
  const response = await fetch(new URL('/metrics', system.process('producer').url))
  const text = await response.text()
  const line = new RegExp(`^tickstock_sync_alerts_total\\{kind="${kind}"\\} (\\d+)`, 'm').exec(text)
  return Number(line?.[1] ?? 0)
}
