import type { Actor, Sql } from 'etalon'
import type { Character } from './scene.ts'

type Named = Pick<Character, 'id'>

/** A relationship as the API shows it. */
export interface Relationship {
  readonly character_a_id: string
  readonly character_b_id: string
  readonly relationship_type: string
  readonly strength: number
  readonly trust: number
  readonly familiarity: number
  readonly interaction_count: number
  readonly version: number
}

/** What a request that a rule refuses is told; no error in an answer that refuses nothing. */
export interface Refused {
  readonly error?: { readonly code: string; readonly details?: Readonly<Record<string, unknown>> }
}

/** The character as it is now. */
export async function characterOf(actor: Actor, { id }: Named): Promise<Character> {
  return (await actor.get<Character>(`/api/v1/characters/${id}`).expect(200)).body
}

/** What a character is to others, as the API shows it. */
export async function relationshipsOf(
  actor: Actor,
  { id }: Named,
): Promise<readonly Relationship[]> {
  const path = `/api/v1/characters/${id}/relationships`
  return (await actor.get<{ items: Relationship[] }>(path).expect(200)).body.items
}

/** What two characters are to each other; nothing when they have never met. */
export async function relationshipOf(
  actor: Actor,
  one: Named,
  other: Named,
): Promise<Relationship | undefined> {
  const all = await relationshipsOf(actor, one)
  return all.find((each) => [each.character_a_id, each.character_b_id].includes(other.id))
}

/** Energy that a character shows, in whole thousandths. */
export function thousandths(share: number): number {
  return Math.round(share * 1_000)
}

/** Gives characters this much energy, counted from some time ago. */
export function setEnergy(
  sql: Sql,
  characters: readonly Named[],
  energy: number,
  secondsAgo = 0,
): Promise<number> {
  return sql.run(
    `update characters set energy = $2, energy_updated_at = now() - make_interval(secs => $3)
     where id = any ($1::uuid[])`,
    [characters.map(({ id }) => id), energy, secondsAgo],
  )
}

/** Makes two characters what a claim needs them to be to each other. */
export function setRelationship(
  sql: Sql,
  ecosystem: string,
  pair: readonly [Named, Named],
  state: {
    readonly strength?: number
    readonly trust?: number
    readonly familiarity?: number
    readonly type?: string
  },
): Promise<number> {
  const [a, b] = pair.map(({ id }) => id).toSorted()
  const { strength = 0, trust = 0.5, familiarity = 0, type = 'neutral' } = state
  return sql.run(
    `insert into character_relationships (
       ecosystem_id, character_a_id, character_b_id, strength, trust, familiarity,
       relationship_type
     ) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (character_a_id, character_b_id) do update set
       strength = excluded.strength, trust = excluded.trust, familiarity = excluded.familiarity,
       relationship_type = excluded.relationship_type`,
    [ecosystem, a, b, strength, trust, familiarity, type],
  )
}
