import { z } from 'zod'

/** What the data of an event may name characters by. */
const naming = z
  .object({
    id: z.string(),
    initiator_id: z.string(),
    target_id: z.string(),
    a: z.string(),
    b: z.string(),
    characters: z.array(z.object({ id: z.string() })),
  })
  .partial()

/** The characters that the data of an event is about; what somebody says in it names nobody. */
export function charactersNamedIn(data: unknown): readonly string[] {
  const { characters = [], ...named } = naming.safeParse(data).data ?? {}
  const ids = [...Object.values(named), ...characters.map(({ id }) => id)]
  return [...new Set(ids.filter((id) => id !== undefined))]
}
