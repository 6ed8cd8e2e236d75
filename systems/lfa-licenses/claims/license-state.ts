import type { Sql } from 'etalon'
import { placeOf, specializations, type Specialization } from './license.ts'

/** Everything that is known of a user's licences, by specialization: rows, ledgers and marks. */
export type LicenseState = ReadonlyMap<Specialization, string>

const ledgersOf: Readonly<Record<Specialization, readonly string[]>> = {
  LFA_PLAYER: ['lfa_player_credit_transactions', 'skill_assessments'],
  GANCUJU: [],
  INTERNSHIP: ['internship_credit_transactions'],
  COACH: [],
}

/**
 * Reads the whole state of a user's licences straight from the tables, without the views and
 * statements of the service. Two states of a licence that nothing touched are equal as texts.
 */
export async function licenseState(sql: Sql, userId: number): Promise<LicenseState> {
  const rows = await sql.rows<{ specialization: Specialization; state: string }>(stateQuery, [
    userId,
  ])
  return new Map(rows.map(({ specialization, state }) => [specialization, state]))
}

/** The specializations in which two states differ. */
export function changedBetween(before: LicenseState, after: LicenseState): Specialization[] {
  return specializations.filter((name) => before.get(name) !== after.get(name))
}

const stateQuery = specializations
  .map((name) => {
    const { licenses, enrollments, attendance } = placeOf[name]
    const own = ['license_progressions', 'xp_transactions', ...ledgersOf[name], enrollments]
    const hung = own.map((table) => rowsText(table, 'x.license_id = l.id'))
    const marks = rowsText(
      attendance,
      `x.enrollment_id in (select id from ${enrollments} where license_id = l.id)`,
    )
    return `select '${name}' as specialization,
      concat_ws(E'\\n', to_jsonb(l)::text, ${[...hung, marks].join(', ')}) as state
      from ${licenses} l where l.user_id = $1`
  })
  .join(' union all ')

function rowsText(table: string, where: string): string {
  return `(select jsonb_agg(x order by x.id)::text from ${table} x where ${where})`
}
