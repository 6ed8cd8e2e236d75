import { statement, type Sql } from 'service-kit'
import type { AuditRow, ProgressionRow, XpTransactionRow } from '../schema/record.ts'

/** The changes of a licence's level, oldest first. */
export const readProgressions = statement<ProgressionRow, [licenseId: number]>(
  'record-progressions',
  `select id, $1::bigint as license_id, from_level, to_level, advanced_by, advancement_reason,
     requirements_met, is_override, advanced_at
   from license_progressions
   where gancuju_license_id = $1 or internship_license_id = $1 or coach_license_id = $1
   order by id`,
)

type Window = [licenseId: number, limit: number, offset: number]

/** The XP that a licence was granted, newest first. */
export const readXp = statement<XpTransactionRow, Window>(
  'record-xp',
  `select id, license_id, source, amount, balance_after, granted_by, description, created_at
   from xp_transactions where lfa_player_license_id = $1 or internship_license_id = $1
   order by id desc limit $2 offset $3`,
)

const xpCount = statement<{ total: number }, [licenseId: number]>(
  'record-xp-count',
  `select count(*) as total
   from xp_transactions where lfa_player_license_id = $1 or internship_license_id = $1`,
)

export async function countXp(sql: Sql, licenseId: number): Promise<number> {
  return (await xpCount(sql, licenseId))[0]?.total ?? 0
}

type AuditFilter = [entity: string | null, entityId: number | null, actorId: number | null]

const auditFilter = `($1::text is null or entity = $1) and ($2::bigint is null or entity_id = $2)
  and ($3::bigint is null or actor_id = $3)`

/** Entries of the audit log, newest first. */
export const readAudit = statement<AuditRow, [...AuditFilter, limit: number, offset: number]>(
  'record-audit',
  `select a.*, u.name as actor_name from (
     select id, actor_id, action, entity, entity_id, before, after, at from audit_log
     where ${auditFilter} order by id desc limit $4 offset $5) a
   left join users u on u.id = a.actor_id order by a.id desc`,
)

const auditCount = statement<{ total: number }, AuditFilter>(
  'record-audit-count',
  `select count(*) as total from audit_log where ${auditFilter}`,
)

export async function countAudit(sql: Sql, ...filter: AuditFilter): Promise<number> {
  return (await auditCount(sql, ...filter))[0]?.total ?? 0
}
