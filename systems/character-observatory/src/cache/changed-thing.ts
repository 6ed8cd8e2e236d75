import { z } from 'zod'
import type { Thing } from './cache.ts'

/** What is kept of a character: itself, and what it is to others. */
export const thingsOfCharacter = (id: string): Thing[] => [
  { kind: 'character', id },
  { kind: 'relationships', id },
]

/** What the data of an event may name characters by. */
const naming = z
  .object({
    id: z.string(),
    initiator_id: z.string(),
    target_id: z.string(),
    characters: z.array(z.object({ id: z.string() })),
  })
  .partial()

/** What has changed, as events tell: everything of the characters that they name. */
export function thingsNamedIn(events: readonly { readonly data: unknown }[]): Thing[] {
  const ids = events.flatMap(({ data }) => {
    const { id, initiator_id, target_id, characters = [] } = naming.safeParse(data).data ?? {}
    return [id, initiator_id, target_id, ...characters.map((character) => character.id)]
  })
  return [...new Set(ids)].filter((id) => id !== undefined).flatMap(thingsOfCharacter)
}
