import { z } from 'zod'
import type { NumberedEvent } from '../store/event.ts'

/** The channel of an ecosystem's events in Redis. */
export const channelOf = (ecosystemId: string): string => `ecosystem:${ecosystemId}:events`

/** The channel of all events. */
export const globalChannel = 'global:character_events'

/** An event as clients get it. */
export const eventShape = z.object({
  id: z.uuid(),
  seq: z.int().positive(),
  type: z.string(),
  timestamp: z.date(),
  data: z.record(z.string(), z.unknown()),
})

/** An event as it is told in Redis and to clients. */
export function shapeOf({
  id,
  seq,
  type,
  data,
  created_at,
}: NumberedEvent): z.input<typeof eventShape> {
  return { id, seq, type, timestamp: created_at, data }
}

const heard = z.looseObject({ seq: z.int().positive(), type: z.string() })

/** The number of an event that was heard; nothing for what is none. */
export function seqOf(text: string): number | undefined {
  try {
    return heard.safeParse(JSON.parse(text)).data?.seq
  } catch {
    return undefined
  }
}
