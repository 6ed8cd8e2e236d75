import type { Client } from 'pg'

/** A table as backups see it. */
export interface BackupTable {
  readonly name: string
  /** Whether its rows say which transaction changed them last; else it is copied whole. */
  readonly isStamped: boolean
}

/** What is backed up, in an order in which references lead to what is there already. */
export const backupTables: readonly BackupTable[] = [
  { name: 'users', isStamped: true },
  { name: 'projects', isStamped: true },
  { name: 'document_versions', isStamped: true },
  { name: 'agent_executions', isStamped: true },
  { name: 'exports', isStamped: true },
  { name: 'audit_log', isStamped: true },
  { name: 'idempotency_keys', isStamped: false },
]

/** What a table holds: its rows counted, and a sum over their hashes in any order. */
export interface Fingerprint {
  readonly table: string
  readonly rows: number
  readonly sum: string
}

/** A row as text: columns that a restored database fills in by itself are left out. */
export const rowText = `(to_jsonb(t) - 'changed_xid' - 'is_deleted')::text`

/** Asks for the fingerprint of a table, or of rows that are named like one. */
function fingerprintQuery(name: string, rows = name): string {
  return `select '${name}' as table, count(*)::int as rows,
      coalesce(sum(hashtextextended(${rowText}, 0)::numeric), 0)::text as sum
    from ${rows} t`
}

/** How many connections have added to a sum is nothing that a backup keeps. */
const daySums = `(select project_id, owner_id, day, agent_type, status, sum(executions) as executions,
    sum(duration_ms) as duration_ms, sum(tokens_in) as tokens_in, sum(tokens_out) as tokens_out,
    sum(cost) as cost
  from execution_days group by 1, 2, 3, 4, 5 having sum(executions) <> 0)`

const fingerprintQueries: readonly string[] = [
  ...backupTables.map(({ name }) => fingerprintQuery(name)),
  fingerprintQuery('execution_days', daySums),
]

/** The fingerprints of all tables, and of the sums by day that triggers make from them. */
export async function readFingerprints(client: Client): Promise<Fingerprint[]> {
  const found: Fingerprint[] = []
  for (const query of fingerprintQueries) {
    found.push(...(await client.query<Fingerprint>(query)).rows)
  }
  return found
}

/** A table as it was backed up beside what was restored of it. */
export interface TableComparison {
  readonly table: string
  readonly rows_expected: number
  readonly rows_restored: number
  readonly equal: boolean
}

/** Holds what was restored against what was backed up. */
export function compareTables(
  expected: readonly Fingerprint[],
  found: readonly Fingerprint[],
): TableComparison[] {
  return expected.map(({ table, rows, sum }) => {
    const restored = found.find((each) => each.table === table)
    return {
      table,
      rows_expected: rows,
      rows_restored: restored?.rows ?? 0,
      equal: restored?.rows === rows && restored.sum === sum,
    }
  })
}
