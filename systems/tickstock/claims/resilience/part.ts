import { claim, eventually } from 'etalon'
import { isHeard } from '../boundary/day.ts'
import { whileBroken } from '../broken-table.ts'
import { command } from '../command.ts'

/** The producer's three parts: a command for each, and what makes it fail and nothing else. */
const parts = {
  'universe manager': {
    words: ['etf-universe', 'expand', '--theme', 'bonds'],
    table: 'outbox',
    check: `event_type <> 'expansion_complete'`,
  },
  'scenario generator': {
    words: ['scenario', 'load', 'high_low_events'],
    table: 'scenario.test_scenarios',
    check: 'false',
  },
  synchronizer: {
    words: ['cache-sync', 'run-now', '--day', '2026-01-05'],
    table: 'sync_runs',
    check: 'false',
  },
} as const

type Part = keyof typeof parts

const names = Object.keys(parts) as Part[]

claim('TICK-RES-05', { timeoutMs: 180_000 }, async (context) => {
  const { system, sql, prove } = context
  const { pid } = system.process('producer').child
  for (const broken of names) {
    await whileBroken(sql, parts[broken], async () => {
      for (const name of names) {
        const { code } = await command(system, ...parts[name].words)
        prove(`${name} while ${broken} fails`, code === 0).equals(name !== broken)
      }
    })
  }
  // The synchronizer that works by itself, and the relay beside it.
  await whileBroken(sql, parts.synchronizer, async () => {
    await sql.run(
      `insert into outbox (channel, event_type, payload) values ('tickstock.eod.complete',
         'eod_complete', '{"trading_day": "2026-01-06", "symbols": 1}')`,
    )
    const isTried = (): boolean => system.log('producer').includes('sync_runs')
    prove('a day that ends is tried', await eventually(isTried, 20_000)).isTrue()
    prove('messages are told all the same', await isHeard(sql)).isTrue()
    const ready = await fetch(`${system.process('producer').url}/ready`)
    prove('readiness of the producer', ready.status).equals(200)
  })
  prove('the process that went through all of it', system.process('producer').child.pid).equals(pid)
  const isRun = async (): Promise<boolean> =>
    (await sql.value<number>(
      `select count(*) from sync_runs where trading_day = '2026-01-06' and status = 'completed'`,
    )) === 1
  prove('the day is run once that can be', await eventually(isRun, 20_000)).isTrue()
})
