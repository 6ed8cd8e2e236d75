import { z } from 'zod'
import { specializations } from '../specialization.ts'

export const attendanceStatuses = ['PRESENT', 'ABSENT', 'LATE', 'EXCUSED'] as const

export type AttendanceStatus = (typeof attendanceStatuses)[number]

/** One student's mark for one session. */
export const attendance = z.object({
  attendance_id: z.int(),
  enrollment_id: z.int(),
  session_id: z.int(),
  status: z.enum(attendanceStatuses),
  checked_in_at: z.date().nullable(),
  notes: z.string().nullable(),
  xp_earned: z.int(),
  theory_hours_earned: z.int(),
  practice_hours_earned: z.int(),
})

export type Attendance = z.infer<typeof attendance>

/** A mark, and the licence that it counted for. */
export const attendanceAnswer = attendance.extend({
  specialization_type: z.enum(specializations),
  license_id: z.int(),
  user_id: z.int(),
})

/** One line of a session's roll call; without a mark the fields are null. */
export const rollCallLine = z.object({
  user_id: z.int(),
  name: z.string(),
  enrollment_id: z.int(),
  license_id: z.int(),
  payment_verified: z.boolean(),
  status: z.enum(attendanceStatuses).nullable(),
  checked_in_at: z.date().nullable(),
})

export type RollCallLine = z.infer<typeof rollCallLine>
