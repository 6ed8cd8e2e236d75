import { statement, type Sql } from 'service-kit'

/** One change, as the append-only log of a project keeps it. */
export interface AuditEntry {
  readonly projectId: string
  readonly ownerId: string
  /** Null for the service itself. */
  readonly actor: string | null
  /** What was done, such as `document.create`. */
  readonly action: string
  readonly entity: string
  readonly entityId: string
  readonly before?: unknown
  readonly after?: unknown
  readonly correlationId: string | null
  readonly at: Date
}

type Text = string | null
type Values = [string, string, Text, string, string, string, Text, Text, Text, Date]

const insertEntry = statement<never, Values>(
  'audit-insert',
  `insert into audit_log
     (project_id, owner_id, actor, action, entity, entity_id, before, after, correlation_id, at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
)

/** Records a change in the transaction that makes it, so that neither exists without the other. */
export async function recordAudit(tx: Sql, entry: AuditEntry): Promise<void> {
  const { projectId, ownerId, actor, action, entity, entityId, correlationId, at } = entry
  const [before, after] = [json(entry.before), json(entry.after)]
  await insertEntry(
    tx,
    projectId,
    ownerId,
    actor,
    action,
    entity,
    entityId,
    before,
    after,
    correlationId,
    at,
  )
}

function json(value: unknown): Text {
  return value === undefined ? null : JSON.stringify(value)
}
