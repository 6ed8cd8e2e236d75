import { z } from 'zod'
import { specializations } from '../specialization.ts'

const enrollmentStatuses = ['ENROLLED', 'GRADUATED', 'CANCELLED'] as const

/** An enrolment of any specialization; for a coach it is an assignment. */
export const enrollment = z.object({
  specialization_type: z.enum(specializations),
  enrollment_id: z.int(),
  license_id: z.int(),
  user_id: z.int(),
  semester_id: z.int(),
  payment_verified: z.boolean(),
  payment_reference_code: z.string().nullable(),
  payment_proof_url: z.string().nullable(),
  credits_spent: z.int().describe('What came back by a refund is taken off'),
  status: z.enum(enrollmentStatuses),
  is_active: z.boolean(),
  graduated_at: z.date().nullable(),
  assignment_role: z.string().nullable(),
  created_at: z.date(),
})

export type Enrollment = z.infer<typeof enrollment>
