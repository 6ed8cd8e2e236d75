import { claim } from 'etalon'
import { eventfulDay, quietDay, settledMarket } from './scene.ts'
import { cacheSync, runsOf, tasks } from './synchronization.ts'

claim('TICK-CLI-02', { timeoutMs: 120_000 }, async ({ system, sql, prove }) => {
  const settled = await settledMarket(sql)
  const untold = '2026-02-03'
  const early = await cacheSync(system, 'daily', '--day', untold)
  prove('daily, for a day that was not told', early.code).equals(1)
  prove('what it says', early.stderr).matches(/not told.*run-now/)
  prove('what it opened', await runsOf(sql, untold)).isEmpty()
  const daily = await cacheSync(system, 'daily', '--day', quietDay)
  prove('daily, for a day that is done', daily.code).equals(0)
  prove('the run it shows', JSON.parse(daily.stdout)).holds({ id: settled.id, trigger: 'eod' })
  for (const [command, trigger, done] of [
    ['run-now', 'override', [...tasks]],
    ['market-cap', 'task', ['market_cap']],
    ['ipo', 'task', ['ipo_assignment']],
  ] as const) {
    const { code } = await cacheSync(system, command, '--day', eventfulDay)
    prove(`${command}: exit code`, code).equals(0)
    const run = (await runsOf(sql, eventfulDay)).at(-1)
    prove(`${command}: its run`, run).holds({ trigger, status: 'completed' })
    const names = Object.keys(run?.task_results ?? {}).toSorted()
    prove(`${command}: what it did`, names).equals([...done].toSorted())
  }
  const saturday = await cacheSync(system, 'run-now', '--day', '2026-04-04')
  prove('a day on which nobody trades', saturday.code).equals(3)
})
