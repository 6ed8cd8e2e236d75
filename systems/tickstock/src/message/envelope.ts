import { z } from 'zod'
import { channelPattern } from './channel.ts'

/** The version of the envelope; a reader refuses one it does not know. */
export const envelopeVersion = 1

/** What every message looks like, on the channel and in the stream. */
export const envelope = z.object({
  id: z.uuid(),
  channel: z.string().regex(channelPattern),
  /** Counts from 1 in each channel, without a gap. */
  seq: z.int().positive(),
  /** When it was said, in its transaction. */
  timestamp: z.iso.datetime(),
  service: z.string(),
  event_type: z.string(),
  version: z.literal(envelopeVersion),
  payload: z.record(z.string(), z.unknown()),
})

export type Envelope = z.output<typeof envelope>

/** The field of a stream's entry that holds the message, as JSON. */
export const messageField = 'message'

/** The id of a stream's entry says the message's number, so that nothing can be in it twice. */
export const streamIdOf = (seq: number): string => `${seq}-0`

/** The number of the message that a stream's entry holds. */
export const seqOfStreamId = (id: string): number => Number(id.slice(0, id.indexOf('-')))
