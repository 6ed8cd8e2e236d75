import { ageInYears } from './age-group.ts'
import { gapsOf, type Gap, type Level, type Requirement } from './level.ts'

/** What a coach can show at an examination. */
export interface CoachRecord {
  readonly theory_hours: number
  readonly practice_hours: number
  readonly teaching_hours: number
  /** XP and sessions of the coach's progress on the same ladder. */
  readonly total_xp: number
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
  readonly requireXp: boolean
  readonly requireSessions: boolean
  /** Theory and practice hours, as sums over all levels up to the one asked for. */
  readonly requireHours: boolean
  readonly requireTeachingHours: boolean
}

/** What a level takes on a day (`YYYY-MM-DD`), the examination aside. */
export function certificationRequirements(
  level: Level,
  record: CoachRecord,
  on: string,
  rules: CertificationRules,
): Requirement[] {
  const { date_of_birth: birth } = record
  const counted = (isOn: boolean, needed: number): number => (isOn ? needed : 0)
  return [
    ['total_xp', counted(rules.requireXp, level.required_xp), record.total_xp],
    ['sessions', counted(rules.requireSessions, level.required_sessions), record.sessions],
    ['theory_hours', counted(rules.requireHours, level.theory_hours), record.theory_hours],
    ['practice_hours', counted(rules.requireHours, level.practice_hours), record.practice_hours],
    [
      'teaching_hours',
      counted(rules.requireTeachingHours, level.teaching_hours),
      record.teaching_hours,
    ],
    ['min_age', level.min_age, birth === null ? null : ageInYears(birth, on)],
  ]
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
