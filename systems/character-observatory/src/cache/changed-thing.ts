import { z } from 'zod'
import type { Thing } from './cache.ts'

/** What a character is to others. */
export const relationshipsThing = (id: string): Thing => ({ kind: 'relationships', id })

/** What is kept of a character: itself, and what it is to others. */
export const thingsOfCharacter = (id: string): Thing[] => [
  { kind: 'character', id },
  relationshipsThing(id),
]

/** What the data of an event may name characters by. */
const naming = z
  .object({
    id: z.string(),
    initiator_id: z.string(),
    target_id: z.string(),
    characters: z.array(z.object({ id: z.string() })),
    /** Who knew one who was deleted. */
    knew: z.array(z.string()),
  })
  .partial()

/** What has changed, as events tell: everything of the characters that they name. */
export function thingsNamedIn(events: readonly { readonly data: unknown }[]): Thing[] {
  const named = events.map(({ data }) => naming.safeParse(data).data ?? {})
  const ids = named.flatMap(({ id, initiator_id, target_id, characters = [] }) => [
    ...[id, initiator_id, target_id].filter((one) => one !== undefined),
    ...characters.map((character) => character.id),
  ])
  const knew = named.flatMap((data) => data.knew ?? [])
  return [...[...new Set(ids)].flatMap(thingsOfCharacter), ...knew.map(relationshipsThing)]
}
