import { z } from 'zod'
import { specializations } from '../specialization.ts'

/** A payment that somebody says he has made, and that nobody has verified. */
export const pendingPayment = z.object({
  kind: z.enum(['ENROLLMENT', 'PURCHASE']),
  /** Of the enrolment or of the ledger's row. */
  id: z.int(),
  specialization_type: z.enum(specializations),
  user_id: z.int(),
  holder_name: z.string(),
  /** The semester, where it is for one. */
  semester_name: z.string().nullable(),
  credits: z.int(),
  payment_reference_code: z.string().nullable(),
  payment_proof_url: z.string().nullable(),
  created_at: z.date(),
})

/** A licence whose record carries the next level, so that somebody has to decide. */
export const promotionCandidate = z.object({
  specialization_type: z.enum(['GANCUJU', 'COACH']),
  license_id: z.int(),
  user_id: z.int(),
  holder_name: z.string(),
  current_level: z.int(),
  to_level: z.int(),
  to_name: z.string(),
  to_color: z.string().nullable(),
  approver_role: z.enum(['INSTRUCTOR', 'ADMIN']),
  approvals: z.int(),
  approvals_needed: z.int(),
  /** Whether the caller is one of those who have approved. */
  approved_by_me: z.boolean(),
  competitions_entered: z.int().nullable(),
  competitions_won: z.int().nullable(),
  win_rate: z.number().nullable(),
  total_xp: z.int().nullable(),
  sessions: z.int(),
  theory_hours: z.int().nullable(),
  practice_hours: z.int().nullable(),
  teaching_hours: z.int(),
  exam_pass_percent: z.int(),
})

/** An active licence with the name of who holds it. */
export const rosterLine = z.object({
  specialization_type: z.enum(specializations),
  license_id: z.int(),
  user_id: z.int(),
  holder_name: z.string(),
  current_level: z.int().nullable(),
  overall_avg: z.number().nullable(),
  age_group: z.string().nullable(),
  win_rate: z.number().nullable(),
  theory_hours: z.int().nullable(),
  practice_hours: z.int().nullable(),
  teaching_hours: z.int().nullable(),
  total_xp: z.int().nullable(),
  expires_at: z.date().nullable(),
})

export type PendingPayment = z.infer<typeof pendingPayment>
export type PromotionCandidate = z.infer<typeof promotionCandidate>
export type RosterLine = z.infer<typeof rosterLine>
