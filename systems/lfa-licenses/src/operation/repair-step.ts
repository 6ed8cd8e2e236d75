import type { PoolClient } from 'pg'
import { recordAudit } from 'service-kit'
import type { RepairAction } from '../integrity.ts'
import type { Ladder } from '../level.ts'
import { placedAt } from '../progress.ts'
import type { RepairPlan } from '../repair-plan.ts'
import type { CoupledLicense, ProgressRow } from '../schema/progress.ts'
import {
  deactivateCoupledLicense,
  lockCoupledLicense,
  raiseLicenseMaximum,
  readCoupledLicense,
} from '../store/coupled-license.ts'
import { lockProgress } from '../store/progress.ts'
import { recordChange, startProgress, syncLicense, type LevelCause, type Pair } from './coupling.ts'
import { write } from './progress.ts'

/** Both rows of a pair, held. */
export interface HeldPair {
  readonly progress: ProgressRow | undefined
  readonly license: CoupledLicense | undefined
}

/** A repair under way. */
export interface RepairStep {
  readonly pair: Pair
  readonly held: HeldPair
  readonly plan: RepairPlan
  readonly ladder: Ladder
  /** Who asked for it; null for the system. */
  readonly actorId: number | null
  readonly now: Date
}

/**
 * Holds what there is of a pair: progress, then licence. Where only the licence is there, progress
 * is made before the licence is held, because nobody who holds a licence may wait for progress;
 * that row is not what there was, so it is not given. A dry run makes nothing.
 */
export async function holdPair(
  tx: PoolClient,
  pair: Pair,
  { dryRun, now }: { readonly dryRun: boolean; readonly now: Date },
): Promise<HeldPair> {
  const { userId, specialization } = pair
  const [known] = await lockProgress(tx, userId, specialization)
  const isNew = known === undefined && !dryRun && (await startFromLicense(tx, pair, now))
  // What was not known and could not be made may have been made by somebody else meanwhile.
  const [progress] = known || isNew ? [known] : await lockProgress(tx, userId, specialization)
  const [license] = await lockCoupledLicense(tx, userId, specialization)
  return { progress, license }
}

/** Makes progress for a licence, if there is one; says whether it was made. */
async function startFromLicense(tx: PoolClient, pair: Pair, now: Date): Promise<boolean> {
  const [license] = await readCoupledLicense(tx, pair.userId, pair.specialization)
  return license !== undefined && startProgress(tx, pair, license.current_level, now)
}

/** Does what a plan says, and writes down who did it. */
export async function applyRepair(tx: PoolClient, step: RepairStep): Promise<void> {
  const { pair, held, plan, now } = step
  const { level, actions } = plan
  if (level === null || actions.length === 0) return
  const takes = (...names: RepairAction[]): boolean => names.some((name) => actions.includes(name))
  if (takes('create_progress_from_license', 'sync_license_to_progress', 'raise_xp_to_level')) {
    await placeProgress(tx, step, level)
  }
  if (takes('create_license_from_progress', 'sync_progress_to_license')) {
    await syncLicense(tx, pair, level, causeOf('licence repaired from progress', step))
  }
  if (held.license && takes('raise_max_level')) await raiseLicenseMaximum(tx, held.license.id)
  if (held.license && takes('deactivate_license')) {
    await deactivateCoupledLicense(tx, held.license.id)
  }
  await recordAudit(tx, {
    actorId: step.actorId,
    action: 'progress.repair',
    entity: 'user',
    entityId: pair.userId,
    before: { progress: held.progress ?? null, license: held.license ?? null },
    after: { specialization_id: pair.specialization, level, actions },
    at: now,
  })
}

async function placeProgress(tx: PoolClient, step: RepairStep, level: number): Promise<void> {
  const { pair, held, ladder, now } = step
  const [progress] = await lockProgress(tx, pair.userId, pair.specialization)
  if (progress === undefined) throw new Error('progress is gone within its own transaction')
  await write(tx, progress, placedAt(ladder, progress, level), now)
  const from = held.progress?.current_level ?? level
  if (from === level || held.license === undefined) return
  const change = { licenseId: held.license.id, from, to: level }
  await recordChange(tx, change, causeOf('progress repaired from licence', step))
}

function causeOf(reason: string, { held, actorId, now }: RepairStep): LevelCause {
  return {
    advancedBy: actorId,
    reason,
    requirementsMet: {
      progress_level: held.progress?.current_level ?? null,
      license_level: held.license?.current_level ?? null,
      total_xp: held.progress?.total_xp ?? null,
    },
    at: now,
  }
}
