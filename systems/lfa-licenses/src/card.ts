import { nextLevel, type Ladder, type Level } from './level.ts'
import type { LevelRequirement, LicenseCard } from './schema/card.ts'
import type { CoachRow, GancujuRow, InternshipRow, PlayerRow } from './schema/license.ts'
import type { Specialization } from './specialization.ts'
import { nameOf } from './view.ts'

/** The card of a specialization that its viewer has no licence of. */
export function lockedCard(specialization: Specialization): LicenseCard {
  return {
    specialization_type: specialization,
    license_id: null,
    is_active: false,
    status: null,
    expires_at: null,
    days_remaining: null,
    renewal_cost_credits: null,
    level: null,
    max_achieved_level: null,
    next_level: null,
    credit_balance: null,
    pending_credits: null,
    age_group: null,
    overall_avg: null,
    skills: null,
    programme_status: null,
  }
}

type Skills = NonNullable<LicenseCard['skills']>

export function skillsOf(row: PlayerRow): Skills {
  const { heading_avg, shooting_avg, crossing_avg, passing_avg, dribbling_avg, ball_control_avg } =
    row
  return { heading_avg, shooting_avg, crossing_avg, passing_avg, dribbling_avg, ball_control_avg }
}

type Leveled = Pick<LicenseCard, 'level' | 'max_achieved_level' | 'next_level'>

/** The level a licence has, the next one, and what that takes. */
export function levelsOf(
  ladder: Ladder,
  row: { readonly current_level: number; readonly max_achieved_level: number },
  requirementsOf: (next: Level) => LevelRequirement[],
): Leveled {
  const { current_level: current, max_achieved_level } = row
  const held = nextLevel(ladder, current - 1)
  const next = nextLevel(ladder, current)
  return {
    level: { level: current, name: nameOf(ladder, current), color: held?.color ?? null },
    max_achieved_level,
    next_level: next
      ? {
          level: next.level,
          name: next.name,
          color: next.color,
          requirements: requirementsOf(next).filter(({ needed }) => needed > 0),
        }
      : null,
  }
}

const takes = (requirement: string, needed: number, actual: number): LevelRequirement => ({
  requirement,
  needed,
  actual,
})

export function gancujuRequirements(next: Level, row: GancujuRow): LevelRequirement[] {
  return [
    takes('competitions_entered', next.competitions_entered, row.competitions_entered),
    takes('competitions_won', next.competitions_won, row.competitions_won),
    takes('win_rate_percent', next.win_rate_percent, row.win_rate),
    takes('teaching_hours', next.teaching_hours, row.teaching_hours),
  ]
}

export function internshipRequirements(next: Level, row: InternshipRow): LevelRequirement[] {
  return [takes('total_xp', next.required_xp, row.total_xp)]
}

export function coachRequirements(next: Level, row: CoachRow): LevelRequirement[] {
  return [
    takes('theory_hours', next.theory_hours, row.theory_hours),
    takes('practice_hours', next.practice_hours, row.practice_hours),
    takes('teaching_hours', next.teaching_hours, row.teaching_hours),
  ]
}
