import type { Random, Sql } from 'etalon'

/** A row of the older table, one for every licence of any specialization. */
export interface OlderLicense {
  readonly id: number
  readonly user_id: number
  readonly specialization_type: OlderSpecialization
  readonly current_level: number
  readonly max_achieved_level: number
  readonly started_at: Date
  readonly last_advanced_at: Date | null
  readonly expires_at: Date | null
  readonly is_active: boolean
}

const olderSpecializations = ['PLAYER', 'GANCUJU', 'LFA_PLAYER', 'INTERNSHIP', 'COACH'] as const

type OlderSpecialization = (typeof olderSpecializations)[number]

/** Puts rows of many users into the older table, each user with one to five of them. */
export async function plantOlderLicenses(sql: Sql, random: Random, users: number): Promise<void> {
  const births = Array.from({ length: users }, () =>
    random.integer(0, 9) === 0 ? null : `${random.integer(1995, 2015)}-0${random.integer(6, 7)}-01`,
  )
  const people = await sql.rows<{ id: number }>(
    `insert into users (email, name, role, password_hash, date_of_birth)
     select 'older-' || at || '@lfa.example', 'Older ' || at, 'STUDENT', 'none', birth
     from unnest($1::date[]) with ordinality as given (birth, at) returning id`,
    [births],
  )
  const rows = people.flatMap(({ id }) =>
    random
      .shuffle(olderSpecializations)
      .slice(0, random.integer(1, olderSpecializations.length))
      .map((name) => drawnRow(id, name, random)),
  )
  await plantRows(sql, rows)
}

/** Puts rows into the older table; `id` is given by it. */
export async function plantRows(
  sql: Sql,
  rows: readonly Omit<OlderLicense, 'id'>[],
): Promise<void> {
  await sql.run(
    `insert into user_licenses
       (user_id, specialization_type, current_level, max_achieved_level, started_at,
        last_advanced_at, expires_at, is_active)
     select user_id, specialization_type, current_level, max_achieved_level, started_at,
       last_advanced_at, expires_at, is_active
     from jsonb_to_recordset($1) as given
       (user_id bigint, specialization_type text, current_level smallint,
        max_achieved_level smallint, started_at timestamptz, last_advanced_at timestamptz,
        expires_at timestamptz, is_active boolean)`,
    [JSON.stringify(rows)],
  )
}

/** The older table as it is. */
export function readOlderLicenses(sql: Sql): Promise<OlderLicense[]> {
  return sql.rows(
    `select id, user_id, specialization_type, current_level, max_achieved_level, started_at,
       last_advanced_at, expires_at, is_active
     from user_licenses order by id`,
  )
}

function drawnRow(
  user_id: number,
  specialization_type: OlderSpecialization,
  random: Random,
): Omit<OlderLicense, 'id'> {
  const current_level = random.integer(1, 8)
  const startedMs = Date.UTC(2024, random.integer(0, 20), random.integer(1, 31), 12)
  const later = (days: number): Date => new Date(startedMs + days * 86_400_000)
  const oneIn = (count: number): boolean => random.integer(1, count) === 1
  return {
    user_id,
    specialization_type,
    current_level,
    max_achieved_level: random.integer(current_level, 8),
    started_at: new Date(startedMs),
    last_advanced_at: oneIn(2) ? later(30) : null,
    expires_at: oneIn(2) ? later(random.integer(100, 3_000)) : null,
    is_active: !oneIn(5),
  }
}
