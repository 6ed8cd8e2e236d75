import { expect, test } from 'vitest'
import { attendancePercent, graduationGaps, type EnrollmentRecord } from '../src/graduation.ts'

const earned: EnrollmentRecord = {
  semesterEnded: true,
  paymentVerified: true,
  sessions: 10,
  attended: 8,
  excused: 0,
  skillAssessments: 1,
}
const missing = (record: Partial<EnrollmentRecord>): string[] =>
  graduationGaps({ ...earned, ...record }, 80).map((gap) => gap.requirement)

test('excused sessions leave the denominator', () => {
  expect(attendancePercent(earned)).toBe(80)
  expect(attendancePercent({ ...earned, attended: 7, excused: 2 })).toBe(87.5)
  expect(attendancePercent({ ...earned, attended: 2, sessions: 3 })).toBe(66.66)
})

test('a semester without a session that counts gives nothing', () => {
  expect(attendancePercent({ ...earned, sessions: 0, attended: 0 })).toBe(0)
  expect(attendancePercent({ ...earned, attended: 0, excused: 10 })).toBe(0)
})

test('graduation takes an end, a payment, attendance and an assessment', () => {
  expect(missing({})).toEqual([])
  expect(missing({ semesterEnded: false })).toEqual(['semester'])
  expect(missing({ paymentVerified: false })).toEqual(['payment'])
  expect(missing({ attended: 7 })).toEqual(['attendance_percent'])
  expect(missing({ skillAssessments: 0 })).toEqual(['skill_assessments'])
})

test('a specialization without skills needs no assessment', () => {
  expect(missing({ skillAssessments: undefined })).toEqual([])
})
