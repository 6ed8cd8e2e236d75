import { gapsOf, type Gap, type Ladder, type Level } from './level.ts'

/** What a GānCuju licence can show for itself. */
export interface GancujuRecord {
  readonly current_level: number
  readonly sessions_attended: number
  readonly competitions_entered: number
  readonly competitions_won: number
  readonly teaching_hours: number
}

/** Requirements that are off unless they are asked for. */
export interface PromotionRules {
  readonly requireSessions: boolean
  readonly requireDaysInLevel: boolean
}

/**
 * What is missing for a level. The win rate is compared exactly, not by its rounded figure.
 * `daysInLevel` counts since the last change of level.
 */
export function promotionGaps(
  level: Level,
  record: GancujuRecord,
  daysInLevel: number,
  rules: PromotionRules,
): Gap[] {
  const { competitions_entered: entered, competitions_won: won } = record
  const gaps = gapsOf([
    ['competitions_entered', level.competitions_entered, entered],
    ['competitions_won', level.competitions_won, won],
    ['teaching_hours', level.teaching_hours, record.teaching_hours],
    [
      'sessions_attended',
      rules.requireSessions ? level.required_sessions : 0,
      record.sessions_attended,
    ],
    ['days_in_level', rules.requireDaysInLevel ? level.days_in_level : 0, daysInLevel],
  ])
  if (won * 100 < level.win_rate_percent * entered) {
    const actual = Math.floor((won * 10_000) / entered) / 100
    gaps.push({ requirement: 'win_rate_percent', needed: level.win_rate_percent, actual })
  }
  return gaps
}

/**
 * The highest level that the record would carry, found step by step from the current one. Time in
 * level is left out, since it starts anew with every step.
 */
export function eligibleLevel(
  ladder: Ladder,
  record: GancujuRecord,
  rules: PromotionRules,
): number {
  let level = record.current_level
  for (const row of ladder) {
    const isNext = row.level === level + 1
    const untimed = { ...rules, requireDaysInLevel: false }
    if (isNext && promotionGaps(row, record, 0, untimed).length === 0) level = row.level
  }
  return level
}
