import { gapsOf, type Ladder, type Level, type Requirement } from './level.ts'

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
 * What a level takes. The win rate is rounded down, so that it reaches a whole percent only when
 * that was won; `daysInLevel` counts since the last change of
 * level.
 */
export function promotionRequirements(
  level: Level,
  record: GancujuRecord,
  daysInLevel: number,
  rules: PromotionRules,
): Requirement[] {
  const { competitions_entered: entered, competitions_won: won } = record
  const ratePercent = entered === 0 ? 0 : Math.floor((won * 10_000) / entered) / 100
  const sessions = rules.requireSessions ? level.required_sessions : 0
  return [
    ['competitions_entered', level.competitions_entered, entered],
    ['competitions_won', level.competitions_won, won],
    ['win_rate_percent', level.win_rate_percent, ratePercent],
    ['teaching_hours', level.teaching_hours, record.teaching_hours],
    ['sessions_attended', sessions, record.sessions_attended],
    ['days_in_level', rules.requireDaysInLevel ? level.days_in_level : 0, daysInLevel],
  ]
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
    const takes = isNext ? gapsOf(promotionRequirements(row, record, 0, untimed)) : null
    if (takes?.length === 0) level = row.level
  }
  return level
}
