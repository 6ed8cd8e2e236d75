import { claim, eventually } from 'etalon'
import { meeting, setScene, type Character } from '../scene.ts'

claim('CHAR-DB-10', async ({ system, sql, histories, prove }) => {
  const scenes = [
    await setScene(system, { characters: 6 }),
    await setScene(system, { characters: 6 }),
  ]
  await histories.concurrently({ actors: 6, operations: 24 }, async (_none, _actor, index) => {
    const { owner, characters } = scenes[index % 2] as (typeof scenes)[number]
    const one = characters[index % 6] as Character
    const other = characters[(index + 1) % 6] as Character
    await owner.post('/api/v1/interactions', meeting(one, other)).expect(201)
    return { kind: 'ok', output: undefined }
  })
  const isTold = (): Promise<boolean> =>
    sql.value<boolean>(
      `select not exists (select from events where seq is null or published_at is null)`,
    )
  prove('every event is numbered and published', await eventually(isTold, 10_000)).isTrue()
  const facts = await sql.rows(
    `select count(*) as events, min(seq) as first, max(seq) as last, count(distinct seq) as numbers,
       count(distinct events.id) as ids, last_seq as counted,
       bool_and(published_at >= events.created_at) as in_order
     from events join ecosystems on ecosystems.id = ecosystem_id
     where ecosystem_id = any ($1::uuid[]) group by ecosystem_id, last_seq`,
    [scenes.map(({ ecosystem }) => ecosystem)],
  )
  // Six characters were made, and 12 interactions tell three events each.
  const due = {
    events: 42,
    first: 1,
    last: 42,
    numbers: 42,
    ids: 42,
    counted: 42,
    in_order: true,
  }
  prove('events of each ecosystem, and their numbers', facts).equals([due, due])
  const kinds = await sql.rows(
    `select type, count(*) as events from events where ecosystem_id = $1 group by 1 order by 1`,
    [scenes[0]?.ecosystem],
  )
  prove('their types', kinds).equals([
    { type: 'character_created', events: 6 },
    { type: 'character_interaction', events: 12 },
    { type: 'character_state_change', events: 12 },
    { type: 'relationship_change', events: 12 },
  ])
})
