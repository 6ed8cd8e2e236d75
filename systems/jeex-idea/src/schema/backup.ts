import { uuid } from 'service-kit'
import { z } from 'zod'

export const backupKinds = ['full', 'incremental'] as const

/** A backup as the API shows it. */
export const backupRow = z.object({
  id: z.string(),
  kind: z.enum(backupKinds),
  base_id: z.string().nullable(),
  status: z.enum(['running', 'completed', 'failed', 'corrupt', 'removed']),
  sha256: z.string().nullable(),
  size_bytes: z.int().nullable(),
  error_message: z.string().nullable(),
  started_at: z.date(),
  finished_at: z.date().nullable(),
  verified_at: z.date().nullable(),
  restore_tested_at: z.date().nullable(),
  manifest: z.unknown(),
  restore_report: z.unknown(),
})

export type BackupRow = z.infer<typeof backupRow>
export type BackupKind = (typeof backupKinds)[number]

export const backupParams = z.strictObject({ backup_id: uuid })

const comparison = z.object({
  table: z.string(),
  rows_expected: z.int(),
  rows_restored: z.int(),
  equal: z.boolean(),
})

/** What became of a trial of a backup. */
export const recoveryReport = z.object({
  backup_id: z.string(),
  recovered: z.boolean(),
  /** Why not; null when all is well. */
  problem: z.string().nullable(),
  duration_ms: z.int(),
  tables: z.array(comparison),
})

export type RecoveryReport = z.infer<typeof recoveryReport>

export const backupStatus = z.object({
  configured: z.boolean(),
  last_completed_at: z.date().nullable(),
  last_full_at: z.date().nullable(),
  next_full_at: z.date().nullable(),
  next_incremental_at: z.date().nullable(),
  keep_ms: z.int(),
  /** Whether the last one failed, or any that is kept is damaged. */
  broken: z.boolean(),
  /** The last ones, the newest first. */
  backups: z.array(backupRow),
})
