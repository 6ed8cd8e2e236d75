import { text, uuid } from 'service-kit'
import { z } from 'zod'
import { interactionTypes } from '../rule/interaction-type.ts'
import { share } from './common.ts'
import { interactionResult } from './interaction.ts'

/** How well two characters fit each other. */
export const compatibility = z.object({
  intellectual: share,
  work: share,
  social: share,
  harmony: share,
  stability: share,
  overall: share,
})

export const compatibilityQuery = z.strictObject({ with: uuid })

/** Whether characters of an ecosystem act by themselves. */
export const autonomy = z.object({ is_allowed: z.boolean(), is_paused: z.boolean() })

export const autonomyChange = z.strictObject({ is_paused: z.boolean() })

/** The same seed in the same state leads to the same deed. */
export const step = z.strictObject({ seed: text({ max: 100 }).optional() })

/** What somebody did by itself; nothing where nobody acted. */
export const stepResult = z.object({
  deed: z
    .object({
      initiator_id: z.uuid(),
      target_id: z.uuid(),
      interaction_type: z.enum(interactionTypes),
      content: z.string(),
    })
    .nullable(),
  result: interactionResult.nullable(),
})
