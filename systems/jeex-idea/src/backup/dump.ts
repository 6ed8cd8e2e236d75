import type { Client } from 'pg'
import { manifestLine, type BackupManifest } from './manifest.ts'
import { backupTables, readFingerprints, rowText, type BackupTable } from './table.ts'
import { writeLines, type WriteLine, type WrittenFile } from './write-file.ts'

/** A backup that is to be written. */
export interface DumpOrder {
  readonly id: string
  /** What an incremental one adds to, and the first transaction that this may have missed. */
  readonly base: { readonly id: string; readonly since: string } | undefined
}

/** A backup that was written. */
export interface Dump extends WrittenFile {
  readonly manifest: BackupManifest
  /** The oldest transaction that it may have missed: the next backup goes on from here. */
  readonly snapshotXmin: string
}

const batchRows = 1_000

/**
 * Writes what one snapshot of the database shows: everything, or what transactions have changed
 * that the base may have missed. The first line is the manifest, each other one the number of a
 * table and a row as JSON. Writers are not held up.
 */
export async function dumpDatabase(client: Client, path: string, order: DumpOrder): Promise<Dump> {
  await client.query(`set time zone 'UTC'`)
  await client.query('begin isolation level repeatable read read only')
  try {
    const { rows } = await client.query<{ xmin: string; version: string; schema: string }>(
      `select pg_snapshot_xmin(pg_current_snapshot())::text as xmin,
         current_setting('server_version') as version,
         (select max(name) from schema_migrations) as schema`,
    )
    const [{ xmin, version, schema } = { xmin: '', version: '', schema: '' }] = rows
    const manifest: BackupManifest = {
      format: 2,
      id: order.id,
      kind: order.base === undefined ? 'full' : 'incremental',
      base_id: order.base?.id ?? null,
      schema,
      server_version: version,
      tables: await readFingerprints(client),
    }
    const file = await writeLines(path, async (write) => {
      await write(manifestLine(manifest))
      for (const [at, table] of backupTables.entries()) {
        await dumpTable(client, { at, table, since: order.base?.since }, write)
      }
    })
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
): Promise<void> {
  const isPart = since !== undefined && table.isStamped
  const condition = isPart ? `where changed_xid >= '${BigInt(since)}'::xid8` : ''
  await client.query(
    `declare rows no scroll cursor for select ${rowText} as row from ${table.name} t ${condition}`,
  )
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`fetch ${batchRows} from rows`)
    for (const { row } of rows) await write(`${at}\t${row}`)
    if (rows.length < batchRows) break
  }
  await client.query('close rows')
}
