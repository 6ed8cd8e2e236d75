import { claim, type Prove, type SystemHandle } from 'etalon'
import { interactionCosts } from '../interaction-cost.ts'
import { characterOf, setEnergy, thousandths, type Refused } from '../character-state.ts'
import { makeCharacter, meeting, plain, setScene, type Character } from '../scene.ts'

const still = { energy_regen: 0 }

claim(['CHAR-ENG-03', 'CHAR-ENG-01', 'CHAR-ENG-04', 'CHAR-INT-01'], async ({ system, prove }) => {
  const { owner, characters } = await setScene(system, { characters: 14, settings: still })
  prove('energies of new characters', [
    ...new Set(characters.map(({ social_energy }) => social_energy)),
  ]).equals([1])
  const kinds = await owner
    .get<{ items: { type: string }[] }>('/api/v1/interactions/types')
    .expect(200)
  prove('kinds of interaction', kinds.body.items.map(({ type }) => type).toSorted()).equals(
    Object.keys(interactionCosts).toSorted(),
  )
  const spent: Record<string, readonly number[]> = {}
  for (const [at, type] of Object.keys(interactionCosts).entries()) {
    const pair = characters.slice(2 * at, 2 * at + 2) as [Character, Character]
    await owner.post('/api/v1/interactions', meeting(...pair, type)).expect(201)
    const after = await Promise.all(pair.map((each) => characterOf(owner, each)))
    spent[type] = after.map(({ social_energy }) => 1_000 - thousandths(social_energy))
  }
  prove('spent by who begins and who answers', spent).equals(
    Object.fromEntries(
      Object.entries(interactionCosts).map(([type, cost]) => [type, [cost, cost * 0.8]]),
    ),
  )
  const [one, other] = characters as [Character, Character]
  const unknown = await owner.post('/api/v1/interactions', meeting(one, other, 'dancing'))
  prove('an eighth kind', unknown.status).equals(422)
})

claim(['CHAR-ENG-02', 'CHAR-T-02'], async ({ system, sql, prove }) => {
  const { owner, characters } = await setScene(system, { settings: still })
  const [one, other] = characters as [Character, Character]
  const left: number[] = []
  for (let chat = 1; chat <= 10; chat += 1) {
    await owner.post('/api/v1/interactions', meeting(one, other, 'chat')).expect(201)
    left.push((await characterOf(owner, one)).social_energy)
  }
  prove('energy after each of ten chats', left).equals([
    0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0,
  ])
  const refused = await owner.post('/api/v1/interactions', meeting(one, other, 'greeting'))
  prove('a greeting by who has none left', refused.status).equals(409)
  const bounds = await Promise.all(
    [-1, 1_001].map((energy) => setEnergy(sql, [one], energy).catch(codeOf)),
  )
  prove('what the database says to energies out of bounds', bounds).equals(['23514', '23514'])
})

claim('CHAR-ENG-05', async ({ system, sql, prove }) => {
  const { owner, ecosystem, characters } = await setScene(system, { characters: 2 })
  const [one, other] = characters as [Character, Character]
  const cases = [
    { who: one, energy: 99, type: 'greeting', needs: 100 },
    { who: one, energy: 120, type: 'conflict', needs: 250 },
    { who: other, energy: 120, type: 'emotional_support', needs: 160 },
  ]
  const answers: unknown[] = []
  const waits: (readonly [number, number])[] = []
  for (const { who, energy, type, needs } of cases) {
    await setEnergy(sql, [one, other], 1_000)
    await setEnergy(sql, [who], energy)
    const before = await stateOf()
    const { status, body } = await owner.post<Refused>(
      '/api/v1/interactions',
      meeting(one, other, type),
    )
    const details = body.error?.details
    const isUnchanged = (await stateOf()) === before
    answers.push([status, details?.['reason'], details?.['character_id'], isUnchanged])
    waits.push([Number(details?.['wait_ms']), (needs - energy) * 36_000])
  }
  prove('status, reason, who, and whether nothing changed', answers).equals(
    cases.map(({ who }) => [409, 'exhausted', who.id, true]),
  )
  prove('times to wait', waits).satisfies('as long as what is missing takes', (all) =>
    all.every(([told, due]) => told <= due && told > due - 36_000),
  )
  await setEnergy(sql, [one, other], 1_000)
  await setEnergy(sql, [one], 250)
  const enough = await owner.post('/api/v1/interactions', meeting(one, other, 'conflict'))
  prove('a conflict by who has exactly enough', enough.status).equals(201)

  /** Everything there is of the ecosystem, but for the moments of planting. */
  function stateOf(): Promise<string> {
    return sql.value<string>(
      `select jsonb_build_array(
         (select jsonb_agg(to_jsonb(each) order by each.id) from characters as each
          where ecosystem_id = $1),
         (select count(*) from interactions where ecosystem_id = $1),
         (select count(*) from character_relationships where ecosystem_id = $1),
         (select count(*) from events where ecosystem_id = $1),
         (select count(*) from character_memories join characters as each
            on each.id = character_id where ecosystem_id = $1)
       )::text`,
      [ecosystem],
    )
  }
})

claim('CHAR-ENG-07', async ({ system, sql, prove }) => {
  const { owner, ecosystem } = await setScene(system, { characters: 0 })
  const shown = async (extraversion: number, energy: number, hours: number): Promise<number> => {
    const traits = { ...plain, extraversion }
    const made = await makeCharacter(owner, ecosystem, 'Resting', traits)
    await setEnergy(sql, [made], energy, hours * 3_600 + 1)
    return thousandths((await touched(made)).social_energy)
  }
  prove('after an hour, by extraversion 0, 0.5 and 1', [
    await shown(0, 0, 1),
    await shown(0.5, 0, 1),
    await shown(1, 0, 1),
  ]).equals([80, 100, 120])
  prove('after three hours', await shown(0.5, 100, 3)).equals(400)
  prove('after a month', await shown(0.5, 0, 720)).equals(1_000)
  await proveSettled(system, prove)
  const tired = await makeCharacter(owner, ecosystem, 'Tired')
  await setEnergy(sql, [tired], 100)
  const rest = `/api/v1/characters/${tired.id}/rest`
  const rested = await owner.post<Character>(rest).expect(200)
  prove('after a rest', thousandths(rested.body.social_energy)).equals(350)
  const again = await owner.post<Refused>(rest)
  prove('a second rest', [again.status, again.body.error?.code]).equals([409, 'CHAR_RESTED'])
  await sql.run(`update characters set rested_at = now() - interval '61 minutes' where id = $1`, [
    tired.id,
  ])
  prove('a rest an hour later', (await owner.post(rest)).status).equals(200)

  /** The character after a change of it, which no cache can have kept from before. */
  async function touched({ id }: Character): Promise<Character> {
    const change = { current_context: 'looked at' }
    return (await owner.patch<Character>(`/api/v1/characters/${id}`, change).expect(200)).body
  }
})

/** What has come back stays when what makes it come back changes, for one or for all. */
async function proveSettled(system: SystemHandle, prove: Prove): Promise<void> {
  const { owner, ecosystem, characters } = await setScene(system, { characters: 3 })
  const [one] = characters as [Character]
  await setEnergy(system.sql, characters, 100, 5 * 3_600)
  // Nothing that was read before counts.
  await Promise.all(
    characters.map(({ id }) => owner.patch(`/api/v1/characters/${id}`, { name: 'Idle' })),
  )
  const path = `/api/v1/ecosystems/${ecosystem}`
  const shown = async (): Promise<readonly number[]> => {
    const { body } = await owner.get<{ items: Character[] }>(`${path}/characters`).expect(200)
    return body.items.map(({ social_energy }) => thousandths(social_energy))
  }
  const extraversion = { personality_traits: { ...plain, extraversion: 0 } }
  const changes = {
    'one is no longer extraverted': () => owner.patch(`/api/v1/characters/${one.id}`, extraversion),
    'it no longer comes back': () => owner.patch(path, { settings: { energy_regen: 0 } }),
    'it comes back again': () => owner.patch(path, { settings: { energy_regen: 1 } }),
  }
  prove('five hours idle, from 0.1', await shown()).equals([600, 600, 600])
  for (const [what, change] of Object.entries(changes)) {
    await change().expect(200)
    prove(`what is shown when ${what}`, await shown()).equals([600, 600, 600])
  }
  const told = await system.sql.value<number>(
    `select count(distinct said ->> 'id') from events
     cross join lateral jsonb_array_elements(data -> 'characters') as said
     where ecosystem_id = $1 and (said ->> 'energy')::numeric = 0.6`,
    [ecosystem],
  )
  prove('characters of whom that is told', told).equals(3)
}

function codeOf(error: unknown): string | undefined {
  return (error as { code?: string }).code
}
