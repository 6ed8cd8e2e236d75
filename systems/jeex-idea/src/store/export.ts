import { statement, type Sql } from 'service-kit'
import type { ExportRow } from '../schema/export.ts'
import type { Listed, ListRequest } from '../schema/list.ts'
import { readList } from './list.ts'

const columns = `id, project_id, status, manifest, sha256, size_bytes, error_message, expires_at,
  download_count, attempt, created_by, created_at, updated_at`

export const insertExport = statement<ExportRow, [string, string, expiresAt: Date, now: Date]>(
  'export-insert',
  `insert into exports (project_id, owner_id, created_by, expires_at, created_at, updated_at)
   values ($1, $2, $2, $3, $4, $4) returning ${columns}`,
)

/** An export of a project that is not deleted. */
export const findExport = statement<
  ExportRow & { file_path: string | null },
  [id: string, owner: string]
>(
  'export-find',
  `select ${columns}, file_path from exports e where e.id = $1 and e.owner_id = $2
     and exists (select from projects p
       where p.id = e.project_id and p.created_by = $2 and p.deleted_at is null)`,
)

export const waitingExports = statement<
  { id: string; owner_id: string },
  [stuckBefore: Date, attemptsMax: number, atMost: number]
>('export-waiting', 'select id, owner_id from waiting_exports($1, $2, $3)')

/** Takes an export that nobody else has taken. */
export const takeExport = statement<ExportRow, [string]>(
  'export-take',
  `update exports set status = 'processing' where id = $1 and status = 'pending'
   returning ${columns}`,
)

export const completeExport = statement<
  ExportRow,
  [id: string, path: string, manifest: string, sha256: string, sizeBytes: number]
>(
  'export-complete',
  `update exports set status = 'completed', file_path = $2, manifest = $3, sha256 = $4,
     size_bytes = $5, error_message = null
   where id = $1 and status = 'processing' returning ${columns}`,
)

export const failExport = statement<ExportRow, [string, message: string]>(
  'export-fail',
  `update exports set status = 'failed', error_message = $2
   where id = $1 and status = 'processing' returning ${columns}`,
)

/** Counts a download unless the export is over. */
export const countDownload = statement<{ download_count: number }, [string, now: Date]>(
  'export-count-download',
  `update exports set download_count = download_count + 1
   where id = $1 and status = 'completed' and expires_at > $2 returning download_count`,
)

/** What is over and not yet marked as such. */
export const overdueExports = statement<{ id: string; file_path: string }, [now: Date]>(
  'export-overdue',
  'select id, file_path from overdue_exports($1)',
)

export const expireExports = statement<never, [now: Date, removed: readonly string[]]>(
  'export-expire',
  'select expire_exports($1, $2)',
)

/** A project's exports, newest first. */
export function listExports(
  sql: Sql,
  { project, owner }: { readonly project: string; readonly owner: string },
  request: ListRequest,
): Promise<Listed<ExportRow>> {
  return readList<ExportRow>(
    sql,
    {
      name: 'export-list',
      columns,
      table: 'exports',
      where: { 'project_id = ?': project, 'owner_id = ?': owner },
      sortBy: 'created_at',
      sortType: 'timestamptz',
    },
    request,
  )
}
