import type { PoolClient } from 'pg'
import { inTransaction, type Sql } from 'service-kit'
import { recommendedAction, type LevelPair, type ViolationKind } from '../integrity.ts'
import { planRepair, type Direction } from '../repair-plan.ts'
import type { Consistency, Inconsistency, Repair } from '../schema/progress.ts'
import type { Service } from '../service.ts'
import { closeViolationsOf } from '../store/check.ts'
import { readCoupledLicense } from '../store/coupled-license.ts'
import { findingsOf, type Finding } from '../store/inconsistency.ts'
import { ladderOf } from '../store/ladder.ts'
import { readProgress } from '../store/progress.ts'
import type { Pair } from './coupling.ts'
import { applyRepair, holdPair, type HeldPair } from './repair-step.ts'

/** How to repair. */
export interface RepairRequest {
  readonly direction: Direction
  readonly dryRun: boolean
  /** Who asked for it; null for the system. */
  readonly actorId: number | null
}

/** A finding with what to do about it. */
export function withAction(finding: Finding): Inconsistency {
  return { ...finding, recommended_action: recommendedAction(finding.kind, finding) }
}

/** Whether both sides of a pair agree: both absent, or of one level and with nothing else wrong. */
export async function validateConsistency(sql: Sql, pair: Pair, now: Date): Promise<Consistency> {
  const { userId, specialization } = pair
  const [progress] = await readProgress(sql, userId, specialization)
  const [license] = await readCoupledLicense(sql, userId, specialization)
  const issues = (await findingsOfPair(sql, pair, now)).map(withAction)
  return {
    user_id: userId,
    specialization_id: specialization,
    is_consistent: issues.length === 0,
    ...levelsOf({ progress, license }),
    kind: issues[0]?.kind ?? null,
    recommended_action: issues[0]?.recommended_action ?? null,
    issues,
  }
}

/**
 * Repairs one pair in one transaction, looks again, and closes the violations that are mended. A
 * dry run changes nothing and says what would be done.
 */
export async function repairPair(
  service: Service,
  pair: Pair,
  { direction, dryRun, actorId }: RepairRequest,
): Promise<Repair> {
  const now = service.clock.now()
  return inTransaction(service.pool, async (tx) => {
    const held = await holdPair(tx, pair, { dryRun, now })
    const version = held.progress?.ladder_version ?? 1
    const ladder = await ladderOf(tx, `${pair.specialization}_PROGRESS`, version)
    const plan = planRepair(ladder, held, direction, now)
    if (!dryRun) await applyRepair(tx, { pair, held, plan, ladder, actorId, now })
    const remaining = dryRun
      ? (await findingsOfPair(tx, pair, now)).filter(needsPerson).map(({ kind }) => kind)
      : await closeMended(tx, pair, now)
    return {
      user_id: pair.userId,
      specialization_id: pair.specialization,
      dry_run: dryRun,
      success: true,
      changed: !dryRun && plan.actions.length > 0,
      actions: [...plan.actions],
      before: levelsOf(held),
      after: { progress_level: plan.level, license_level: plan.level },
      is_consistent: remaining.length === 0,
      remaining,
      error: null,
    }
  })
}

/** Whether no sync mends it: credits are somebody's money, and the expiry job has its own round. */
export function needsPerson({ kind, details }: Pick<Finding, 'kind' | 'details'>): boolean {
  return (
    kind === 'balance_mismatch' ||
    (kind === 'expired_active' && details['in_specialization_table'] === true)
  )
}

async function closeMended(tx: PoolClient, pair: Pair, now: Date): Promise<ViolationKind[]> {
  const remaining = (await findingsOfPair(tx, pair, now)).map(({ kind }) => kind)
  await closeViolationsOf(tx, pair.userId, pair.specialization, remaining, now)
  return remaining
}

async function findingsOfPair(
  sql: Sql,
  { userId, specialization }: Pair,
  now: Date,
): Promise<Finding[]> {
  const found = await findingsOf(sql, now, userId)
  return found.filter((finding) => finding.specialization === specialization)
}

function levelsOf({ progress, license }: Partial<HeldPair>): LevelPair {
  return {
    progress_level: progress?.current_level ?? null,
    license_level: license?.current_level ?? null,
  }
}
