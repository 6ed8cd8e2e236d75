import { nextLevel, reachedLevel, type Experience, type Ladder, type Level } from './level.ts'

/** What has been done on a progress ladder. */
export interface Progress {
  readonly current_level: number
  readonly total_xp: number
  readonly completed_sessions: number
  readonly completed_projects: number
  readonly theory_hours_completed: number
  readonly practice_hours_completed: number
}

/** What is added to progress. */
export interface Gain {
  readonly xp_gained: number
  readonly sessions_completed: number
  readonly projects_completed: number
  readonly theory_hours: number
  readonly practice_hours: number
}

/** The gates that an operator may open. */
export interface ProgressRules {
  /** Whether levels take the hours that stand in their ladder. */
  readonly requireHours: boolean
}

/** The level reached now; it never falls, also where a level was given by an admin. */
export function levelOf(ladder: Ladder, progress: Progress, rules: ProgressRules): number {
  const hours = rules.requireHours
    ? {
        theoryHours: progress.theory_hours_completed,
        practiceHours: progress.practice_hours_completed,
      }
    : {}
  const experience: Experience = {
    xp: progress.total_xp,
    sessions: progress.completed_sessions,
    projects: progress.completed_projects,
    ...hours,
  }
  return Math.max(progress.current_level, reachedLevel(ladder, experience))
}

/** Progress with something added, at the level that follows. */
export function advanced(
  ladder: Ladder,
  progress: Progress,
  gain: Gain,
  rules: ProgressRules,
): Progress {
  const sum: Progress = {
    current_level: progress.current_level,
    total_xp: progress.total_xp + gain.xp_gained,
    completed_sessions: progress.completed_sessions + gain.sessions_completed,
    completed_projects: progress.completed_projects + gain.projects_completed,
    theory_hours_completed: progress.theory_hours_completed + gain.theory_hours,
    practice_hours_completed: progress.practice_hours_completed + gain.practice_hours,
  }
  return { ...sum, current_level: levelOf(ladder, sum, rules) }
}

/**
 * Progress put at a level by somebody's decision: it has at least what the level takes, so that a
 * level always stands on its experience.
 */
export function placedAt(ladder: Ladder, progress: Progress, level: number): Progress {
  const takes = requirementsOf(ladder, level)
  return {
    current_level: level,
    total_xp: Math.max(progress.total_xp, takes?.required_xp ?? 0),
    completed_sessions: Math.max(progress.completed_sessions, takes?.required_sessions ?? 0),
    completed_projects: Math.max(progress.completed_projects, takes?.required_projects ?? 0),
    theory_hours_completed: Math.max(progress.theory_hours_completed, takes?.theory_hours ?? 0),
    practice_hours_completed: Math.max(
      progress.practice_hours_completed,
      takes?.practice_hours ?? 0,
    ),
  }
}

/** What holding a level takes; the first one takes nothing, whatever its row says. */
export function requirementsOf(ladder: Ladder, level: number): Level | undefined {
  return level <= 1 ? undefined : nextLevel(ladder, level - 1)
}

/** How far it is to the next level. */
export interface Distance {
  readonly next_level: Level | null
  readonly max_level: number
  readonly is_max_level: boolean
  readonly can_level_up: boolean
  readonly progress_percent: number
  readonly xp_percent: number
  readonly sessions_percent: number
  readonly xp_needed: number
  readonly sessions_needed: number
  readonly projects_needed: number
  readonly theory_hours_needed: number
  readonly practice_hours_needed: number
}

/**
 * The gaps to the next level, and the shares of the way from this level to it, in percent with one
 * decimal, rounded down: 100 means that nothing is missing. At the top all shares are 100.
 */
export function distanceOf(ladder: Ladder, progress: Progress, rules: ProgressRules): Distance {
  const { current_level: current } = progress
  const next = nextLevel(ladder, current) ?? null
  const from = requirementsOf(ladder, current)
  const xpPercent = percentOf(progress.total_xp, from?.required_xp, next?.required_xp)
  const sessionsPercent = percentOf(
    progress.completed_sessions,
    from?.required_sessions,
    next?.required_sessions,
  )
  const gated = rules.requireHours ? next : null
  const gaps = {
    xp_needed: missing(next?.required_xp, progress.total_xp),
    sessions_needed: missing(next?.required_sessions, progress.completed_sessions),
    projects_needed: missing(next?.required_projects, progress.completed_projects),
    theory_hours_needed: missing(gated?.theory_hours, progress.theory_hours_completed),
    practice_hours_needed: missing(gated?.practice_hours, progress.practice_hours_completed),
  }
  return {
    next_level: next,
    max_level: Math.max(1, ...ladder.map((row) => row.level)),
    is_max_level: next === null,
    can_level_up: next !== null && Object.values(gaps).every((gap) => gap === 0),
    progress_percent: Math.min(xpPercent, sessionsPercent),
    xp_percent: xpPercent,
    sessions_percent: sessionsPercent,
    ...gaps,
  }
}

function missing(needed: number | undefined, actual: number): number {
  return Math.max(0, (needed ?? 0) - actual)
}

function percentOf(actual: number, from = 0, to: number | undefined): number {
  if (to === undefined || to <= from) return 100
  const share = Math.floor(((actual - from) / (to - from)) * 1_000) / 10
  return Math.min(100, Math.max(0, share))
}
