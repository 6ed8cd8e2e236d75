import { z } from 'zod'
import { eventShape } from '../event/envelope.ts'

const pageMax = 500

/** Events after one, in their order; without one, the latest. */
export const eventQuery = z.strictObject({
  after_seq: z.coerce.number().int().nonnegative().optional(),
  limit: z.coerce.number().int().min(1).max(pageMax).default(50),
})

export const eventPage = z.object({
  items: z.array(eventShape),
  /** The number to ask after for more; none where there is nothing more now. */
  next_after_seq: z.int().nullable(),
})
