import { claim, type Sql } from 'etalon'
import { expandAnew, isHeard } from '../boundary/day.ts'
import { command } from '../command.ts'

claim('TICK-RES-03', { timeoutMs: 90_000 }, async ({ system, sql, prove }) => {
  await expandAnew(system, sql)
  const viewer = await system.actor('viewer')
  const members = async (): Promise<unknown> =>
    (await viewer.get('/universes/etf_bonds').expect(200)).body
  const before = await members()
  await system.sqlAs('producer').session(async (tx) => {
    await tx.run('begin')
    await tx.run(`select update_etf_universe('bonds', '["AGG"]', '{}')`)
    await tx.run(said, ['never'])
    // Somebody else's message passes by what is not committed.
    await system.sqlAs('producer').run(said, ['meanwhile'])
    prove('what was committed meanwhile is heard', await isHeard(sql)).isTrue()
    prove('universes as a page reads them', await members()).equals(before)
    await tx.run('rollback')
  })
  prove('universes after the rollback', await members()).equals(before)
  const never = await sql.value<number>(
    `select count(*) from consumer.notices where message -> 'payload' ->> 'symbol' = 'never'`,
  )
  prove('messages of what was rolled back', never).equals(0)

  // An expansion that fails at its very last step.
  await sql.run(`select update_etf_universe('bonds', '["AGG"]', '{}')`)
  const stateBefore = await stateOf(sql)
  await sql.run(
    `alter table outbox add constraint broken check (event_type <> 'expansion_complete') not valid`,
  )
  const { code } = await command(system, 'etf-universe', 'expand', '--theme', 'bonds')
  await sql.run('alter table outbox drop constraint broken')
  prove('the expansion fails', code).equals(1)
  prove('what it leaves behind', await stateOf(sql)).equals(stateBefore)
})

const said = `insert into outbox (channel, event_type, payload)
  values ('tickstock.cache.ipo_assignment', 'ipo_assignment',
    jsonb_build_object('symbol', $1::text, 'universes', '[]'::jsonb, 'reason', 'listed'))`

/** Everything that an expansion writes. */
async function stateOf(sql: Sql): Promise<unknown> {
  return sql.one(
    `select (select jsonb_agg(to_jsonb(m) order by m.cache_key, m.symbol, m.valid_from)
         from universe_members m) as members,
       (select jsonb_agg(to_jsonb(e) order by e.cache_key) from cache_entries e) as entries,
       (select count(*)::int from outbox) as messages,
       (select count(*)::int from sync_changes_log) as changes`,
  )
}
