import { claim } from 'etalon'
import { refusals, wronglyAnswered, type Attempt } from '../database-refusal.ts'
import { changeAndLook } from './day.ts'

/** What both may do with the database beside their tables. */
const common = {
  database: ['CONNECT', 'TEMPORARY'],
  'schema *': ['USAGE'],
  // With the rights of who calls them: they open nothing.
  'function public.*': ['EXECUTE'],
  'role tickstock_*': ['SET'],
}
const changes = ['SELECT', 'INSERT', 'UPDATE', 'DELETE']

/** What the consumer does by itself: it takes notice, reads, and counts requests. */
const hearing = [
  'xreadgroup',
  'xautoclaim',
  'xack',
  'xgroup|*',
  'xinfo|*',
  'xpending',
  'xclaim',
  'xrange',
  'subscribe',
  'evalsha',
  'eval',
  'script|load',
]
const greeting = ['ping', 'hello', 'client|*']

claim('TICK-BND-01', async ({ boundaries, system, sql, prove }) => {
  const run = await boundaries.observe(
    {
      commands: {
        consumer: [...hearing, ...greeting],
        producer: ['evalsha', 'eval', 'script|load', 'xinfo|*', 'xpending', ...greeting]
          // Of what is told it hears one thing: that the day has ended.
          .concat('xreadgroup', 'xack', 'xgroup|create'),
        lua: ['xinfo|stream', 'xadd', 'publish', 'incr', 'pexpire', 'pttl'],
      },
      statements: {
        consumer: ['select', 'begin', 'commit', /\b(into|update|delete from) consumer\./],
        producer: [/^(?!.*\bconsumer\.)/s],
      },
    },
    () => changeAndLook(system, sql),
  )
  prove('commands that are not of the role', run.commands.strange).isEmpty()
  prove('commands that Redis had to refuse', run.refused).isEmpty()
  prove('statements that are not of the role', run.statements.strange).isEmpty()
  const told = run.commands.all.filter(({ command }) => command === 'publish')
  prove('messages were told meanwhile', told.length).isAtLeast(1)

  const { commands } = await boundaries.redisRights('consumer')
  prove(
    'ways for the consumer to publish',
    commands.filter((one) => /publish/.test(one)),
  ).isEmpty()
  const producer = await boundaries.databaseRights('producer', {
    ...common,
    'table public.*': changes,
    'table scenario.*': changes,
  })
  prove('what the producer may beyond its work', producer.strange).isEmpty()
})

claim('TICK-BND-04', async ({ boundaries, system, sql, prove }) => {
  const { strange } = await boundaries.databaseRights('consumer', {
    ...common,
    'table public.*': ['SELECT'],
    'table scenario.*': ['SELECT'],
    'table consumer.*': changes,
  })
  prove('what the consumer may beyond reading', strange).isEmpty()

  await sql.run(`select update_etf_universe('bonds', '["AGG", "BND"]', '{}')`)
  const before = await sql.rows('select * from universe_members order by 1, 2')
  const wrong = await wronglyAnswered(
    system.sqlAs('consumer'),
    writes.map((statement): Attempt => [statement, statement, refusals.forbidden]),
  )
  prove('writes that the database let pass', wrong).isEmpty()
  const after = await sql.rows('select * from universe_members order by 1, 2')
  prove('members are what they were', after).equals(before)
})

/** Every way in which a universe could be changed, or a change be told. */
const writes = [
  `update cache_entries set symbols = '[]'`,
  'delete from universe_members',
  `insert into cache_entries (cache_key, symbols) values ('etf_mine', '[]')`,
  `select update_etf_universe('bonds', '[]', '{}')`,
  `select change_universe('etf_bonds', '{}', 'mine', 'because')`,
  `insert into outbox (channel, event_type, payload) values ('tickstock.a.b', 'a', '{}')`,
]
