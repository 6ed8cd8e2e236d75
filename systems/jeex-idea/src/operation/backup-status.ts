import type { z } from 'zod'
import { jobNames } from '../job.ts'
import type { backupStatus } from '../schema/backup.ts'
import type { Service } from '../service.ts'
import { nextDue, recentBackups, summarizeBackups } from '../store/backup.ts'

const shownMax = 20

/** How backups stand: the last ones, and when the next are due. */
export async function readBackupStatus({
  database,
  env,
}: Service): Promise<z.infer<typeof backupStatus>> {
  const [backups, [summary], schedules] = await database.asService((sql) =>
    Promise.all([recentBackups(sql, shownMax), summarizeBackups(sql), nextDue(sql)]),
  )
  const dueAt = (name: string): Date | null =>
    schedules.find((schedule) => schedule.name === name)?.due_at ?? null
  return {
    configured: env.BACKUP_DATABASE_URL !== undefined,
    last_completed_at: summary?.last_completed_at ?? null,
    last_full_at: summary?.last_full_at ?? null,
    next_full_at: dueAt(jobNames.backupFull),
    next_incremental_at: dueAt(jobNames.backupIncremental),
    keep_ms: env.BACKUP_KEEP_MS,
    broken: summary?.broken ?? false,
    backups,
  }
}
