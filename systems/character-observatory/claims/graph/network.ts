import { claim } from 'etalon'
import { setScene } from '../scene.ts'
import { settledState, type Network } from './state.ts'

interface Analysis {
  readonly influence: readonly { readonly id: string; readonly score: number }[]
  readonly communities: readonly { readonly members: readonly string[] }[]
}

/** Two circles of three; 2 and 3 know each other a little, 2 is also liked by 6. */
const friendships = [
  [0, 1, 0.9],
  [1, 2, 0.9],
  [0, 2, 0.9],
  [3, 4, 0.9],
  [4, 5, 0.9],
  [3, 5, 0.9],
  [2, 3, -0.8],
  [2, 6, 0.9],
] as const

claim('CHAR-REL-10', { name: 'network' }, async ({ system, sql, prove }) => {
  const { owner, ecosystem, characters } = await setScene(system, { characters: 7 })
  const ids = characters.map(({ id }) => id)
  for (const [one, other, strength] of friendships) {
    const pair = pairOf(ids, one, other)
    await sql.run(
      `insert into character_relationships
         (ecosystem_id, character_a_id, character_b_id, strength, trust, familiarity)
       values ($1, $2, $3, $4, 0.5, 0.1)`,
      [ecosystem, ...pair, strength],
    )
    // What is written past the service is told by hand.
    await sql.run(
      `insert into events (ecosystem_id, type, data)
       select $1, 'relationship_change', jsonb_build_object('a', $2::text, 'b', $3::text)`,
      [ecosystem, ...pair],
    )
  }
  await settledState(system)
  const path = `/api/v1/ecosystems/${ecosystem}/graph`
  const { nodes, edges } = (await owner.get<Network>(path).expect(200)).body
  prove('who is in the network', nodes.map(({ id }) => id).sort()).equals([...ids].sort())
  prove('who knows whom', edges.map(({ a, b }) => `${String(a)} ${String(b)}`).sort()).equals(
    friendships.map(([one, other]) => pairOf(ids, one, other).join(' ')).sort(),
  )
  const { influence, communities } = (await owner.get<Analysis>(`${path}/analysis`).expect(200))
    .body
  const numbered = communities.map(({ members }) =>
    members.map((id) => ids.indexOf(id)).sort((one, other) => one - other),
  )
  prove('communities', numbered).equals([
    [0, 1, 2, 6],
    [3, 4, 5],
  ])
  prove('who counts most', ids.indexOf(influence[0]?.id ?? '')).equals(2)
  const all = influence.reduce((sum, { score }) => sum + score, 0)
  prove('all influence together', Math.round(all * 1e6) / 1e6).equals(1)
})

/** Two of them as a pair is stored, the smaller id first. */
function pairOf(ids: readonly string[], one: number, other: number): string[] {
  return [one, other].map((at) => ids[at] as string).sort()
}
