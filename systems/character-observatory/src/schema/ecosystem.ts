import { text } from 'service-kit'
import { z } from 'zod'
import { name } from './common.ts'

const settings = z.strictObject({
  allow_autonomous: z.boolean(),
  /** Seconds that two characters wait between two interactions. */
  interaction_cooldown: z.number().min(0).max(86_400),
  /** A factor of the usual recovery. */
  energy_regen: z.number().min(0).max(100),
})

export const memberships = ['owner', 'editor', 'viewer'] as const

export type Membership = (typeof memberships)[number]

/** An ecosystem as the API shows it. */
export const ecosystem = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  owner_id: z.uuid(),
  settings,
  is_active: z.boolean(),
  /** What the caller is in it. */
  membership: z.enum(memberships),
  created_at: z.date(),
})

export const newEcosystem = z.strictObject({
  name,
  description: text({ min: 0, max: 10_000 }).default(''),
  settings: settings.partial().default({}),
})

export const ecosystemChange = z
  .strictObject({
    name,
    description: text({ min: 0, max: 10_000 }),
    settings: settings.partial(),
    is_active: z.boolean(),
  })
  .partial()

/**
 * The figures of an ecosystem, from the summary that is made new every minute: what they say, energy
 * that comes back by itself among it, is as it was at `refreshed_at`.
 */
export const ecosystemSummary = z.object({
  character_count: z.int(),
  relationship_count: z.int(),
  interaction_count: z.int(),
  average_energy: z.number().nullable(),
  last_interaction: z.date().nullable(),
  refreshed_at: z.date(),
})
