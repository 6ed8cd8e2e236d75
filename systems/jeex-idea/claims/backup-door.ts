import { join } from 'node:path'
import { hold, statement, type Actor, type ClaimContext, type Sql, type SystemHandle } from 'etalon'
import type { PendingResponse } from 'etalon/http'
import { plainSession } from 'etalon/session'
import { createSql } from 'etalon/sql'

/** A backup as the service tells of it. */
export interface Backup {
  readonly id: string
  readonly kind: 'full' | 'incremental'
  readonly base_id: string | null
  readonly status: string
  readonly sha256: string | null
  readonly size_bytes: number | null
  readonly error_message: string | null
  readonly started_at: string
  readonly finished_at: string | null
  readonly verified_at: string | null
  readonly restore_tested_at: string | null
  readonly manifest: { readonly tables: readonly { table: string; rows: number; sum: string }[] }
}

/** What became of a trial. */
export interface Trial {
  readonly backup_id: string
  readonly recovered: boolean
  readonly problem: string | null
  readonly duration_ms: number
  readonly tables: readonly {
    readonly table: string
    readonly rows_expected: number
    readonly rows_restored: number
    readonly equal: boolean
  }[]
}

export interface BackupStatus {
  readonly configured: boolean
  readonly last_full_at: string | null
  readonly next_full_at: string | null
  readonly backups: readonly Backup[]
}

/** What backups hold. */
export const backedUpTables = [
  'users',
  'projects',
  'document_versions',
  'agent_executions',
  'exports',
  'audit_log',
  'idempotency_keys',
] as const

const trialTimeoutMs = 120_000

/** Takes a backup and waits for it. */
export function takeBackup(operator: Actor, kind: Backup['kind']): PendingResponse<Backup> {
  const options = { timeoutMs: trialTimeoutMs }
  return operator.post<Backup>('/database/backup/create', { kind }, options)
}

/** Has the service prove a backup by restoring it. */
export function tryBackup(operator: Actor, id: string): PendingResponse<Trial> {
  const options = { timeoutMs: trialTimeoutMs }
  return operator.post<Trial>(`/database/backup/${id}/test-recovery`, undefined, options)
}

/** How backups stand. */
export async function readBackups(operator: Actor): Promise<BackupStatus> {
  return (await operator.get<BackupStatus>('/database/backup/status').expect(200)).body
}

/** Where a backup's file is. */
export function fileOf(system: SystemHandle, { kind, id }: Pick<Backup, 'kind' | 'id'>): string {
  return join(system.services.directory, 'backups', `${kind}-${id}.jsonl.gz`)
}

/** A table in one line: how many rows, and a checksum over all of their values. */
export interface TableSum {
  readonly table: string
  readonly rows: number
  readonly sum: string
}

/** Counts and checksums of every table that is backed up, by SQL that the service does not use. */
export async function sumTables(sql: Sql): Promise<TableSum[]> {
  const sums: TableSum[] = []
  for (const table of backedUpTables) {
    const found = await sql.one<Omit<TableSum, 'table'>>(
      `select count(*) as rows, md5(coalesce(string_agg(line, E'\\n' order by line), '')) as sum
       from (select (to_jsonb(t) - 'changed_xid')::text as line from ${table} t) lines`,
    )
    sums.push({ table, ...found })
  }
  return sums
}

/**
 * Has a backup restored, holds the database that came of it before the service drops it again, and
 * shows it to `look`.
 */
export async function lookAtRestored(
  { system, sql, faults }: Pick<ClaimContext, 'system' | 'sql' | 'faults'>,
  trial: () => PendingResponse<Trial>,
  look: (restored: Sql) => Promise<void>,
): Promise<Trial> {
  const dropping = hold(statement(/^drop database/i, { times: 1 }))
  const answer = await faults.during('postgres', dropping, async (held) => {
    const trying = trial().expect(200)
    const early = await Promise.race([held.held(), trying])
    if (early) return { trying }
    const name = await sql.value<string>(
      `select datname from pg_database where datname ~ '_restore_[0-9a-f]{8}$'
       and starts_with(datname, left(current_database(), 40))`,
    )
    const url = new URL(system.services.postgres.url('owner'))
    url.pathname = `/${name}`
    const restored = createSql({ url: url.href, session: plainSession() })
    try {
      await look(restored)
    } finally {
      await restored.close()
    }
    return { trying }
  })
  return (await answer.trying).body
}
