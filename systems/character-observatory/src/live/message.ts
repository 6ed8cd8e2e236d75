import { uuid } from 'service-kit'
import { z } from 'zod'
import { charactersNamedIn } from '../event/named-character.ts'

/** What a client may say. */
const clientMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ping') }),
  z.strictObject({
    type: z.literal('subscribe'),
    /** Only events of these types; all where it is not given. */
    event_types: z.array(z.string().max(64)).max(32).optional(),
    /** Only events that name one of these characters; all where it is not given. */
    character_ids: z.array(uuid).max(1_000).optional(),
  }),
  z.strictObject({ type: z.literal('resume'), last_seq: z.int().nonnegative() }),
])

export type ClientMessage = z.output<typeof clientMessage>

/** What a client said; a sentence where it cannot be understood. */
export function understand(text: string): ClientMessage | string {
  let said: unknown
  try {
    said = JSON.parse(text)
  } catch {
    return 'This is no JSON'
  }
  const { success, data } = clientMessage.safeParse(said)
  return success
    ? data
    : 'Say ping, subscribe with event_types or character_ids, or resume with last_seq'
}

/** Which events a client wants. */
export interface Filter {
  readonly types: ReadonlySet<string> | undefined
  readonly characters: ReadonlySet<string> | undefined
}

export const everything: Filter = { types: undefined, characters: undefined }

/** Whether a client wants an event; `text` is the event as JSON. */
export function isWanted({ types, characters }: Filter, text: string): boolean {
  if (types === undefined && characters === undefined) return true
  const { type, data } = JSON.parse(text) as { readonly type: string; readonly data: unknown }
  if (types !== undefined && !types.has(type)) return false
  return characters === undefined || charactersNamedIn(data).some((id) => characters.has(id))
}
