import { z } from 'zod'
import { programmeStatuses } from '../programme.ts'
import { specializations } from '../specialization.ts'
import { validityStatuses } from '../validity.ts'
import { skillFields } from './license.ts'

const level = z.object({ level: z.int(), name: z.string(), color: z.string().nullable() })

/** One thing that the next level takes, whether it is there yet or not. */
const requirement = z.object({
  requirement: z.string(),
  needed: z.number(),
  actual: z.number().nullable().describe('Null where it is unknown, which is never enough'),
})

/**
 * A specialization as its holder sees it on one card. Without a licence `license_id` is null; what
 * the specialization does not have is null too.
 */
export const licenseCard = z.object({
  specialization_type: z.enum(specializations),
  license_id: z.int().nullable(),
  is_active: z.boolean(),
  status: z.enum(validityStatuses).nullable(),
  expires_at: z.date().nullable(),
  days_remaining: z.int().nullable(),
  renewal_cost_credits: z.int().nullable(),
  level: level.nullable(),
  max_achieved_level: z.int().nullable(),
  next_level: level.extend({ requirements: z.array(requirement) }).nullable(),
  credit_balance: z.int().nullable(),
  pending_credits: z.int().nullable(),
  age_group: z.string().nullable(),
  overall_avg: z.number().nullable(),
  skills: z.object(skillFields).nullable(),
  programme_status: z.enum(programmeStatuses).nullable(),
})

export type LicenseCard = z.infer<typeof licenseCard>
