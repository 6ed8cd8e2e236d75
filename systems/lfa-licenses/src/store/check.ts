import { statement } from 'service-kit'
import type { HealthStatus, ViolationKind } from '../integrity.ts'
import type { Violation } from '../schema/health.ts'

/** A stored check. */
export interface CheckRow {
  readonly check_id: number
  readonly started_at: Date
  readonly duration_ms: number
  readonly pairs_checked: number
  readonly users_checked: number
  readonly consistent: number
  readonly inconsistent: number
  readonly consistency_rate: number
  readonly status: HealthStatus
  readonly previous_status: HealthStatus
  readonly trigger: 'SCHEDULED' | 'MANUAL'
  readonly report_file: string | null
}

const columns = `c.id as check_id, c.started_at, c.duration_ms, c.pairs_checked, c.users_checked,
  c.consistent, c.inconsistent, c.consistency_rate, c.status, c.previous_status, c.trigger,
  c.report_file`

/** The newest checks, newest first. */
export const readChecks = statement<CheckRow, [limit: number]>(
  'check-read',
  `select ${columns} from integrity_checks c order by c.id desc limit $1`,
)

export const insertCheck = statement<
  { id: number },
  [
    startedAt: Date,
    durationMs: number,
    pairs: number,
    users: number,
    consistent: number,
    inconsistent: number,
    rate: number,
    status: string,
    previousStatus: string,
    trigger: string,
    triggeredBy: number | null,
    reportFile: string | null,
  ]
>(
  'check-insert',
  `insert into integrity_checks
     (started_at, duration_ms, pairs_checked, users_checked, consistent, inconsistent,
      consistency_rate, status, previous_status, trigger, triggered_by, report_file)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id`,
)

/** For a report that could not be written. */
export const clearReportFile = statement<never, [checkId: number]>(
  'check-clear-report-file',
  'update integrity_checks set report_file = null where id = $1',
)

/** Stores what a check found, given as an array in JSON. */
export const insertViolations = statement<never, [checkId: number, found: string]>(
  'check-insert-violations',
  `insert into integrity_violations
     (check_id, user_id, specialization, progress_level, license_level, kind, recommended_action,
      details)
   select $1, f.user_id, f.specialization, f.progress_level, f.license_level, f.kind,
     f.recommended_action, f.details
   from jsonb_to_recordset($2::jsonb) as f (
     user_id bigint, specialization text, progress_level smallint, license_level smallint,
     kind text, recommended_action text, details jsonb
   )`,
)

/** Closes what earlier checks found and this one did not. */
export const closeViolations = statement<never, [checkId: number, now: Date]>(
  'check-close-violations',
  `update integrity_violations v set resolved_at = $2
   where v.resolved_at is null and v.check_id < $1 and not exists (
     select from integrity_violations again
     where again.check_id = $1 and again.user_id = v.user_id
       and again.specialization = v.specialization and again.kind = v.kind
   )`,
)

/** Closes what a repair has mended. */
export const closeViolationsOf = statement<
  never,
  [userId: number, specialization: string, remaining: string[], now: Date]
>(
  'check-close-violations-of-pair',
  `update integrity_violations set resolved_at = $4
   where resolved_at is null and user_id = $1 and specialization = $2 and kind <> all ($3)`,
)

export const insertAlert = statement<
  never,
  [checkId: number, from: string, to: string, rate: number, now: Date]
>(
  'check-insert-alert',
  `insert into integrity_alerts (check_id, from_status, to_status, consistency_rate, raised_at)
   values ($1, $2, $3, $4, $5)`,
)

/** Forgets checks with all that they found; gives the files of their reports. */
export const dropChecks = statement<{ report_file: string | null }, [before: Date]>(
  'check-drop',
  `delete from integrity_checks
   where started_at < $1 and id < (select max(id) from integrity_checks) returning report_file`,
)

type Filter = [
  /** Null for the latest check. */
  checkId: number | null,
  userId: number | null,
  specialization: string | null,
  kind: ViolationKind | null,
  resolved: boolean | null,
]

const filter = `v.check_id = coalesce($1, (select max(id) from integrity_checks))
  and ($2::bigint is null or v.user_id = $2) and ($3::text is null or v.specialization = $3)
  and ($4::text is null or v.kind = $4)
  and ($5::boolean is null or (v.resolved_at is not null) = $5)`

/** Violations of one check, in the order in which it found them. */
export const readViolations = statement<Violation, [...Filter, limit: number, offset: number]>(
  'check-read-violations',
  `select v.id, v.check_id, c.started_at as found_at, v.user_id, u.name as user_name,
     v.specialization, v.progress_level, v.license_level, v.kind, v.recommended_action, v.details,
     v.resolved_at
   from integrity_violations v join integrity_checks c on c.id = v.check_id
   left join users u on u.id = v.user_id
   where ${filter} order by v.id limit $6 offset $7`,
)

export const countViolations = statement<{ total: number }, Filter>(
  'check-count-violations',
  `select count(*) as total from integrity_violations v where ${filter}`,
)

/** How many violations of each kind a check found. */
export const countKinds = statement<
  { kind: ViolationKind; specialization: string; total: number; open: number },
  [checkId: number]
>(
  'check-count-kinds',
  `select kind, specialization, count(*) as total,
     count(*) filter (where resolved_at is null) as open
   from integrity_violations where check_id = $1 group by kind, specialization order by 1, 2`,
)

export const checkFigures = statement<
  {
    checks_total: number
    checks_last_day: number
    average_rate_last_day: number | null
    average_duration_ms: number | null
    violations_resolved_last_day: number
    alerts_last_day: number
    users_total: number
  },
  [dayBefore: Date]
>(
  'check-figures',
  `select count(*) as checks_total,
     count(*) filter (where started_at > $1) as checks_last_day,
     round(avg(consistency_rate) filter (where started_at > $1), 2) as average_rate_last_day,
     round(avg(duration_ms), 1) as average_duration_ms,
     (select count(distinct (user_id, specialization, kind)) from integrity_violations
       where resolved_at > $1) as violations_resolved_last_day,
     (select count(*) from integrity_alerts where raised_at > $1) as alerts_last_day,
     (select count(*) from users) as users_total
   from integrity_checks`,
)

export const readAlerts = statement<
  {
    id: number
    check_id: number
    from_status: HealthStatus
    to_status: HealthStatus
    consistency_rate: number
    raised_at: Date
  },
  [limit: number]
>(
  'check-alerts',
  `select id, check_id, from_status, to_status, consistency_rate, raised_at
   from integrity_alerts order by id desc limit $1`,
)

/** When the next scheduled check is due. */
export const nextCheckAt = statement<{ due_at: Date }, [name: string]>(
  'check-next-due',
  'select due_at from job_schedules where name = $1',
)
