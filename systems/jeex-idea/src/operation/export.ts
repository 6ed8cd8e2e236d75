import { open, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole, type Sql } from 'service-kit'
import type { Actor } from '../actor.ts'
import { fail } from '../error.ts'
import { packDocuments } from '../package-file.ts'
import type { ExportRow } from '../schema/export.ts'
import type { Service } from '../service.ts'
import { recordAudit } from '../store/audit.ts'
import { findLatestOfEach } from '../store/document.ts'
import {
  completeExport,
  countDownload,
  expireExports,
  failExport,
  findExport,
  insertExport,
  overdueExports,
  takeExport,
  waitingExports,
} from '../store/export.ts'
import { findProject } from '../store/project.ts'
import { requireProject } from './project.ts'

const attemptsMax = 3
const stuckMs = 60_000
const atOnceMax = 10

/** Asks for an export; it is made in the background. */
export async function requestExport(
  service: Service,
  tx: Sql,
  actor: Actor,
  projectId: string,
): Promise<ExportRow> {
  const now = service.clock.now()
  await requireProject(tx, actor, projectId)
  const [document] = await findLatestOfEach(tx, projectId, actor.id)
  if (document === undefined) throw fail('JEEX_EXPORT_EMPTY')
  const expiresAt = new Date(now.getTime() + service.env.EXPORT_LIFETIME_MS)
  const rows = await insertExport(tx, projectId, actor.id, expiresAt, now)
  const row = rows[0] as ExportRow
  await audit(tx, row, { action: 'export.request', actor, at: now })
  return row
}

/** The caller's export as it stands at this moment. */
export async function readExport(
  { database, clock }: Service,
  actor: Actor,
  id: string,
): Promise<ExportRow> {
  const [row] = await database.read(actor, (sql) => findExport(sql, id, actor.id))
  if (row === undefined) throw fail('JEEX_EXPORT_UNKNOWN')
  return asOf(row, clock.now())
}

/** Whether an export is over does not wait for the job that takes its file away. */
export function asOf<Row extends Pick<ExportRow, 'status' | 'expires_at'>>(
  row: Row,
  now: Date,
): Row {
  const isOver = row.status === 'completed' && row.expires_at <= now
  return isOver ? { ...row, status: 'expired' } : row
}

/** A file that is about to be sent. */
export interface Download {
  readonly row: ExportRow
  readonly file: FileHandle
}

/** Opens the file of an export and counts the download. */
export async function openExport(
  { database, clock, env }: Service,
  actor: Actor,
  id: string,
): Promise<Download> {
  const now = clock.now()
  const [found] = await database.read(actor, (sql) => findExport(sql, id, actor.id))
  if (found === undefined) throw fail('JEEX_EXPORT_UNKNOWN')
  const { status, file_path: path } = asOf(found, now)
  if (status === 'expired') throw fail('JEEX_EXPORT_EXPIRED')
  if (status !== 'completed' || path === null) throw fail('JEEX_EXPORT_UNREADY', { status })
  const file = await open(join(env.EXPORT_DIR, path)).catch(() => undefined)
  if (file === undefined) throw fail('JEEX_EXPORT_EXPIRED')
  try {
    const counted = await database.write(actor, (tx) => countDownload(tx, id, now))
    if (counted.length === 0) throw fail('JEEX_EXPORT_EXPIRED')
    return { row: found, file }
  } catch (error) {
    await file.close()
    throw error
  }
}

/** Makes what waits to be made; gives how many it made. */
export async function makeWaitingExports(service: Service): Promise<number> {
  const stuckBefore = new Date(Date.now() - stuckMs)
  const waiting = await service.database.asService((tx) =>
    waitingExports(tx, stuckBefore, attemptsMax, atOnceMax),
  )
  for (const { id, owner_id } of waiting) await makeExport(service, owner_id, id)
  return waiting.length
}

async function makeExport(service: Service, ownerId: string, id: string): Promise<void> {
  const { database, clock, env, log } = service
  const owner = { id: ownerId, role: 'user' } as const
  const [row] = await database.write(owner, (tx) => takeExport(tx, id))
  if (row === undefined) return
  const path = `${id}.zip`
  try {
    const [[project], documents] = await database.read(owner, (sql) =>
      Promise.all([
        findProject(sql, row.project_id, ownerId),
        findLatestOfEach(sql, row.project_id, ownerId),
      ]),
    )
    if (project === undefined) throw new Error('The project was deleted')
    const { bytes, manifest, sha256 } = packDocuments(project, documents)
    await writeWhole(join(env.EXPORT_DIR, path), bytes)
    await database.write(owner, async (tx) => {
      const text = JSON.stringify(manifest)
      const [made] = await completeExport(tx, id, path, text, sha256, bytes.byteLength)
      if (made !== undefined) {
        await audit(tx, made, { action: 'export.complete', at: clock.now() })
      }
    })
  } catch (error) {
    log.error({ err: error, export: id }, 'export failed')
    await database.write(owner, async (tx) => {
      const [failed] = await failExport(tx, id, reasonOf(error))
      if (failed !== undefined) await audit(tx, failed, { action: 'export.fail', at: clock.now() })
    })
  }
}

/**
 * Takes away the files of what is over, and then marks it, so that whoever is stopped in between
 * leaves none behind. A file that cannot be taken away is tried again the next time.
 */
export async function removeExpiredExports({
  database,
  clock,
  env,
  log,
}: Service): Promise<number> {
  const now = clock.now()
  const over = await database.readAsService((sql) => overdueExports(sql, now))
  const removed: string[] = []
  for (const { id, file_path: path } of over) {
    try {
      await rm(join(env.EXPORT_DIR, path), { force: true })
      removed.push(id)
    } catch (error) {
      log.error({ err: error, export: id }, 'the file of an expired export stays')
    }
  }
  if (removed.length > 0) await database.asService((tx) => expireExports(tx, now, removed))
  return removed.length
}

/** The owner is told what kind of failure it was, not where the service keeps its files. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unexpected'
  return `The export could not be made (${code})`
}

interface ExportAudit {
  readonly action: string
  readonly actor?: Actor
  readonly at: Date
}

function audit(tx: Sql, row: ExportRow, { action, actor, at }: ExportAudit): Promise<void> {
  return recordAudit(tx, {
    action,
    at,
    after: row,
    projectId: row.project_id,
    ownerId: row.created_by,
    actor: actor?.id ?? null,
    entity: 'export',
    entityId: row.id,
    correlationId: actor?.correlationId ?? null,
  })
}
