/** One row of a ladder: what reaching this level takes. */
export interface Level {
  readonly level: number
  readonly name: string
  readonly color: string | null
  readonly required_xp: number
  readonly required_sessions: number
  readonly required_projects: number
  readonly competitions_entered: number
  readonly competitions_won: number
  readonly win_rate_percent: number
  readonly theory_hours: number
  readonly practice_hours: number
  readonly teaching_hours: number
  readonly days_in_level: number
  readonly min_age: number
  readonly exam_pass_percent: number
  readonly approver_role: 'INSTRUCTOR' | 'ADMIN'
  readonly approvals: number
}

/** The levels of one version of a ladder, lowest first. */
export type Ladder = readonly Level[]

/** What a ladder by experience looks at; what is left out is not looked at. */
export interface Experience {
  readonly xp: number
  readonly sessions: number
  readonly projects?: number
  readonly theoryHours?: number
  readonly practiceHours?: number
}

/** Something that a level takes: its name, how much of it, and how much there is; null: unknown. */
export type Requirement = readonly [requirement: string, needed: number, actual: number | null]

/** Something that a level takes and that is not there yet. */
export interface Gap {
  readonly requirement: string
  readonly needed: number | string
  readonly actual: number | string | null
}

/**
 * The highest level of which all that it takes is reached; one step may pass several levels, and
 * XP without sessions reaches none. Level 1 is where everyone starts.
 */
export function reachedLevel(ladder: Ladder, experience: Experience): number {
  const { xp, sessions, projects, theoryHours, practiceHours } = experience
  const reached = ladder.filter(
    (row) =>
      xp >= row.required_xp &&
      sessions >= row.required_sessions &&
      (projects ?? Infinity) >= row.required_projects &&
      (theoryHours ?? Infinity) >= row.theory_hours &&
      (practiceHours ?? Infinity) >= row.practice_hours,
  )
  return Math.max(1, ...reached.map((row) => row.level))
}

/** The row above a level, if there is one. */
export function nextLevel(ladder: Ladder, current: number): Level | undefined {
  return ladder.find((row) => row.level === current + 1)
}

/** A level above, as its holder is told of it: with what it takes and is not there yet. */
export function stepTo(
  { level, name }: Level,
  requirements: readonly Requirement[],
): { readonly level: number; readonly name: string; readonly gaps: Gap[] } {
  return { level, name, gaps: gapsOf(requirements) }
}

/** The gaps among requirements; what is unknown is never enough. */
export function gapsOf(requirements: readonly Requirement[]): Gap[] {
  return requirements
    .filter(([, needed, actual]) => actual === null || actual < needed)
    .map(([requirement, needed, actual]) => ({ requirement, needed, actual }))
}
