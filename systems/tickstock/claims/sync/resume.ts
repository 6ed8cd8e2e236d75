import { claim, environment, eventually } from 'etalon'
import { patience, startPatiently, untilTaskRuns, whileHeld } from './held-universe.ts'
import { dayAfter, eventfulDay, eventfulRun, happenings, settledMarket } from './scene.ts'
import { isTaken, signalTurn } from './signal.ts'
import {
  changesOf,
  endedRun,
  lastPosition,
  messagesSince,
  runsOf,
  synchronize,
  tellEnd,
} from './synchronization.ts'
import { written } from './theme.ts'

claim('TICK-SYN-12', async ({ sql, prove }) => {
  await eventfulRun(sql)
  const run = await synchronize(sql, dayAfter)
  const position = await lastPosition(sql)
  const before = await written(sql)
  await tellEnd(sql, dayAfter)
  const completions = () => messagesSince(sql, position, 'tickstock.cache.sync_complete')
  const isToldAgain = async (): Promise<boolean> => (await completions()).length > 0
  prove('the day is complete once more', await eventually(isToldAgain, 2_500)).equals(false)
  // Signals are taken in their order: when the next day is done, the repeated one was seen.
  const next = await synchronize(sql, '2026-04-07')
  prove('runs of the day', await runsOf(sql, dayAfter)).equals([run])
  prove('what the same day again wrote', await written(sql)).equals(before)
  const days = (await completions()).map(({ trading_day }) => trading_day)
  prove('days that were told to be complete', days).equals([next.trading_day])
})

claim('TICK-SYN-12', { name: 'crash', timeoutMs: 60_000 }, async ({ system, sql, prove }) => {
  await startPatiently(system)
  await settledMarket(sql)
  await happenings(sql)
  const position = await lastPosition(sql)
  // The new listing is in the band of its size already, and not yet in its sector.
  await whileHeld(sql, 'sector_energy', async () => {
    await tellEnd(sql, eventfulDay)
    await untilTaskRuns(sql, eventfulDay, 'ipo_assignment')
    await system.kill('producer')
  })
  const [left] = await runsOf(sql, eventfulDay)
  prove('the run that was left', left?.status).equals('running')
  prove('the task that it had done', left?.task_results['market_cap']?.status).equals('completed')
  await system.startAgain('producer')
  const run = await endedRun(sql, eventfulDay)
  prove('the run in the end', run).holds({ id: left?.id, status: 'completed' })
  prove('the task that had been done', run.task_results['market_cap']).equals(
    left?.task_results['market_cap'],
  )
  const changes = (await changesOf(sql, run)).map(
    ({ universe, symbol, action }) => `${symbol} ${action} ${universe}`,
  )
  prove('changes that were made twice', changes.length - new Set(changes).size).equals(0)
  prove(
    'what of the new listing was logged',
    changes.filter((each) => each.startsWith('NEWCO')),
  ).equals(['NEWCO added mid_cap', 'NEWCO added sector_energy'])
  const told = await messagesSince(sql, position, 'tickstock.cache.ipo_assignment')
  prove('what was told of it', told).equals([
    {
      symbol: 'NEWCO',
      universes: ['mid_cap', 'sector_energy'],
      reason: 'new listing of its size; new listing of the sector Energy',
    },
  ])
  const complete = await messagesSince(sql, position, 'tickstock.cache.sync_complete')
  prove('how often the run was told to be complete', complete.length).equals(1)
})

claim('TICK-SYN-13', { timeoutMs: 60_000 }, async (context) => {
  const { system, sql, prove } = context
  await Promise.all([startPatiently(system), system.revision(environment(patience))])
  await settledMarket(sql)
  await happenings(sql)
  const opened = async (): Promise<boolean> => (await runsOf(sql, dayAfter)).length === 1
  await whileHeld(sql, 'etf_growth', async () => {
    await tellEnd(sql, eventfulDay)
    await untilTaskRuns(sql, eventfulDay, 'theme_rebalance')
    await tellEnd(sql, dayAfter)
    prove('the other one hears of the next day', await eventually(opened, 10_000)).isTrue()
    // Between two signals it looks for work; at work it would stand still like the first one.
    await signalTurn(context)
    const goesOn = await eventually(() => isTaken(context), 5_000)
    prove('it leaves alone what the first one is at', goesOn).isTrue()
    const [run] = await runsOf(sql, dayAfter)
    const statuses = Object.values(run?.task_results ?? {}).map(({ status }) => status)
    prove('tasks that it has begun meanwhile', new Set(statuses)).equals(new Set(['pending']))
  })
  const first = await endedRun(sql, eventfulDay)
  await signalTurn(context)
  const second = await endedRun(sql, dayAfter)
  prove('how both ended', [first.status, second.status]).equals(['completed', 'completed'])
  const begunAt = Date.parse(second.task_results['market_cap']?.started_at ?? '')
  prove('the second began after the first', begunAt).isAtLeast(first.finished_at?.getTime() ?? 0)
})
