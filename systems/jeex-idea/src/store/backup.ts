import { statement } from 'service-kit'
import type { BackupKind, BackupRow } from '../schema/backup.ts'

const columns = `id, kind, base_id, status, sha256, size_bytes, error_message, started_at,
  finished_at, verified_at, restore_tested_at, manifest, restore_report`

/** A backup with where its file is and where the next one goes on. */
export type StoredBackup = BackupRow & {
  readonly file_path: string | null
  readonly snapshot_xmin: string | null
}

/** Those that may still be restored, newest first. */
export const usableBackups = statement<StoredBackup, []>(
  'backup-usable',
  `select ${columns}, file_path, snapshot_xmin::text from backups
   where status in ('completed', 'corrupt') order by started_at desc, id desc`,
)

export const recentBackups = statement<BackupRow, [number]>(
  'backup-recent',
  `select ${columns} from backups order by started_at desc, id desc limit $1`,
)

/** How backups stand, however many have come since the last full one. */
export const summarizeBackups = statement<
  { last_completed_at: Date | null; last_full_at: Date | null; broken: boolean },
  []
>(
  'backup-summary',
  `select
     (select finished_at from backups where status = 'completed'
      order by started_at desc, id desc limit 1) as last_completed_at,
     (select finished_at from backups where status = 'completed' and kind = 'full'
      order by started_at desc, id desc limit 1) as last_full_at,
     exists (select from backups where status = 'corrupt')
       or coalesce((select status = 'failed' from backups where status <> 'running'
         order by started_at desc, id desc limit 1), false) as broken`,
)

/** A process that is gone finishes nothing; whoever holds the lock knows that. */
export const abandonRunning = statement<never, [Date]>(
  'backup-abandon',
  `update backups set status = 'failed', finished_at = $1, error_message = 'The process ended'
   where status = 'running'`,
)

export const insertBackup = statement<{ id: string }, [BackupKind, string | null, Date]>(
  'backup-insert',
  'insert into backups (kind, base_id, started_at) values ($1, $2, $3) returning id',
)

type Completion = [
  id: string,
  path: string,
  xmin: string,
  manifest: string,
  sha256: string,
  sizeBytes: number,
  now: Date,
]

export const completeBackup = statement<BackupRow, Completion>(
  'backup-complete',
  `update backups set status = 'completed', file_path = $2, snapshot_xmin = $3::text::xid8,
     manifest = $4, sha256 = $5, size_bytes = $6, finished_at = $7, verified_at = $7
   where id = $1 returning ${columns}`,
)

export const failBackup = statement<never, [string, string, Date]>(
  'backup-fail',
  `update backups set status = 'failed', error_message = $2, finished_at = $3 where id = $1`,
)

export const markVerified = statement<never, [string, Date]>(
  'backup-verified',
  `update backups set status = 'completed', verified_at = $2, error_message = null where id = $1`,
)

export const markCorrupt = statement<never, [string, string]>(
  'backup-corrupt',
  `update backups set status = 'corrupt', error_message = $2 where id = $1`,
)

export const markRemoved = statement<never, [string]>(
  'backup-removed',
  `update backups set status = 'removed' where id = $1`,
)

export const keepRestoreReport = statement<never, [string, Date, string]>(
  'backup-restore-report',
  'update backups set restore_tested_at = $2, restore_report = $3 where id = $1',
)

export const nextDue = statement<{ name: string; due_at: Date }, []>(
  'job-next-due',
  'select name, due_at from job_schedules',
)
