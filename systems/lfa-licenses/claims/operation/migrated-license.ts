import type { Sql } from 'etalon'
import { placeOf, specializations, type Specialization } from '../license.ts'
import { readOlderLicenses, type OlderLicense } from './older-license.ts'

/** What is kept of an older row in the table of its specialization. */
export type MigratedLicense = Readonly<Record<string, unknown>>

/** XP that each level of an internship takes, as the specification lists it. */
const internshipXp = [0, 1_000, 2_500, 4_500, 7_000, 10_000, 13_500, 17_500]

/**
 * Derives from the older rows, by the rules of the document and not by the migration's SQL, what
 * the four tables have to hold of them.
 *
 * @param holders for each specialization, users who had an active licence there before
 */
export async function expectedCopies(
  sql: Sql,
  holders: Readonly<Record<Specialization, ReadonlySet<number>>>,
): Promise<MigratedLicense[]> {
  const rows = await readOlderLicenses(sql)
  const people = await sql.rows<{ id: number; birth: string | null }>(
    'select id, date_of_birth::text as birth from users',
  )
  const births = new Map(people.map(({ id, birth }) => [id, birth]))
  return rows.map((row) => {
    const target = targetOf(row)
    const rivals = rows.filter((one) => one.user_id === row.user_id && targetOf(one) === target)
    const [best] = rivals.toSorted(
      (a, b) =>
        Number(b.is_active) - Number(a.is_active) ||
        b.current_level - a.current_level ||
        a.id - b.id,
    )
    return {
      legacy_license_id: row.id,
      specialization: target,
      user_id: row.user_id,
      is_active: row.is_active && best === row && !holders[target].has(row.user_id),
      created_at: row.started_at.toISOString(),
      ...ownColumns(row, target, births.get(row.user_id) ?? null),
    }
  })
}

/** What the four tables hold of the older rows, in the order of these. */
export async function readCopies(sql: Sql): Promise<MigratedLicense[]> {
  const own = {
    LFA_PLAYER: ['age_group'],
    GANCUJU: ['current_level', 'max_achieved_level', 'last_advanced_at'],
    INTERNSHIP: ['current_level', 'max_achieved_level', 'total_xp', 'expires_at'],
    COACH: ['current_level', 'max_achieved_level', 'last_advanced_at', 'expires_at'],
  } as const
  const found = await Promise.all(
    specializations.map((name) =>
      sql.rows<MigratedLicense & { readonly legacy_license_id: number }>(
        `select legacy_license_id, '${name}' as specialization, user_id, is_active, created_at,
           ${own[name].join(', ')}
         from ${placeOf[name].licenses} where legacy_license_id is not null`,
      ),
    ),
  )
  return found
    .flat()
    .toSorted((a, b) => a.legacy_license_id - b.legacy_license_id)
    .map((row) => Object.fromEntries(Object.entries(row).map(([name, at]) => [name, shown(at)])))
}

/** Licences that are of no older row. */
export async function countOthers(sql: Sql): Promise<number[]> {
  return Promise.all(
    specializations.map((name) =>
      sql.value<number>(
        `select count(*) from ${placeOf[name].licenses} where legacy_license_id is null`,
      ),
    ),
  )
}

/** The older name of the GānCuju belts is PLAYER. */
function targetOf({ specialization_type: older }: OlderLicense): Specialization {
  return older === 'PLAYER' ? 'GANCUJU' : older
}

function ownColumns(
  row: OlderLicense,
  target: Specialization,
  birth: string | null,
): MigratedLicense {
  const { current_level, max_achieved_level, started_at, last_advanced_at } = row
  const levels = { current_level, max_achieved_level }
  const expiry = (months: number): string =>
    (row.expires_at ?? monthsLater(started_at, months)).toISOString()
  switch (target) {
    case 'LFA_PLAYER':
      return { age_group: ageGroupAt(started_at, birth) }
    case 'GANCUJU':
      return { ...levels, last_advanced_at: shown(last_advanced_at) }
    case 'INTERNSHIP':
      return { ...levels, total_xp: internshipXp[current_level - 1], expires_at: expiry(15) }
    case 'COACH':
      return { ...levels, last_advanced_at: shown(last_advanced_at), expires_at: expiry(24) }
  }
}

/** The same day so many months later, or the last of a month that is too short. */
function monthsLater(from: Date, months: number): Date {
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + months]
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  const day = Math.min(from.getUTCDate(), lastDay)
  return new Date(Date.UTC(year, month, day, from.getUTCHours()))
}

/** The group of the age on the 1 July before; without a day of birth the one without bounds. */
function ageGroupAt(at: Date, birth: string | null): string {
  if (birth === null) return 'AMATEUR'
  const season = at.getUTCFullYear() - (at.getUTCMonth() < 6 ? 1 : 0)
  const age = season - Number(birth.slice(0, 4)) - (birth.slice(5) > '07-01' ? 1 : 0)
  if (age < 14) return 'PRE'
  return age < 19 ? 'YOUTH' : 'AMATEUR'
}

function shown(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value
}
