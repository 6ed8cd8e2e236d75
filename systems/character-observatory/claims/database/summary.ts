import { claim, type Actor } from 'etalon'
import { relationshipsOf, setEnergy, type Relationship } from '../character-state.ts'
import { makeCharacter, meeting, plain, setScene, type Character, type Scene } from '../scene.ts'

/** Characters whose energy has come back from nothing, in part, and somewhat faster. */
const tired = [
  { energy: 0, hoursAgo: 20, extraversion: 0.5, shown: 1 },
  { energy: 500, hoursAgo: 1, extraversion: 0.5, shown: 0.6 },
  { energy: 0, hoursAgo: 1, extraversion: 1, shown: 0.12 },
] as const

claim('CHAR-DB-13', async ({ system, sql, prove }) => {
  const scene = await setScene(system, { characters: 0 })
  const { owner, ecosystem } = scene
  const traits = tired.map(({ extraversion }) => ({ ...plain, extraversion }))
  const living = await inhabitants(scene, traits)
  const [gone] = (await inhabitants(scene, [plain])) as [Character]
  const [one, other, third] = living as [Character, Character, Character]
  for (const [initiator, target, type] of [
    [one, other, 'chat'],
    [other, one, 'conflict'],
    [one, third, 'collaboration'],
    [one, gone, 'conflict'],
    [gone, third, 'greeting'],
  ] as const) {
    await owner.post('/api/v1/interactions', meeting(initiator, target, type)).expect(201)
  }
  await owner.delete(`/api/v1/characters/${gone.id}`).expect(204)
  for (const [at, { energy, hoursAgo }] of tired.entries()) {
    await setEnergy(sql, [living[at] as Character], energy, hoursAgo * 3_600 + 1)
  }
  await sql.session(async (reader) => {
    await reader.run('begin')
    await reader.run('select from ecosystem_activity_summary')
    await reader.run('select from character_relationship_summary')
    const made = await system
      .sqlAs('app')
      .run(`set lock_timeout = '5s'; select refresh_summaries()`)
      .then(() => 'made', String)
    prove('making them new while somebody reads them', made).equals('made')
    await reader.run('rollback')
  })
  const path = `/api/v1/ecosystems/${ecosystem}`
  const { body } = await owner.get<object>(`${path}/summary`).expect(200)
  const { body: latest } = await owner
    .get<{ items: { created_at: string }[] }>('/api/v1/interactions', { query: { ecosystem } })
    .expect(200)
  const shown = tired.reduce((sum, each) => sum + each.shown, 0) / tired.length
  prove('the figures of the ecosystem', rounded(body)).holds({
    character_count: 3,
    relationship_count: 2,
    interaction_count: 5,
    average_energy: eightDecimals(shown),
    last_interaction: latest.items[0]?.created_at,
  })
  const kept = await sql.rows<{ character_id: string }>(
    `select character_id, relationship_count, average_strength, average_trust, interaction_count
     from character_relationship_summary where ecosystem_id = $1`,
    [ecosystem],
  )
  const due = await Promise.all(living.map((each) => summaryOf(owner, each)))
  prove('the figures of each character', sorted(kept.map(rounded))).equals(sorted(due))
})

function inhabitants({ owner, ecosystem }: Scene, traits: readonly object[]): Promise<Character[]> {
  return Promise.all(
    traits.map((each, at) => makeCharacter(owner, ecosystem, `Number ${at}`, each)),
  )
}

/** The figures of a character, from what the API says of its relationships. */
async function summaryOf(owner: Actor, character: Character): Promise<object> {
  const all = await relationshipsOf(owner, character)
  const average = (of: 'strength' | 'trust'): number =>
    all.reduce((sum, each: Relationship) => sum + each[of], 0) / all.length
  return {
    character_id: character.id,
    relationship_count: all.length,
    average_strength: eightDecimals(average('strength')),
    average_trust: eightDecimals(average('trust')),
    interaction_count: all.reduce((sum, each) => sum + each.interaction_count, 0),
  }
}

function rounded(figures: object): object {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [
      name,
      typeof value === 'number' ? eightDecimals(value) : value,
    ]),
  )
}

function eightDecimals(value: number): number {
  return Math.round(value * 1e8) / 1e8
}

function sorted(figures: readonly object[]): string[] {
  const names = (one: [string, unknown], other: [string, unknown]): number =>
    one[0].localeCompare(other[0])
  return figures
    .map((each) => JSON.stringify(Object.entries(each).toSorted(names)))
    .toSorted((one, other) => one.localeCompare(other))
}
