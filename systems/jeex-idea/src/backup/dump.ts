import type { Client } from 'pg'
import {
  backupTables,
  fingerprintQueries,
  rowText,
  type BackupTable,
  type Fingerprint,
} from './table.ts'
import { writeLines, type WriteLine, type WrittenFile } from './write-file.ts'

/** What is known of a backup besides its rows. */
export interface BackupManifest {
  readonly format: 1
  readonly kind: 'full' | 'incremental'
  readonly server_version: string
  /** What the database held at its moment, of which an incremental backup repeats only a part. */
  readonly tables: readonly Fingerprint[]
  /** Rows in the file. */
  readonly rows_written: number
}

/** A backup that was written. */
export interface Dump extends WrittenFile {
  readonly manifest: BackupManifest
  /** The oldest transaction that it may have missed: the next backup goes on from here. */
  readonly snapshotXmin: string
}

const batchRows = 1_000

/**
 * Writes what one snapshot of the database shows: everything, or what transactions from `since` on
 * have changed. Each line is the number of a table and a row as JSON. Writers are not held up.
 */
export async function dumpDatabase(
  client: Client,
  path: string,
  since: string | undefined,
): Promise<Dump> {
  await client.query(`set time zone 'UTC'`)
  await client.query('begin isolation level repeatable read read only')
  try {
    const { rows } = await client.query<{ xmin: string; version: string }>(
      `select pg_snapshot_xmin(pg_current_snapshot())::text as xmin,
         current_setting('server_version') as version`,
    )
    const [{ xmin, version } = { xmin: '', version: '' }] = rows
    let rowsWritten = 0
    const file = await writeLines(path, async (write) => {
      for (const [at, table] of backupTables.entries()) {
        rowsWritten += await dumpTable(client, { at, table, since }, write)
      }
    })
    const tables: Fingerprint[] = []
    for (const query of fingerprintQueries) {
      tables.push(...(await client.query<Fingerprint>(query)).rows)
    }
    const kind = since === undefined ? 'full' : 'incremental'
    const manifest: BackupManifest = {
      format: 1,
      kind,
      server_version: version,
      tables,
      rows_written: rowsWritten,
    }
    return { ...file, manifest, snapshotXmin: xmin }
  } finally {
    await client.query('rollback').catch(() => undefined)
  }
}

interface TableDump {
  readonly at: number
  readonly table: BackupTable
  readonly since: string | undefined
}

async function dumpTable(
  client: Client,
  { at, table, since }: TableDump,
  write: WriteLine,
): Promise<number> {
  const isPart = since !== undefined && table.isStamped
  const condition = isPart ? `where changed_xid >= '${BigInt(since)}'::xid8` : ''
  await client.query(
    `declare rows no scroll cursor for select ${rowText} as row from ${table.name} t ${condition}`,
  )
  let count = 0
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`fetch ${batchRows} from rows`)
    for (const { row } of rows) await write(`${at}\t${row}`)
    count += rows.length
    if (rows.length < batchRows) break
  }
  await client.query('close rows')
  return count
}
