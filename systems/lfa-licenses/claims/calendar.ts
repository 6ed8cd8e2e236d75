import type { Sql } from 'etalon'

/**
 * The same day so many calendar months later, as PostgreSQL counts them: an opinion that does not
 * come from the service.
 */
export async function monthsAfter(
  sql: Sql,
  from: Date | string | number,
  months: number,
): Promise<string> {
  const later = await sql.value<Date>(
    `select ($1::timestamptz at time zone 'utc' + make_interval(months => $2)) at time zone 'utc'`,
    [new Date(from), months],
  )
  return later.toISOString()
}
