import { claim, eventually, type SystemHandle } from 'etalon'
import { setRelationship } from '../character-state.ts'
import { makeCharacter, plain, setScene, type Character, type Scene } from '../scene.ts'

interface Step {
  readonly deed: { readonly initiator_id: string; readonly target_id: string } | null
  readonly result: { readonly response: string } | null
}

claim('CHAR-INT-11', async ({ system, sql, prove }) => {
  const scene = await setScene(system, { characters: 0, settings: { allow_autonomous: true } })
  const { owner, ecosystem } = scene
  const actor = await autonomous(scene, 'Actor', 1, plain)
  const like = await autonomous(scene, 'Like', 0, plain)
  const unlike = await autonomous(scene, 'Unlike', 0, {
    openness: 0,
    conscientiousness: 0,
    extraversion: 0,
    agreeableness: 0,
    neuroticism: 1,
  })
  const path = `/api/v1/ecosystems/${ecosystem}/autonomy`
  await owner.put(path, { is_paused: true }).expect(200)
  const everybody = [actor, like, unlike]
  let hasMetLike = false
  const steps = async (count: number, prefix: string): Promise<Step[]> => {
    const all: Step[] = []
    for (let at = 0; at < count; at += 1) {
      await resetScene()
      all.push(
        (await owner.post<Step>(`${path}/step`, { seed: `${prefix} ${at}` }).expect(200)).body,
      )
    }
    return all
  }
  const first = await steps(40, 'seed')
  const initiators = new Set(first.map(({ deed }) => deed?.initiator_id))
  prove('who acts when only one has autonomy', [...initiators]).equals([actor.id])
  const chosen = (all: readonly Step[], { id }: Character): number =>
    all.filter(({ deed }) => deed?.target_id === id).length
  prove('times that the like was chosen', chosen(first, like)).isAbove(chosen(first, unlike))
  prove('deeds of the same seeds', (await steps(10, 'seed')).map(deedOf)).equals(
    first.slice(0, 10).map(deedOf),
  )
  hasMetLike = true
  const met = await steps(40, 'seed')
  prove('times that it was chosen when they met within the hour', chosen(met, like)).isBelow(
    chosen(first, like),
  )
  await owner.patch(`/api/v1/ecosystems/${ecosystem}`, { settings: { allow_autonomous: false } })
  const refused = await owner.post(`${path}/step`, {})
  prove('a step where it is not allowed', refused.status).equals(409)

  /** The state in which every step begins, so that only the seed is another. */
  async function resetScene(): Promise<void> {
    const ids = everybody.map(({ id }) => id)
    await sql.run('delete from character_relationships where ecosystem_id = $1', [ecosystem])
    await sql.run('update characters set energy = 1000 where id = any ($1::uuid[])', [ids])
    if (!hasMetLike) return
    await setRelationship(sql, ecosystem, [actor, like], {})
    await sql.run('update character_relationships set last_interaction = now()')
  }
})

function deedOf({ deed }: Step): unknown {
  return deed
}

/** Makes somebody who acts by itself that much. */
async function autonomous(
  { owner, ecosystem }: Scene,
  name: string,
  autonomy_level: number,
  traits: object,
): Promise<Character> {
  const made = await makeCharacter(owner, ecosystem, name, traits)
  await owner.patch(`/api/v1/characters/${made.id}`, { autonomy_level }).expect(200)
  return made
}

const often = { SUMMARY_INTERVAL_MS: '200', TICK_INTERVAL_MS: '200' }

claim(['CHAR-DB-13', 'CHAR-INT-11'], { name: 'by-itself' }, async ({ system, prove }) => {
  const busy = await system.another(often)
  const asked = await lively(busy, true)
  const forbidden = await lively(busy, false)
  const paused = await lively(busy, true)
  await paused.owner
    .put(`/api/v1/ecosystems/${paused.ecosystem}/autonomy`, { is_paused: true })
    .expect(200)
  const before = await countOf(busy, paused)
  const has = (count: number) => async (): Promise<boolean> => (await countOf(busy, asked)) >= count
  prove('five interactions by themselves', await eventually(has(5), 20_000)).isTrue()
  prove('interactions where it is not allowed', await countOf(busy, forbidden)).equals(0)
  prove('further ones where it is paused', (await countOf(busy, paused)) - before).isAtMost(1)
  await asked.owner
    .put(`/api/v1/ecosystems/${asked.ecosystem}/autonomy`, { is_paused: true })
    .expect(200)
  const summary = async (): Promise<Record<string, unknown>> => {
    const path = `/api/v1/ecosystems/${asked.ecosystem}/summary`
    return (await asked.owner.get<Record<string, unknown> | null>(path).expect(200)).body ?? {}
  }
  const wrong = (): Promise<object[]> =>
    busy.sql.rows(
      `select character_id from character_relationship_summary as summary
     cross join lateral (
       select count(*) as relationships, coalesce(sum(interaction_count), 0) as interactions
       from character_relationships
       where summary.character_id in (character_a_id, character_b_id)
     ) as there
     where ecosystem_id = $1 and (
       relationship_count <> relationships or interaction_count <> interactions
     )`,
      [asked.ecosystem],
    )
  // The two summaries are made new one after the other.
  const areTrue = async (): Promise<boolean> => {
    const { interaction_count, character_count } = await summary()
    const isOfAll = interaction_count === (await countOf(busy, asked)) && character_count === 3
    return isOfAll && (await wrong()).length === 0
  }
  prove('the summaries come to tell what is there', await eventually(areTrue, 20_000)).isTrue()
  const views = await busy.sql.rows<{ name: string; keys: number }>(
    `select matviewname as name, count(indexrelid) filter (where indisunique) as keys
     from pg_matviews join pg_index on indrelid = matviewname::regclass group by 1 order by 1`,
  )
  prove('summaries, each with a key', views).equals([
    { name: 'character_relationship_summary', keys: 1 },
    { name: 'ecosystem_activity_summary', keys: 1 },
  ])
  prove('characters whose summary is not theirs', await wrong()).isEmpty()
})

async function lively(system: SystemHandle, isAllowed: boolean): Promise<Scene> {
  const settings = { allow_autonomous: isAllowed, energy_regen: 100 }
  const scene = await setScene(system, { characters: 3, settings })
  for (const { id } of scene.characters) {
    await scene.owner.patch(`/api/v1/characters/${id}`, { autonomy_level: 1 }).expect(200)
  }
  return scene
}

function countOf({ sql }: SystemHandle, { ecosystem }: Scene): Promise<number> {
  return sql.value<number>('select count(*) from interactions where ecosystem_id = $1', [ecosystem])
}
