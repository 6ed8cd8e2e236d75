import { claim } from 'etalon'
import { meeting, setScene, type Character } from '../scene.ts'

interface Remembered {
  readonly id: string
  readonly content: string
  readonly recency: number
  readonly importance: number
  readonly relevance: number
  readonly score: number
}

claim('CHAR-DB-09', { name: 'ranked' }, async ({ system, sql, prove }) => {
  const { owner, characters } = await setScene(system)
  const [one, other] = characters as [Character, Character]
  const plant = (content: string, importance: number, hoursAgo: number): Promise<string> =>
    sql.value<string>(
      `insert into character_memories
         (character_id, content, memory_type, importance, occurred_at, accessed_at)
       select $1, $2, 'episodic', $3, moment, moment
       from (select now() - make_interval(hours => $4)) as ago (moment) returning id`,
      [other.id, content, importance, hoursAgo],
    )
  await plant('nothing much', 0.1, 300)
  const fitting = await plant('we saw whales near the harbour', 0.1, 100)
  const important = await plant('the house burned down', 1, 100)
  const recent = await plant('bread for lunch', 0.3, 0)
  await plant('nothing at all', 0.1, 200)
  const asked = meeting(one, other, 'chat', 'Were there whales near the harbour?')
  const { body } = await owner
    .post<{ metadata: { memories: Remembered[] } }>('/api/v1/interactions', asked)
    .expect(201)
  const { memories } = body.metadata
  prove(
    'what it remembers, the most fitting first',
    memories.map(({ id }) => id),
  ).equals([important, recent, fitting].toSorted(byScore(memories)))
  const found = (id: string): Remembered | undefined => memories.find((each) => each.id === id)
  prove('recency after a hundred hours', found(important)?.recency ?? 0).isBetween(0.365, 0.367)
  prove('recency of what is new', found(recent)?.recency ?? 0).isAtLeast(0.999)
  prove('relevance of the whales over that of the bread', found(fitting)?.relevance ?? 0).isAbove(
    found(recent)?.relevance ?? 0,
  )
  const wrong = memories.filter(
    ({ score, recency, importance, relevance }) =>
      Math.abs(score - recency - importance - relevance) > 0.001,
  )
  prove('scores that are not the sum of the three', wrong).isEmpty()
  const counts = await sql.rows<{ id: string }>(
    `select id from character_memories where character_id = $1 and access_count = 1
     and accessed_at > now() - interval '1 minute' order by id`,
    [other.id],
  )
  prove(
    'memories that count as called up',
    counts.map(({ id }) => id),
  ).equals(memories.map(({ id }) => id).toSorted())
})

function byScore(memories: readonly Remembered[]): (one: string, other: string) => number {
  const scoreOf = (id: string): number => memories.find((each) => each.id === id)?.score ?? 0
  return (one, other) => scoreOf(other) - scoreOf(one)
}
