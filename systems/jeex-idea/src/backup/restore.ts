import { Client } from 'pg'
import { migrateUp } from 'service-kit/migrate'
import { readLines } from './read-file.ts'
import { backupTables, fingerprintQueries, type BackupTable, type Fingerprint } from './table.ts'

const batchRows = 500
const migrations = new URL('../../migrations', import.meta.url).pathname

/**
 * Restores a chain of backups into a new database of the server, asks for its fingerprints and
 * drops it again. `url` is that of a role that may create databases there.
 *
 * @param files of the chain, the newest first and the full one last
 */
export async function tryRestore(
  url: string,
  name: string,
  files: readonly string[],
): Promise<Fingerprint[]> {
  await onServer(url, (client) => client.query(`create database ${quoted(name)}`))
  try {
    const restored = withDatabase(url, name)
    await migrateUp({ databaseUrl: restored, directory: migrations })
    return await onServer(restored, async (client) => {
      await client.query(`set time zone 'UTC'`)
      await load(client, files)
      const found: Fingerprint[] = []
      for (const query of fingerprintQueries) {
        found.push(...(await client.query<Fingerprint>(query)).rows)
      }
      return found
    })
  } finally {
    // Nobody else is connected but autovacuum, which the server itself sends away.
    await onServer(url, (client) => client.query(`drop database if exists ${quoted(name)}`))
  }
}

/** The newest state of a row comes first; what is there already is not overwritten. */
async function load(client: Client, files: readonly string[]): Promise<void> {
  await client.query('begin')
  await client.query('set constraints all deferred')
  for (const [at, table] of backupTables.entries()) {
    const columns = await columnsOf(client, table.name)
    // A table that is copied whole each time is as the newest file has it.
    for (const file of table.isStamped ? files : files.slice(0, 1)) {
      await loadTable(client, { at, table, columns, file })
    }
  }
  await client.query('commit')
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
