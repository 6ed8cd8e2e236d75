import { z } from 'zod'
import { sessionTypes } from '../attendance-xp.ts'
import { specializations } from '../specialization.ts'

export const semesterStatuses = ['DRAFT', 'OPEN', 'ACTIVE', 'COMPLETED', 'CANCELLED'] as const

export type SemesterStatus = (typeof semesterStatuses)[number]

export const semester = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  specialization_type: z.enum(specializations),
  start_date: z.string(),
  end_date: z.string(),
  status: z.enum(semesterStatuses),
  cost_credits: z.int(),
  created_at: z.date(),
})

export type Semester = z.infer<typeof semester>

export const session = z.object({
  id: z.int(),
  semester_id: z.int(),
  title: z.string().nullable(),
  starts_at: z.date(),
  ends_at: z.date(),
  session_type: z.enum(sessionTypes),
  instructor_id: z.int().nullable(),
  capacity: z.int(),
  base_xp: z.int(),
  theory_hours: z.int(),
  practice_hours: z.int(),
  created_at: z.date(),
})

export type Session = z.infer<typeof session>
