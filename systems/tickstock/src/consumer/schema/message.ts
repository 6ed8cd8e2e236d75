import { z } from 'zod'

const channelState = z.object({
  channel: z.string(),
  /** In the stream; null, as what else comes from Redis, while it does not answer. */
  last_seq: z.int().nullable(),
  /** Everything up to this number is settled. */
  cursor: z.int(),
  /** Messages in the stream that are not settled. */
  lag: z.int().nullable(),
  stream_length: z.int().nullable(),
  /** Messages that were given to a reader and not acknowledged. */
  pending: z.int().nullable(),
  /** Messages a second, over the last ten seconds. */
  rate_hz: z.number(),
  /** From when a message was said until it was noted, of the newest thousand. */
  latency_ms: z.object({ p50: z.number(), p95: z.number() }).nullable(),
  /** Messages that were given up. */
  dead_letters: z.int(),
  /** Messages that were lost before they were read. */
  gaps: z.int(),
})

/** How the messages flow. */
export const messageState = z.object({
  at: z.date(),
  reader: z.object({ last_received_at: z.date().nullable() }),
  channels: z.array(channelState),
  dead_letters: z.array(
    z.object({
      channel: z.string(),
      stream_id: z.string(),
      reason: z.string(),
      created_at: z.date(),
    }),
  ),
  gaps: z.array(
    z.object({
      channel: z.string(),
      first_seq: z.int(),
      last_seq: z.int(),
      noticed_at: z.date(),
    }),
  ),
})
