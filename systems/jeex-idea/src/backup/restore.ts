import { Client } from 'pg'
import { migrateDown, migrateUp, migrationStatus } from 'service-kit/migrate'
import { findFileChain, type BackupFile } from './file-chain.ts'
import type { BackupManifest } from './manifest.ts'
import { readLines } from './read-file.ts'
import {
  backupTables,
  compareTables,
  readFingerprints,
  type BackupTable,
  type TableComparison,
} from './table.ts'

const batchRows = 500
/** Folder of the migrations. */
export const migrations = new URL('../../migrations', import.meta.url).pathname

/** What was restored, beside what was backed up. */
export interface Restored {
  /** Of the backup and of those that it adds to, the newest first. */
  readonly files: readonly BackupFile[]
  readonly tables: readonly TableComparison[]
  /** Whether all is equal; else nothing of it was kept. */
  readonly isEqual: boolean
}

/**
 * Restores the backup of a file, with those that it adds to, into an empty database: with no rows,
 * or without tables. The files say all that it takes. The schema becomes that of the backup, the
 * rows are there once they equal what was backed up, or none is. `url` is that of the owner.
 */
export async function restoreBackup(url: string, file: string): Promise<Restored> {
  const files = await findFileChain(file)
  const manifest = files[0]?.manifest as BackupManifest
  await onServer(url, refuseRows)
  await reachSchema(url, manifest.schema)
  return onServer(url, async (client) => {
    await client.query(`set time zone 'UTC'`)
    await client.query('begin')
    await load(
      client,
      files.map(({ path }) => path),
    )
    const tables = compareTables(manifest.tables, await readFingerprints(client))
    const isEqual = tables.every(({ equal }) => equal)
    await client.query(isEqual ? 'commit' : 'rollback')
    return { files, tables, isEqual }
  })
}

/**
 * {@link restoreBackup} into a new database of the server, which is dropped again. `url` is that of
 * a role that may create databases there.
 */
export async function tryRestore(url: string, name: string, file: string): Promise<Restored> {
  await onServer(url, (client) => client.query(`create database ${quoted(name)}`))
  try {
    return await restoreBackup(withDatabase(url, name), file)
  } finally {
    // Nobody else is connected but autovacuum, which the server itself sends away.
    await onServer(url, (client) => client.query(`drop database if exists ${quoted(name)}`))
  }
}

/** Rows of before would be mixed with those of the backup. */
async function refuseRows(client: Client): Promise<void> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'
       and tablename not in ('schema_migrations', 'job_schedules')`,
  )
  for (const { name } of tables) {
    const { rows } = await client.query(`select from public.${name} limit 1`)
    if (rows.length > 0) throw new Error(`the database is not empty: ${name} has rows`)
  }
}

/** A row fits the schema it was backed up with. */
async function reachSchema(databaseUrl: string, schema: string): Promise<void> {
  const options = { databaseUrl, directory: migrations }
  const found = (await migrationStatus(options)).find(({ name }) => name === schema)
  if (found === undefined) throw new Error(`this revision does not know the schema ${schema}`)
  await migrateDown(options, found.number)
  await migrateUp(options, found.number)
}

/** The newest state of a row comes first; what is there already is not overwritten. */
async function load(client: Client, files: readonly string[]): Promise<void> {
  await client.query('set constraints all deferred')
  for (const [at, table] of backupTables.entries()) {
    const columns = await columnsOf(client, table.name)
    // A table that is copied whole each time is as the newest file has it.
    for (const file of table.isStamped ? files : files.slice(0, 1)) {
      await loadTable(client, { at, table, columns, file })
    }
  }
  // What was deferred is found out here, before anything is compared.
  await client.query('set constraints all immediate')
}

interface TableLoad {
  readonly at: number
  readonly table: BackupTable
  readonly columns: string
  readonly file: string
}

async function loadTable(client: Client, { at, table, columns, file }: TableLoad): Promise<void> {
  const text = `insert into ${table.name} (${columns})
    select ${columns} from jsonb_populate_recordset(null::${table.name}, $1::jsonb)
    on conflict do nothing`
  const prefix = `${at}\t`
  let batch: string[] = []
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await client.query(text, [`[${batch.join(',')}]`])
    batch = []
  }
  for await (const line of readLines(file)) {
    if (!line.startsWith(prefix)) continue
    batch.push(line.slice(prefix.length))
    if (batch.length === batchRows) await flush()
  }
  await flush()
}

async function columnsOf(client: Client, table: string): Promise<string> {
  const { rows } = await client.query<{ columns: string }>(
    `select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''
       and attname <> 'changed_xid'`,
    [table],
  )
  return rows[0]?.columns ?? ''
}

async function onServer<Result>(
  url: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString: url, application_name: 'jeex-idea-recovery' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
