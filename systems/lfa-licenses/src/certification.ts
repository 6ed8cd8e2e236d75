import { ageInYears } from './age-group.ts'
import { gapsOf, type Gap, type Level } from './level.ts'

/** What a coach can show at an examination. */
export interface CoachRecord {
  readonly theory_hours: number
  readonly practice_hours: number
  readonly teaching_hours: number
  /** Sessions at which the coach was present. */
  readonly sessions: number
  readonly date_of_birth: string | null
}

/** What the examiner reports. */
export interface Examination {
  readonly exam_score_percent: number
  readonly first_aid_certificate: boolean
}

/** Which requirements count. */
export interface CertificationRules {
  /** Theory and practice hours, as sums over all levels up to the one asked for. */
  readonly requireHours: boolean
  readonly requireTeachingHours: boolean
  readonly requireSessions: boolean
}

/** What is missing for a level on a day (`YYYY-MM-DD`). An unknown age is never old enough. */
export function certificationGaps(
  level: Level,
  record: CoachRecord,
  on: string,
  rules: CertificationRules,
): Gap[] {
  const gaps = gapsOf([
    ['theory_hours', rules.requireHours ? level.theory_hours : 0, record.theory_hours],
    ['practice_hours', rules.requireHours ? level.practice_hours : 0, record.practice_hours],
    [
      'teaching_hours',
      rules.requireTeachingHours ? level.teaching_hours : 0,
      record.teaching_hours,
    ],
    ['sessions', rules.requireSessions ? level.required_sessions : 0, record.sessions],
  ])
  const age = record.date_of_birth === null ? null : ageInYears(record.date_of_birth, on)
  if (age === null || age < level.min_age) {
    gaps.push({ requirement: 'min_age', needed: level.min_age, actual: age })
  }
  return gaps
}

/** What is missing in the examination for a level. */
export function examinationGaps(level: Level, examination: Examination): Gap[] {
  const gaps = gapsOf([
    ['exam_score_percent', level.exam_pass_percent, examination.exam_score_percent],
  ])
  if (!examination.first_aid_certificate) {
    gaps.push({ requirement: 'first_aid_certificate', needed: 'valid', actual: 'missing' })
  }
  return gaps
}

const coachedFrom = { PRE: 1, YOUTH: 3, AMATEUR: 5, PRO: 7 } as const

/** The age groups that a coach of this level may coach. */
export function coachedAgeGroups(level: number): string[] {
  return Object.entries(coachedFrom)
    .filter(([, from]) => level >= from)
    .map(([group]) => group)
}
