import { z } from 'zod'

/** A message that was taken in. */
export const notice = z.object({
  channel: z.string(),
  seq: z.int(),
  id: z.uuid(),
  event_type: z.string(),
  /** When it was said. */
  timestamp: z.date(),
  /** When it was noted here. */
  received_at: z.date(),
  service: z.string(),
  version: z.int(),
  payload: z.record(z.string(), z.unknown()),
})

/** The last number of each channel. */
export const positions = z.record(z.string(), z.int())
