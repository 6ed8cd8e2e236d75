import { z } from 'zod'
import { charactersNamedIn } from '../event/named-character.ts'
import type { Thing } from './cache.ts'

/** What a character is to others. */
export const relationshipsThing = (id: string): Thing => ({ kind: 'relationships', id })

/** What is kept of a character: itself, and what it is to others. */
export const thingsOfCharacter = (id: string): Thing[] => [
  { kind: 'character', id },
  relationshipsThing(id),
]

/** Who knew one who was deleted. */
const leaving = z.object({ knew: z.array(z.string()) })

/** What has changed, as events tell: everything of the characters that they name. */
export function thingsNamedIn(events: readonly { readonly data: unknown }[]): Thing[] {
  const ids = events.flatMap(({ data }) => charactersNamedIn(data))
  const knew = events.flatMap(({ data }) => leaving.safeParse(data).data?.knew ?? [])
  return [...[...new Set(ids)].flatMap(thingsOfCharacter), ...knew.map(relationshipsThing)]
}
