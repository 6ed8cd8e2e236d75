import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { chainOf, removable } from '../backup/chain.ts'
import { dumpDatabase } from '../backup/dump.ts'
import { isManifest } from '../backup/manifest.ts'
import { hashOfFile } from '../backup/read-file.ts'
import { fail } from '../error.ts'
import type { BackupKind, BackupRow } from '../schema/backup.ts'
import type { Service } from '../service.ts'
import {
  abandonRunning,
  completeBackup,
  failBackup,
  insertBackup,
  markCorrupt,
  markRemoved,
  markVerified,
  usableBackups,
  type StoredBackup,
} from '../store/backup.ts'

const connectionName = 'jeex-idea-backup'
const lock = `hashtextextended('jeex-idea backup', 0)`

/** Longer than any backup takes. */
const waitMsMax = 600_000

/**
 * Takes a backup: `full`, or `incremental` on top of the newest usable one. While another is being
 * taken, in any process, it waits for that one, or throws `JEEX_BACKUP_RUNNING`.
 */
export async function takeBackup(
  service: Service,
  kind: BackupKind,
  { waits = false }: { readonly waits?: boolean } = {},
): Promise<BackupRow> {
  const { spare } = service
  // Whoever does not wait opens no connection only to hear that there is nothing for him to do.
  if (!waits && spare.isUsedBy(connectionName)) throw fail('JEEX_BACKUP_RUNNING')
  return spare.use(connectionName, async (url) => {
    const client = new Client({ connectionString: url, application_name: connectionName })
    // A lost connection is told by the statement that fails.
    client.on('error', () => undefined)
    await client.connect()
    try {
      if (!(await holdsLock(client, waits))) throw fail('JEEX_BACKUP_RUNNING')
      return await takeAlone(service, client, kind)
    } finally {
      await client.end().catch(() => undefined)
    }
  })
}

/** Takes the lock that there is one backup at a time; it is let go of with the connection. */
async function holdsLock(client: Client, waits: boolean): Promise<boolean> {
  if (waits) {
    await client.query(`set lock_timeout = ${waitMsMax}`)
    await client.query(`select pg_advisory_lock(${lock})`)
    return true
  }
  const { rows } = await client.query<{ held: boolean }>(
    `select pg_try_advisory_lock(${lock}) as held`,
  )
  return rows[0]?.held === true
}

async function takeAlone(service: Service, client: Client, kind: BackupKind): Promise<BackupRow> {
  const { database, clock, env } = service
  const base = kind === 'full' ? undefined : await findBase(service)
  const id = await database.asService(async (tx) => {
    await abandonRunning(tx, clock.now())
    const [row] = await insertBackup(tx, kind, base?.id ?? null, clock.now())
    return row?.id ?? ''
  })
  const path = `${kind}-${id}.jsonl.gz`
  try {
    const { manifest, snapshotXmin, sha256, sizeBytes } = await dumpDatabase(
      client,
      join(env.BACKUP_DIR, path),
      { id, base: base && { id: base.id, since: base.snapshot_xmin ?? '0' } },
    )
    if ((await hashOfFile(join(env.BACKUP_DIR, path))) !== sha256) {
      throw new Error('The file does not read back as it was written')
    }
    const text = JSON.stringify(manifest)
    const rows = await database.asService((tx) =>
      completeBackup(tx, id, path, snapshotXmin, text, sha256, sizeBytes, clock.now()),
    )
    return rows[0] as BackupRow
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unknown'
    await database.asService((tx) => failBackup(tx, id, message, clock.now()))
    throw error
  }
}

/** The newest backup that another can add to: its chain is whole and says what it is. */
async function findBase({ database }: Service): Promise<StoredBackup> {
  const usable = await database.asService((sql) => usableBackups(sql))
  const base = usable.find((row) => {
    const chain = chainOf(usable, row.id)
    return chain?.every(({ status, manifest }) => status === 'completed' && isManifest(manifest))
  })
  if (base === undefined) throw fail('JEEX_BACKUP_UNBASED')
  return base
}

/** Whether a backup's file is still what was written; what is not is marked as corrupt. */
export async function verifyBackup(service: Service, row: StoredBackup): Promise<boolean> {
  const { database, clock, env, log } = service
  const found = await hashOfFile(join(env.BACKUP_DIR, row.file_path ?? ''))
  const isSound = found !== undefined && found === row.sha256
  if (isSound) {
    await database.asService((tx) => markVerified(tx, row.id, clock.now()))
  } else {
    const problem = found === undefined ? 'The file is gone' : 'The checksum does not match'
    log.error({ backup: row.id }, problem)
    await database.asService((tx) => markCorrupt(tx, row.id, problem))
  }
  return isSound
}

/** Verifies what is kept, and removes what is too old and needed by nothing newer. */
export async function tidyBackups(service: Service): Promise<void> {
  const { database, clock, env } = service
  const usable = await database.asService((sql) => usableBackups(sql))
  const gone = removable(usable, new Date(clock.now().getTime() - env.BACKUP_KEEP_MS))
  // The dependent ones come first, because the newest come first.
  for (const row of gone) {
    await rm(join(env.BACKUP_DIR, row.file_path ?? ''), { force: true })
    await database.asService((tx) => markRemoved(tx, row.id))
  }
  for (const row of usable) if (!gone.includes(row)) await verifyBackup(service, row)
}
