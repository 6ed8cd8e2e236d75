import type { Sql } from 'etalon'

/** Ids under which rows of a user, or of one licence, are found. */
export interface TreeIds {
  /** 0 where only licences are looked for. */
  readonly userId: number
  readonly licenseIds: readonly number[]
  readonly enrollmentIds: readonly number[]
}

const byUser = [
  ['users', 'id'],
  ['user_licenses', 'user_id'],
] as const

const byLicense = [
  ['lfa_player_licenses', 'id'],
  ['gancuju_licenses', 'id'],
  ['internship_licenses', 'id'],
  ['coach_licenses', 'id'],
  ['lfa_player_enrollments', 'license_id'],
  ['gancuju_enrollments', 'license_id'],
  ['internship_enrollments', 'license_id'],
  ['coach_assignments', 'license_id'],
  ['lfa_player_credit_transactions', 'license_id'],
  ['internship_credit_transactions', 'license_id'],
  ['xp_transactions', 'license_id'],
  ['license_progressions', 'license_id'],
  ['promotion_approvals', 'gancuju_license_id'],
  ['skill_assessments', 'license_id'],
  ['certificates', 'license_id'],
  ['expiry_notices', 'license_id'],
] as const

const byEnrollment = [
  ['lfa_player_attendance', 'enrollment_id'],
  ['gancuju_attendance', 'enrollment_id'],
  ['internship_attendance', 'enrollment_id'],
  ['coach_attendance', 'enrollment_id'],
] as const

/** How many tables hold something of a user. */
export const treeTables = byUser.length + byLicense.length + byEnrollment.length

const counts = [
  ...byUser.map(([table, column]) => countOf(table, `${column} = $1`)),
  ...byLicense.map(([table, column]) => countOf(table, `${column} = any($2)`)),
  ...byEnrollment.map(([table, column]) => countOf(table, `${column} = any($3)`)),
].join(' union all ')

/** The tables that hold rows under these ids, each with how many. */
export async function rowsUnder(sql: Sql, ids: TreeIds): Promise<Readonly<Record<string, number>>> {
  const { userId, licenseIds, enrollmentIds } = ids
  const rows = await sql.rows<{ name: string; found: number }>(
    `select name, found from (${counts}) counted where found > 0`,
    [userId, licenseIds, enrollmentIds],
  )
  return Object.fromEntries(rows.map(({ name, found }) => [name, found]))
}

function countOf(table: string, where: string): string {
  return `select '${table}' as name, count(*) as found from ${table} where ${where}`
}
