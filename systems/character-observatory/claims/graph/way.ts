import { claim } from 'etalon'
import { setScene } from '../scene.ts'

interface Way {
  readonly ids: readonly string[] | null
  readonly cost: number | null
}

claim(['CHAR-REL-10', 'CHAR-API-07'], async ({ system, sql, prove }) => {
  const { owner, ecosystem, characters } = await setScene(system, { characters: 7 })
  const ids = characters.map(({ id }) => id)
  const relate = (one: number, other: number, strength: number): Promise<number> => {
    const [a, b] = [ids[one] as string, ids[other] as string].sort()
    return sql.run(
      `insert into character_relationships
         (ecosystem_id, character_a_id, character_b_id, strength, trust, familiarity)
       values ($1, $2, $3, $4, 0.5, 0.1)`,
      [ecosystem, a, b, strength],
    )
  }
  // 0 - 1 - 3 and 0 - 2 - 3 are both two steps; the second is the closer one. 6 knows nobody.
  await relate(0, 1, 0.1)
  await relate(1, 3, 0.1)
  await relate(0, 2, 0.8)
  await relate(2, 3, 0.8)
  await relate(3, 4, -0.5)
  await relate(4, 5, 0.3)
  const way = async (from: number, to: number): Promise<Way> =>
    (await owner.get<Way>(`/api/v1/graph/path?from=${ids[from]}&to=${ids[to]}`).expect(200)).body
  const closest = await way(0, 3)
  prove('the closest of the shortest ways', closest.ids?.join()).equals(
    [ids[0], ids[2], ids[3]].join(),
  )
  prove('its cost', closest.cost).equals(0.4)
  prove('steps of the longest way', (await way(0, 5)).ids?.length).equals(5)
  prove('a way to who knows nobody', (await way(0, 6)).ids).equals(null)
  const near = await owner
    .get<{ items: { id: string; distance: number }[] }>(
      `/api/v1/characters/${ids[0]}/neighbours?depth=2`,
    )
    .expect(200)
  prove(
    'distances within two steps',
    near.body.items.map(({ distance }) => distance).join(),
  ).equals('1,1,2')
})
