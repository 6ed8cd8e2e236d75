import { expect, test } from 'vitest'
import {
  certificationRequirements,
  coachedAgeGroups,
  examinationGaps,
  type CoachRecord,
} from '../src/certification.ts'
import { gapsOf, type Level } from '../src/level.ts'
import { ladderOf } from './ladder.ts'

const head = ladderOf([
  {},
  {
    theory_hours: 70,
    practice_hours: 110,
    teaching_hours: 50,
    required_xp: 35_000,
    required_sessions: 18,
    min_age: 16,
    exam_pass_percent: 70,
  },
])[1] as Level

const coach: CoachRecord = {
  theory_hours: 70,
  practice_hours: 110,
  teaching_hours: 50,
  total_xp: 35_000,
  sessions: 18,
  date_of_birth: '2000-05-20',
}
const rules = {
  requireXp: true,
  requireSessions: true,
  requireHours: true,
  requireTeachingHours: true,
}
const today = '2026-05-19'

const gaps = (record: Partial<CoachRecord>, changed: Partial<typeof rules> = {}): string[] =>
  gapsOf(
    certificationRequirements(head, { ...coach, ...record }, today, { ...rules, ...changed }),
  ).map((gap) => gap.requirement)

test('hours count as sums', () => {
  expect(gaps({})).toEqual([])
  expect(gaps({ theory_hours: 69, practice_hours: 40 })).toEqual(['theory_hours', 'practice_hours'])
  expect(gaps({ teaching_hours: 0 })).toEqual(['teaching_hours'])
})

test('XP and sessions count', () => {
  expect(gaps({ total_xp: 34_999 })).toEqual(['total_xp'])
  expect(gaps({ sessions: 17 })).toEqual(['sessions'])
})

test('a switch decides whether XP, hours and sessions count', () => {
  expect(gaps({ theory_hours: 0, practice_hours: 0 }, { requireHours: false })).toEqual([])
  expect(gaps({ total_xp: 0 }, { requireXp: false })).toEqual([])
  expect(gaps({ sessions: 0 }, { requireSessions: false })).toEqual([])
})

test('age counts to the day, and an unknown age is never enough', () => {
  expect(gaps({ date_of_birth: '2010-05-19' })).toEqual([])
  expect(gaps({ date_of_birth: '2010-05-20' })).toEqual(['min_age'])
  expect(gaps({ date_of_birth: null })).toEqual(['min_age'])
})

test('the examination takes its mark and a first aid certificate', () => {
  const missing = (exam_score_percent: number, first_aid_certificate: boolean): string[] =>
    examinationGaps(head, { exam_score_percent, first_aid_certificate }).map(
      (gap) => gap.requirement,
    )
  expect(missing(70, true)).toEqual([])
  expect(missing(69.5, false)).toEqual(['exam_score_percent', 'first_aid_certificate'])
})

test('higher levels coach more age groups', () => {
  expect(coachedAgeGroups(1)).toEqual(['PRE'])
  expect(coachedAgeGroups(4)).toEqual(['PRE', 'YOUTH'])
  expect(coachedAgeGroups(8)).toEqual(['PRE', 'YOUTH', 'AMATEUR', 'PRO'])
})
