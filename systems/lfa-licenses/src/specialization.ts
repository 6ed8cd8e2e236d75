/** The four specializations that licences are issued for. */
export const specializations = ['LFA_PLAYER', 'GANCUJU', 'INTERNSHIP', 'COACH'] as const

export type Specialization = (typeof specializations)[number]

/** The specializations that have credits of their own. */
export type CreditSpecialization = 'LFA_PLAYER' | 'INTERNSHIP'

/** The specializations whose semesters are enrolled in and paid for. */
export type EnrolledSpecialization = 'LFA_PLAYER' | 'GANCUJU' | 'INTERNSHIP'

interface SpecializationNames {
  /** First part of its paths. */
  readonly path: string
  /** First part of its tables' names. */
  readonly prefix: string
  /** Where its licences meet semesters. */
  readonly enrollmentTable: string
}

const paid = (path: string, prefix: string): SpecializationNames => ({
  path,
  prefix,
  enrollmentTable: `${prefix}_enrollments`,
})

/** How each specialization is called in paths and tables; constants, so safe inside SQL text. */
export const namesOf: Readonly<Record<Specialization, SpecializationNames>> = {
  LFA_PLAYER: paid('lfa-player', 'lfa_player'),
  GANCUJU: paid('gancuju', 'gancuju'),
  INTERNSHIP: paid('internship', 'internship'),
  COACH: { path: 'coach', prefix: 'coach', enrollmentTable: 'coach_assignments' },
}
