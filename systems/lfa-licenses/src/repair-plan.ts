import type { RepairAction } from './integrity.ts'
import type { Ladder } from './level.ts'
import { requirementsOf } from './progress.ts'

/** Which side is believed where both have a row and the levels differ. */
export const directions = ['progress_to_license', 'license_to_progress', 'recommended'] as const

export type Direction = (typeof directions)[number]

/** What is there of one pair. */
export interface PairState {
  readonly progress: { readonly current_level: number; readonly total_xp: number } | undefined
  readonly license:
    | {
        readonly current_level: number
        readonly max_achieved_level: number
        readonly is_active: boolean
        readonly expires_at: Date | null
      }
    | undefined
}

/** What mends a pair, in order, and the level that both sides have then. */
export interface RepairPlan {
  readonly level: number | null
  readonly actions: readonly RepairAction[]
}

/**
 * What to do so that both sides agree. Progress is believed unless another direction is asked for;
 * a side that is missing is made from the other in every direction. A level stands: where XP is
 * below what it takes, XP is raised.
 */
export function planRepair(
  ladder: Ladder,
  { progress, license }: PairState,
  direction: Direction,
  now: Date,
): RepairPlan {
  const actions: RepairAction[] = []
  const level = agreedLevel(progress?.current_level, license?.current_level, direction)
  if (level === undefined) return { level: null, actions }
  if (license === undefined) actions.push('create_license_from_progress')
  else if (license.current_level !== level) actions.push('sync_progress_to_license')
  if (progress === undefined) {
    actions.push('create_progress_from_license')
  } else {
    if (progress.current_level !== level) actions.push('sync_license_to_progress')
    const takesXp = requirementsOf(ladder, level)?.required_xp ?? 0
    // Raising progress to the licence's level brings the XP along.
    const isRaised = progress.current_level < level
    if (progress.total_xp < takesXp && !isRaised) actions.push('raise_xp_to_level')
  }
  if (license !== undefined) {
    // Raising the licence raises its maximum too.
    const reached = license.current_level < level ? 0 : level
    if (license.max_achieved_level < reached) actions.push('raise_max_level')
    const { is_active, expires_at } = license
    if (is_active && expires_at !== null && expires_at <= now) actions.push('deactivate_license')
  }
  return { level, actions }
}

function agreedLevel(
  progress: number | undefined,
  license: number | undefined,
  direction: Direction,
): number | undefined {
  if (progress === undefined || license === undefined) return progress ?? license
  if (direction === 'recommended') return Math.max(progress, license)
  return direction === 'progress_to_license' ? progress : license
}
