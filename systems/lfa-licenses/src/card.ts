import { nextLevel, type Ladder, type Level, type Requirement } from './level.ts'
import type { LicenseCard } from './schema/card.ts'
import type { PlayerRow } from './schema/license.ts'
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
  requirementsOf: (next: Level) => readonly Requirement[],
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
          requirements: requirementsOf(next)
            .filter(([, needed]) => needed > 0)
            .map(([requirement, needed, actual]) => ({ requirement, needed, actual })),
        }
      : null,
  }
}
