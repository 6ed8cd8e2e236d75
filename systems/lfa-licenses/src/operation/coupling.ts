import type { PoolClient } from 'pg'
import type { CoupledSpecialization } from '../coupled.ts'
import type { Ladder } from '../level.ts'
import { placedAt } from '../progress.ts'
import type { ProgressRow, SyncResult } from '../schema/progress.ts'
import {
  insertCoupledLicense,
  lockCoupledLicense,
  recordLevelChange,
  writeLicenseLevel,
} from '../store/coupled-license.ts'
import { ladderOf } from '../store/ladder.ts'
import { insertProgress, lockProgress, writeProgress } from '../store/progress.ts'

/** A user in a specialization. */
export interface Pair {
  readonly userId: number
  readonly specialization: CoupledSpecialization
}

/** Who changes a level, and why. */
export interface LevelCause {
  readonly advancedBy: number | null
  readonly reason: string
  /** What there was; kept as evidence. */
  readonly requirementsMet: unknown
  readonly at: Date
}

/**
 * Holds the progress of a pair, and makes it with its licence, at level 1, where there is none.
 * Progress is always held before its licence, here and everywhere, so that two transactions never
 * wait for each other.
 */
export async function holdProgress(
  tx: PoolClient,
  pair: Pair,
  now: Date,
): Promise<{ progress: ProgressRow; isNew: boolean }> {
  const { userId, specialization } = pair
  const [known] = await lockProgress(tx, userId, specialization)
  if (known) return { progress: known, isNew: false }
  const inserted = await startProgress(tx, pair, 1, now)
  const [progress] = await lockProgress(tx, userId, specialization)
  if (progress === undefined) throw new Error('progress is gone within its own transaction')
  if (inserted) await insertCoupledLicense(tx, userId, specialization, 1, now)
  return inserted
    ? { progress: await atLicenseLevel(tx, pair, progress, now), isNew: true }
    : { progress, isNew: false }
}

/** New progress beside a licence that was there before begins at its level. */
async function atLicenseLevel(
  tx: PoolClient,
  { userId, specialization }: Pair,
  progress: ProgressRow,
  now: Date,
): Promise<ProgressRow> {
  const [license] = await lockCoupledLicense(tx, userId, specialization)
  if (license === undefined || license.current_level === progress.current_level) return progress
  const ladder = await ladderOfProgress(tx, progress)
  const placed = placedAt(ladder, progress, license.current_level)
  await writeProgress(
    tx,
    progress.id,
    placed.current_level,
    placed.total_xp,
    placed.completed_sessions,
    placed.completed_projects,
    placed.theory_hours_completed,
    placed.practice_hours_completed,
    now,
  )
  return { ...progress, ...placed }
}

/** Makes progress at a level unless it is there; says whether it was made. */
export async function startProgress(
  tx: PoolClient,
  { userId, specialization }: Pair,
  level: number,
  now: Date,
): Promise<boolean> {
  const ladderId = `${specialization}_PROGRESS`
  const rows = await insertProgress(tx, userId, specialization, ladderId, level, now)
  return rows.length > 0
}

/** The ladder on which progress was begun. */
export function ladderOfProgress(tx: PoolClient, progress: ProgressRow): Promise<Ladder> {
  return ladderOf(tx, `${progress.specialization_id}_PROGRESS`, progress.ladder_version)
}

/**
 * Puts the licence of a pair at a level, and makes it where it is missing; for the holder of the
 * progress, in the same transaction. Every change leaves a row in `license_progressions`.
 */
export async function syncLicense(
  tx: PoolClient,
  { userId, specialization }: Pair,
  level: number,
  cause: LevelCause,
): Promise<SyncResult> {
  const [created] = await insertCoupledLicense(tx, userId, specialization, level, cause.at)
  if (created) {
    if (level > 1) await recordChange(tx, { licenseId: created.id, from: 1, to: level }, cause)
    return resultOf('created', null, level)
  }
  const [license] = await lockCoupledLicense(tx, userId, specialization)
  if (license === undefined) throw new Error('the licence is gone within its own transaction')
  const from = license.current_level
  if (from === level) return resultOf('unchanged', from, level)
  await writeLicenseLevel(tx, license.id, level, cause.at)
  await recordChange(tx, { licenseId: license.id, from, to: level }, cause)
  return resultOf('updated', from, level)
}

/** Writes down that the level of a pair changed. */
export async function recordChange(
  tx: PoolClient,
  change: { readonly licenseId: number; readonly from: number; readonly to: number },
  { advancedBy, reason, requirementsMet, at }: LevelCause,
): Promise<void> {
  const met = JSON.stringify(requirementsMet)
  const { licenseId, from, to } = change
  await recordLevelChange(tx, licenseId, from, to, advancedBy, reason, met, at)
}

function resultOf(action: SyncResult['action'], from: number | null, to: number): SyncResult {
  return {
    success: true,
    action,
    old_license_level: from,
    new_license_level: to,
    progress_level: to,
  }
}
