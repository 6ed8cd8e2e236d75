import type { Ladder, Level } from '../src/level.ts'

const nothing: Omit<Level, 'level' | 'name'> = {
  color: null,
  required_xp: 0,
  required_sessions: 0,
  required_projects: 0,
  competitions_entered: 0,
  competitions_won: 0,
  win_rate_percent: 0,
  theory_hours: 0,
  practice_hours: 0,
  teaching_hours: 0,
  days_in_level: 0,
  min_age: 0,
  exam_pass_percent: 0,
  approver_role: 'INSTRUCTOR',
  approvals: 1,
}

/** A ladder whose rows ask for what is given and for nothing else. */
export function ladderOf(rows: readonly Partial<Level>[]): Ladder {
  return rows.map((row, at) => ({ ...nothing, level: at + 1, name: `Level ${at + 1}`, ...row }))
}

/** The progress ladder of players. */
export const playerProgress = ladderOf(
  [
    [0, 0],
    [25_000, 12],
    [45_000, 15],
    [70_000, 18],
    [100_000, 20],
    [140_000, 22],
    [190_000, 25],
    [250_000, 30],
  ].map(([required_xp = 0, required_sessions = 0]) => ({ required_xp, required_sessions })),
)

/** The ladder of internship licences. */
export const internship = ladderOf(
  [0, 1_000, 2_500, 4_500, 7_000, 10_000, 13_500, 17_500].map((required_xp) => ({ required_xp })),
)

/** The ladder of GānCuju licences. */
export const gancuju = ladderOf(
  [
    [0, 0, 0, 0, 0, 0],
    [5, 1, 1, 0, 0, 30],
    [15, 2, 1, 0, 0, 60],
    [30, 3, 2, 0, 0, 90],
    [50, 4, 3, 50, 20, 120],
    [75, 8, 5, 50, 60, 180],
    [100, 14, 9, 55, 120, 270],
    [150, 22, 15, 60, 200, 365],
  ].map(([sessions = 0, entered = 0, won = 0, rate = 0, hours = 0, days = 0]) => ({
    required_sessions: sessions,
    competitions_entered: entered,
    competitions_won: won,
    win_rate_percent: rate,
    teaching_hours: hours,
    days_in_level: days,
  })),
)
