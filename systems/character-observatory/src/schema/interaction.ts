import { text, uuid } from 'service-kit'
import { z } from 'zod'
import { interactionTypes } from '../rule/interaction-type.ts'
import { emotions } from './common.ts'

const bothEmotions = z.object({ initiator: emotions, target: emotions })

export const newInteraction = z.strictObject({
  initiator_id: uuid,
  target_id: uuid,
  interaction_type: z.enum(interactionTypes),
  content: text({ max: 2_000 }).regex(/\S/, 'Must say something'),
  /** The same seed gives the same answer to the same words. */
  seed: text({ max: 100 }).optional(),
})

/** What came of an interaction. */
export const interactionResult = z.object({
  id: z.uuid(),
  success: z.literal(true),
  response: z.string(),
  sentiment: z.number().min(-1).max(1),
  relationship_change: z.object({
    strength: z.number(),
    trust: z.number(),
    familiarity: z.number(),
  }),
  emotional_state: bothEmotions,
  reason: z.null(),
  metadata: z.record(z.string(), z.unknown()),
})

/** An interaction as the list shows it. */
export const interaction = z.object({
  id: z.uuid(),
  initiator_id: z.uuid(),
  target_id: z.uuid(),
  interaction_type: z.enum(interactionTypes),
  content: z.string(),
  response: z.string(),
  sentiment: z.number(),
  strength_change: z.number(),
  trust_change: z.number(),
  familiarity_change: z.number(),
  emotions: bothEmotions,
  metadata: z.record(z.string(), z.unknown()),
  created_at: z.date(),
})

/** What an interaction of a kind costs and does. */
export const interactionKind = z.object({
  type: z.enum(interactionTypes),
  initiator_cost: z.number(),
  target_cost: z.number(),
})
