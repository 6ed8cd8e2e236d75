/**
 * The specializations whose progress is coupled with the older `user_licenses`, by their older
 * names. PLAYER is the name of the belts there.
 */
export const coupledSpecializations = ['PLAYER', 'COACH', 'INTERNSHIP'] as const

export type CoupledSpecialization = (typeof coupledSpecializations)[number]

/** The ladder that progress climbs, by XP and sessions. */
export type ProgressLadder = `${CoupledSpecialization}_PROGRESS`

/** The specialization of that name, if progress is kept for it. */
export function coupledSpecialization(name: string): CoupledSpecialization | undefined {
  return coupledSpecializations.find((known) => known === name)
}
