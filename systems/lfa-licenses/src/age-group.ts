/** The age groups of players, youngest first. */
export const ageGroups = ['PRE', 'YOUTH', 'AMATEUR', 'PRO'] as const

export type AgeGroup = (typeof ageGroups)[number]

/** The ages, in years and both included, at which a player may be in a group. */
export interface AgeBand {
  readonly min: number
  /** Absent where there is no upper bound. */
  readonly max?: number
}

export type AgeBands = Readonly<Record<AgeGroup, AgeBand>>

/** A season starts on 1 July. */
const seasonStartMonth = 6

/** The day, `YYYY-MM-DD`, on which the season of this moment started. */
export function seasonStart(now: Date): string {
  const year = now.getUTCFullYear() - (now.getUTCMonth() < seasonStartMonth ? 1 : 0)
  return `${year}-07-01`
}

/** Whole years from a day of birth to a day; both `YYYY-MM-DD`. */
export function ageInYears(birth: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4))
  return on.slice(5) < birth.slice(5) ? years - 1 : years
}

/** Whether an age fits a group's band. */
export function isInBand(band: AgeBand, age: number): boolean {
  return age >= band.min && age <= (band.max ?? Infinity)
}

/**
 * The youngest group that an age fits, by the age at the start of the season, so that a birthday
 * during the season changes nothing. `undefined` when the player is too young for any.
 */
export function ageGroupAt(bands: AgeBands, birth: string, now: Date): AgeGroup | undefined {
  const age = ageInYears(birth, seasonStart(now))
  return ageGroups.find((group) => isInBand(bands[group], age))
}
