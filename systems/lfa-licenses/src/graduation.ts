import type { Gap } from './level.ts'
import type { Semester } from './schema/semester.ts'

/** Whether a semester is over: completed, or past its last day. */
export function hasEnded(
  { status, end_date }: Pick<Semester, 'status' | 'end_date'>,
  now: Date,
): boolean {
  return status === 'COMPLETED' || end_date < now.toISOString().slice(0, 10)
}

/** What an enrolment can show at its end. */
export interface EnrollmentRecord {
  readonly semesterEnded: boolean
  readonly paymentVerified: boolean
  /** Sessions of the semester. */
  readonly sessions: number
  /** Sessions at which the student was present or late. */
  readonly attended: number
  readonly excused: number
  /** Assessments of the licence's skills; `undefined` where the specialization has no skills. */
  readonly skillAssessments: number | undefined
}

/**
 * Percent of the sessions that were attended, with two decimals; excused ones leave the
 * denominator. A semester in which none counts gives 0.
 */
export function attendancePercent(record: EnrollmentRecord): number {
  const counted = record.sessions - record.excused
  return counted <= 0 ? 0 : Math.floor((record.attended * 10_000) / counted) / 100
}

/** What is missing for graduation. */
export function graduationGaps(record: EnrollmentRecord, attendancePercentMin: number): Gap[] {
  const gaps: Gap[] = []
  if (!record.semesterEnded) {
    gaps.push({ requirement: 'semester', needed: 'ended', actual: 'running' })
  }
  if (!record.paymentVerified) {
    gaps.push({ requirement: 'payment', needed: 'verified', actual: 'unverified' })
  }
  const percent = attendancePercent(record)
  if (percent < attendancePercentMin) {
    gaps.push({ requirement: 'attendance_percent', needed: attendancePercentMin, actual: percent })
  }
  if (record.skillAssessments === 0) {
    gaps.push({ requirement: 'skill_assessments', needed: 1, actual: 0 })
  }
  return gaps
}
