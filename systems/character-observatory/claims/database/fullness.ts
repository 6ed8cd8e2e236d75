import { claim, eventually, type Sql } from 'etalon'
import { plain, setScene } from '../scene.ts'

const patienceMs = 4_000

claim('CHAR-DB-02', { name: 'full' }, async ({ system, sql, prove }) => {
  const { owner, ecosystem } = await setScene(system, { characters: 0 })
  await sql.run(
    `insert into characters (ecosystem_id, owner_id, name, description, personality_traits)
     select $1, owner_id, 'Crowd', 'One of many', $2 from ecosystems, generate_series(1, 998)
     where ecosystems.id = $1`,
    [ecosystem, JSON.stringify(plain)],
  )
  const more = (): Promise<number> =>
    owner
      .post('/api/v1/characters', {
        ecosystem_id: ecosystem,
        name: 'One more',
        description: 'Is there room?',
        personality_traits: plain,
      })
      .then(({ status }) => status)
  prove('the status of one of the last two places', await more()).equals(201)
  const statuses = await sql.session(async (one) => {
    await one.run('begin')
    await one.run('select from ecosystems where id = $1 for update', [ecosystem])
    const both = [more(), more()]
    prove('two who want the last place', await eventually(() => bothWait(sql), patienceMs)).isTrue()
    await one.run('commit')
    return (await Promise.all(both)).map(String)
  })
  prove('what they are answered', statuses.toSorted()).equals(['201', '409'])
  prove('one more', await more()).equals(409)
  const there = 'select count(*)::integer from characters where ecosystem_id = $1'
  prove('characters then', await sql.value<number>(there, [ecosystem])).equals(1_000)
})

/** Whether two requests wait for the ecosystem. */
function bothWait(sql: Sql): Promise<boolean> {
  return sql.value(
    `select count(*) = 2 from pg_stat_activity
     where datname = current_database() and application_name = 'character-observatory'
       and wait_event_type = 'Lock'`,
  )
}
