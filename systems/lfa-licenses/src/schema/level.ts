import { z } from 'zod'

/** Something that a level takes and that is not there yet. */
const gap = z.object({
  requirement: z.string(),
  needed: z.union([z.number(), z.string()]),
  actual: z.union([z.number(), z.string(), z.null()]),
})

/** The next level and what is missing for it; null at the top. */
export const nextStep = z
  .object({ level: z.int(), name: z.string(), gaps: z.array(gap) })
  .nullable()
