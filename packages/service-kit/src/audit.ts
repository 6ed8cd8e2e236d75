import { statement, type Sql } from './postgres.ts'

/** One privileged change, as the append-only `audit_log` keeps it. */
export interface AuditEntry {
  /** Id of the user who did it, or `null` for the system itself. */
  readonly actorId: number | null
  /** What was done, such as `license.promote`. */
  readonly action: string
  readonly entity: string
  readonly entityId: number
  readonly before?: unknown
  readonly after?: unknown
  readonly at: Date
}

type Json = string | null

const insertEntry = statement<never, [number | null, string, string, number, Json, Json, Date]>(
  'audit-insert',
  `insert into audit_log (actor_id, action, entity, entity_id, before, after, at)
   values ($1, $2, $3, $4, $5, $6, $7)`,
)

/** Records a change in the transaction that makes it, so that neither exists without the other. */
export async function recordAudit(tx: Sql, entry: AuditEntry): Promise<void> {
  const { actorId, action, entity, entityId, before, after, at } = entry
  await insertEntry(tx, actorId, action, entity, entityId, json(before), json(after), at)
}

function json(value: unknown): Json {
  return value === undefined ? null : JSON.stringify(value)
}
