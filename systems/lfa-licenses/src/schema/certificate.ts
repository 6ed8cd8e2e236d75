import { z } from 'zod'
import { specializations } from '../specialization.ts'

/** What a graduate holds. */
export const certificate = z.object({
  code: z.string(),
  license_id: z.int(),
  enrollment_id: z.int(),
  user_id: z.int(),
  specialization_type: z.enum(specializations),
  holder_name: z.string(),
  semester_name: z.string(),
  level: z.int().nullable(),
  overall_avg: z.number().nullable(),
  attendance_percent: z.number(),
  issued_at: z.date(),
  revoked_at: z.date().nullable(),
  revocation_reason: z.string().nullable(),
})

export type Certificate = z.infer<typeof certificate>

/** What anyone may see who has the code; no ids. */
export const verification = certificate
  .omit({ license_id: true, enrollment_id: true, user_id: true })
  .extend({ status: z.enum(['valid', 'revoked']) })
