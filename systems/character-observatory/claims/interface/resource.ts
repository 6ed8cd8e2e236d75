import { claim, eventually, type Actor } from 'etalon'
import { makeCharacter, meeting, plain, setScene, type Character } from '../scene.ts'

interface Page {
  readonly items: readonly { readonly id: string }[]
}

claim('CHAR-API-02', async ({ system, prove }) => {
  const { owner, ecosystem, characters } = await setScene(system, { characters: 3 })
  const path = `/api/v1/ecosystems/${ecosystem}`
  const other = await setScene(system, { characters: 0, actor: 'somebody else' })
  const listed = await owner.get<Page>('/api/v1/ecosystems').expect(200)
  const ids = new Set(listed.body.items.map(({ id }) => id))
  prove('his in the list of ecosystems', ids.has(ecosystem)).equals(true)
  prove("another's in it", ids.has(other.ecosystem)).equals(false)
  const changed = await owner.patch<object>(path, { name: 'Another place' }).expect(200)
  prove('after a change', changed.body).holds({ name: 'Another place', membership: 'owner' })
  prove('read again', (await owner.get(path).expect(200)).body).equals(changed.body)
  const [one, another] = characters as [Character, Character]
  await owner.post('/api/v1/interactions', meeting(one, another)).expect(201)
  const inhabitants = await owner.get<Page>(`${path}/characters?page_size=2`).expect(200)
  prove(
    'the first two characters',
    inhabitants.body.items.map(({ id }) => id),
  ).equals([one.id, another.id])
  const related = await owner.get<Page>(`${path}/relationships`).expect(200)
  prove('relationships', related.body.items.length).equals(1)
  const graph = await owner.get<{ nodes: object[]; edges: object[] }>(`${path}/graph`).expect(200)
  prove('nodes and edges', [graph.body.nodes.length, graph.body.edges.length]).equals([3, 1])
  prove('its summary', (await owner.get(`${path}/summary`)).status).equals(200)
  const [removed, left] = [await system.actor('removed'), await system.actor('left')]
  const placeOf = ({ facts }: Actor): string => `${path}/members/${String(facts['id'])}`
  const membership: Record<string, readonly number[]> = {}
  for (const [what, member, by] of [
    ['whom the owner removes', removed, owner],
    ['who leaves', left, left],
  ] as const) {
    await owner.put(placeOf(member), { role: 'editor' }).expect(204)
    const seen = (await member.get(path)).status
    const gone = (await by.delete(placeOf(member))).status
    const then = [(await member.get(path)).status, (await owner.delete(placeOf(member))).status]
    membership[what] = [seen, gone, ...then]
  }
  prove('seeing it, being removed, seeing it then, and being removed again', membership).equals({
    'whom the owner removes': [200, 204, 403, 404],
    'who leaves': [200, 204, 403, 404],
  })
  prove('an owner who leaves', (await owner.delete(placeOf(owner))).status).equals(409)
  prove('deleting', (await owner.delete(path)).status).equals(204)
  prove('asking for it then', (await owner.get(path)).status).equals(404)
  prove(
    'asking for who lived there',
    (await owner.get(`/api/v1/characters/${one.id}`)).status,
  ).equals(404)
})

claim('CHAR-API-03', async ({ system, sql, prove }) => {
  const { owner, ecosystem } = await setScene(system, { characters: 0 })
  const one = await makeCharacter(owner, ecosystem, 'One')
  const other = await makeCharacter(owner, ecosystem, 'Other')
  const path = `/api/v1/characters/${one.id}`
  const change = { name: 'Renamed', personality_traits: { ...plain, openness: 1 } }
  const changed = await owner.patch<object>(path, change).expect(200)
  prove('after a change', changed.body).holds(change)
  prove('read again', (await owner.get(path).expect(200)).body).equals(changed.body)
  await owner.post('/api/v1/interactions', meeting(one, other, 'chat', 'Rain today')).expect(201)
  const { body: said } = await owner
    .get<{ items: { content: string }[] }>(`${path}/messages`)
    .expect(200)
  prove(
    'what it has said',
    said.items.map(({ content }) => content),
  ).equals(['Rain today'])
  const counts: Record<string, number> = {}
  for (const what of ['relationships', 'memories', 'messages']) {
    counts[what] = (await owner.get<Page>(`${path}/${what}`).expect(200)).body.items.length
  }
  prove('what it has of one interaction', counts).equals({
    relationships: 1,
    memories: 1,
    messages: 1,
  })
  const place = `/api/v1/ecosystems/${ecosystem}`
  const known = async (): Promise<readonly number[]> => {
    const of = await owner.get<Page>(`/api/v1/characters/${other.id}/relationships`).expect(200)
    const within = await owner.get<Page>(`${place}/relationships`).expect(200)
    const graph = await owner.get<{ edges: object[] }>(`${place}/graph`).expect(200)
    return [of.body.items.length, within.body.items.length, graph.body.edges.length]
  }
  // What was told until now makes nothing new of what is kept from here on.
  const isTold = (): Promise<boolean> =>
    sql.value<boolean>(
      `select told_seq = last_seq and not exists (
         select from events where ecosystem_id = $1 and seq is null
       ) from ecosystems where id = $1`,
      [ecosystem],
    )
  prove('all that happened is told', await eventually(isTold, 10_000)).isTrue()
  prove('relationships of the other, of all, and in the graph', await known()).equals([1, 1, 1])
  prove('deleting', (await owner.delete(path)).status).equals(204)
  prove('relationships with who was deleted', await known()).equals([0, 0, 0])
  const after = ['', '/relationships', '/memories', '/messages'].map(
    async (rest) => (await owner.get(`${path}${rest}`)).status,
  )
  prove('asking then', await Promise.all(after)).equals([404, 404, 404, 404])
  prove('deleting again', (await owner.delete(path)).status).equals(404)
})

interface Feed {
  readonly items: readonly { readonly id: string; readonly seq: number }[]
  readonly next?: string | null
  readonly next_after_seq?: number | null
}

claim(['CHAR-API-04', 'CHAR-API-05'], async ({ system, prove }) => {
  const { owner, ecosystem, characters } = await setScene(system, { characters: 2 })
  const [one, other] = characters as [Character, Character]
  const made: string[] = []
  for (let time = 1; time <= 7; time += 1) {
    const { body } = await owner
      .post<{ id: string }>('/api/v1/interactions', meeting(one, other))
      .expect(201)
    made.push(body.id)
  }
  const told: string[] = []
  for (let after: string | null | undefined = ''; after !== null && after !== undefined;) {
    const query: Record<string, string | number> = { ecosystem, limit: 3 }
    if (after !== '') query['after'] = after
    const { body }: { body: Feed } = await owner
      .get<Feed>('/api/v1/interactions', { query })
      .expect(200)
    told.push(...body.items.map(({ id }) => id))
    after = body.next
  }
  prove('interactions page by page, the latest first', told).equals(made.toReversed())
  const feed = `/api/v1/ecosystems/${ecosystem}/events`
  const allTold = async (): Promise<boolean> => {
    const { body } = await owner.get<Feed>(feed, { query: { limit: 1 } })
    return body.items[0]?.seq === 23
  }
  prove(
    'two characters and 21 events of interactions told',
    await eventually(allTold, 10_000),
  ).isTrue()
  const seqs: number[] = []
  for (let after: number | null = 0; after !== null;) {
    const query: { after_seq: number; limit: number } = { after_seq: after, limit: 10 }
    const { body }: { body: Feed } = await owner.get<Feed>(feed, { query }).expect(200)
    seqs.push(...body.items.map(({ seq }) => seq))
    after = body.next_after_seq ?? null
  }
  prove('events after each other', seqs).equals(Array.from({ length: 23 }, (_none, at) => at + 1))
  const late = await owner.get<Feed>(feed, { query: { after_seq: 20 } }).expect(200)
  prove('events after the twentieth', late.body.items.map(({ seq }) => seq).join()).equals(
    '21,22,23',
  )
})

claim(['CHAR-T-04', 'CHAR-API-08'], async ({ system, sql, prove }) => {
  const { owner, ecosystem, characters } = await setScene(system)
  const [one, other] = characters as [Character, Character]
  const whole = {
    ecosystem_id: ecosystem,
    name: 'Somebody',
    description: 'Lives here.',
    personality_traits: plain,
  }
  const without = (field: keyof typeof whole) => ({ ...whole, [field]: undefined })
  const { openness: _openness, ...four } = plain
  const unfit: readonly (readonly [string, string, unknown])[] = [
    ['no name', '/characters', without('name')],
    ['an empty name', '/characters', { ...whole, name: '' }],
    ['a name of 256 letters', '/characters', { ...whole, name: 'x'.repeat(256) }],
    ['no description', '/characters', without('description')],
    ['no traits', '/characters', without('personality_traits')],
    ['four traits', '/characters', { ...whole, personality_traits: four }],
    [
      'a trait of 1.1',
      '/characters',
      { ...whole, personality_traits: { ...plain, openness: 1.1 } },
    ],
    [
      'a trait of -0.1',
      '/characters',
      { ...whole, personality_traits: { ...plain, openness: -0.1 } },
    ],
    [
      'a trait as text',
      '/characters',
      { ...whole, personality_traits: { ...plain, openness: '1' } },
    ],
    ['a sixth trait', '/characters', { ...whole, personality_traits: { ...plain, humour: 1 } }],
    ['autonomy 2', '/characters', { ...whole, autonomy_level: 2 }],
    ['energy of his own', '/characters', { ...whole, social_energy: 1 }],
    ['no words', '/interactions', { ...meeting(one, other), content: '' }],
    ['an unknown kind', '/interactions', meeting(one, other, 'dance')],
    ['no target', '/interactions', { ...meeting(one, other), target_id: undefined }],
    ['an id that is none', '/interactions', { ...meeting(one, other), target_id: 'x' }],
    ['an ecosystem without a name', '/ecosystems', {}],
    ['a cooldown below 0', '/ecosystems', { name: 'x', settings: { interaction_cooldown: -1 } }],
  ]
  const rows = (): Promise<unknown> =>
    sql.one(
      `select (select count(*) from characters) as characters,
         (select count(*) from interactions) as interactions,
         (select count(*) from ecosystems) as ecosystems, (select count(*) from events) as events`,
    )
  const before = await rows()
  const wrong: unknown[] = []
  for (const [what, path, body] of unfit) {
    const { status } = await owner.post(`/api/v1${path}`, body)
    if (status !== 422) wrong.push({ what, status })
  }
  const broken = await owner.post('/api/v1/characters', '{"name":')
  prove('requests that are not refused as 422', wrong).isEmpty()
  prove('broken JSON', broken.status).equals(400)
  prove('rows after all of them', await rows()).equals(before)
  const unsigned = await system.anonymous.get(`/api/v1/ecosystems/${ecosystem}`)
  prove('without a token', unsigned.status).equals(401)
  const stranger = await system.actor('stranger')
  const foreign = await stranger.get(`/api/v1/ecosystems/${ecosystem}`)
  prove('a foreign ecosystem', foreign.status).equals(403)
})
