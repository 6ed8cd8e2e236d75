import { statement } from 'service-kit'

/** That a holder was told how many days were left. */
export interface Notice {
  readonly days_before: number
  readonly noticed_at: Date
}

/** The notices about the licence's present expiry, earliest first. */
export const readNotices = statement<Notice, [licenseId: number, expiresAt: Date]>(
  'notice-of-license',
  `select days_before, noticed_at from expiry_notices
   where license_id = $1 and expires_at = $2 order by noticed_at`,
)

function dueIn(table: string): string {
  return `select l.id, l.expires_at, min(d) as days
     from unnest($2::integer[]) d
     join ${table} l on l.is_active
       and l.expires_at > $1 and l.expires_at <= $1 + make_interval(days => d)
     group by l.id, l.expires_at`
}

/**
 * Writes the notice that each licence is due for: of the given numbers of days the smallest that
 * still covers what is left. Each is written once for one expiry.
 */
export const writeNotices = statement<
  { license_id: number; days_before: number },
  [now: Date, days: readonly number[]]
>(
  'notice-write',
  `insert into expiry_notices
     (internship_license_id, coach_license_id, expires_at, days_before, noticed_at)
   select internship_id, coach_id, expires_at, days, $1
   from (
     select id as internship_id, null::bigint as coach_id, id as license_id, expires_at, days
     from (${dueIn('internship_licenses')}) internships
     union all
     select null, id, id, expires_at, days from (${dueIn('coach_licenses')}) coaches
   ) due
   where not exists (
     select from expiry_notices n
     where n.license_id = due.license_id
       and n.expires_at = due.expires_at and n.days_before = due.days
   )
   on conflict (license_id, expires_at, days_before) do nothing
   returning license_id, days_before`,
)
