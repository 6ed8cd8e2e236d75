import { z } from 'zod'
import { ageGroups } from '../age-group.ts'
import { programmeStatuses } from '../programme.ts'
import { specializations } from '../specialization.ts'
import { validityStatuses } from '../validity.ts'

/** The columns that all licence tables have. */
const common = {
  id: z.int(),
  user_id: z.int(),
  is_active: z.boolean(),
  created_at: z.date(),
  updated_at: z.date(),
}

const levels = { current_level: z.int(), max_achieved_level: z.int() }

const skill = z.number()

/** The six skills of a player, each 0 to 100. */
export const skillFields = {
  heading_avg: skill,
  shooting_avg: skill,
  crossing_avg: skill,
  passing_avg: skill,
  dribbling_avg: skill,
  ball_control_avg: skill,
}

/** Rows as the tables hold them. */
const playerRow = z.object({
  ...common,
  age_group: z.enum(ageGroups),
  credit_balance: z.int(),
  ...skillFields,
  overall_avg: z.number(),
})

const gancujuRow = z.object({
  ...common,
  ladder_version: z.int(),
  ...levels,
  eligible_level: z.int(),
  sessions_attended: z.int(),
  competitions_entered: z.int(),
  competitions_won: z.int(),
  win_rate: z.number(),
  teaching_hours: z.int(),
  last_advanced_at: z.date().nullable(),
})

const internshipRow = z.object({
  ...common,
  ladder_version: z.int(),
  ...levels,
  credit_balance: z.int(),
  total_xp: z.int(),
  sessions_completed: z.int(),
  capstone_approved_at: z.date().nullable(),
  expires_at: z.date(),
})

const coachRow = z.object({
  ...common,
  ladder_version: z.int(),
  ...levels,
  theory_hours: z.int(),
  practice_hours: z.int(),
  teaching_hours: z.int(),
  last_advanced_at: z.date().nullable(),
  expires_at: z.date(),
  is_expired: z.boolean(),
})

const status = z.enum(validityStatuses)

/** Licences as callers see them: the row and what follows from it today. */
export const playerLicense = playerRow.extend({ status })
export const gancujuLicense = gancujuRow.extend({ status })
export const internshipLicense = internshipRow.extend({
  status,
  days_remaining: z.int(),
  position: z.string(),
  programme_status: z.enum(programmeStatuses),
})
export const coachLicense = coachRow.extend({ status, days_remaining: z.int() })

export type PlayerRow = z.infer<typeof playerRow>
export type GancujuRow = z.infer<typeof gancujuRow>
export type InternshipRow = z.infer<typeof internshipRow>
export type CoachRow = z.infer<typeof coachRow>

/** One active licence of any specialization; what its table does not have is null. */
export const unifiedLicense = z.object({
  specialization_type: z.enum(specializations),
  license_id: z.int(),
  user_id: z.int(),
  current_level: z.int().nullable(),
  max_achieved_level: z.int().nullable(),
  credit_balance: z.int().nullable(),
  total_xp: z.int().nullable(),
  age_group: z.string().nullable(),
  overall_avg: z.number().nullable(),
  win_rate: z.number().nullable(),
  theory_hours: z.int().nullable(),
  practice_hours: z.int().nullable(),
  teaching_hours: z.int().nullable(),
  expires_at: z.date().nullable(),
  created_at: z.date(),
  updated_at: z.date(),
  status,
})

/** How long a licence is good for. */
export const expiry = z.object({
  license_id: z.int(),
  expires_at: z.date(),
  status,
  days_remaining: z.int(),
  is_active: z.boolean(),
  notices: z.array(z.object({ days_before: z.int(), noticed_at: z.date() })),
})
