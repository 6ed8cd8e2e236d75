import type { PoolClient } from 'pg'
import { AppError, recordAudit } from 'service-kit'
import type { Actor } from '../actor.ts'
import { fail } from '../error.ts'
import type { Ladder } from '../level.ts'
import { placedAt } from '../progress.ts'
import type { AtomicUpdate } from '../schema/progress.ts'
import type { Service } from '../service.ts'
import { earnAchievements } from '../store/achievement.ts'
import { findStudent } from '../store/progress.ts'
import { holdProgress, ladderOfProgress, syncLicense, type Pair } from './coupling.ts'
import { write } from './progress.ts'

/** A level that an admin gives. */
export interface LevelChange {
  readonly new_level: number
  readonly xp_change: number
  readonly sessions_change: number
  readonly reason: string
}

/**
 * Puts both sides of a pair at a level: both change or neither does. Progress gets at least what
 * the level takes. Throws `LFA_LEVEL_OUT_OF_RANGE` or `LFA_PROGRESS_NEGATIVE` with the details'
 * `error_type` `validation_error`, and `LFA_UPDATE_FAILED` with `database_error`.
 */
export async function updateLevelAtomic(
  tx: PoolClient,
  service: Service,
  actor: Actor,
  { pair, change }: { readonly pair: Pair; readonly change: LevelChange },
): Promise<AtomicUpdate> {
  const now = service.clock.now()
  const [student] = await findStudent[pair.specialization](tx, pair.userId, actor.id, now)
  if (student === undefined) throw fail('LFA_USER_UNKNOWN')
  const { progress } = await holdProgress(tx, pair, now)
  const ladder = await ladderOfProgress(tx, progress)
  requireLevel(ladder, change.new_level)
  const changed = {
    ...progress,
    total_xp: progress.total_xp + change.xp_change,
    completed_sessions: progress.completed_sessions + change.sessions_change,
  }
  if (changed.total_xp < 0 || changed.completed_sessions < 0) {
    throw fail('LFA_PROGRESS_NEGATIVE', { error_type: 'validation_error' })
  }
  const after = placedAt(ladder, changed, change.new_level)
  await write(tx, progress, after, now)
  const { total_xp, completed_sessions } = after
  const sync = await syncLicense(tx, pair, change.new_level, {
    advancedBy: actor.id,
    reason: change.reason,
    requirementsMet: { total_xp, completed_sessions },
    at: now,
  })
  await earnAchievements(
    tx,
    pair.userId,
    pair.specialization,
    after.current_level,
    after.completed_sessions,
    now,
  )
  await recordAudit(tx, {
    actorId: actor.id,
    action: 'progress.set-level',
    entity: 'progress',
    entityId: progress.id,
    before: { current_level: progress.current_level, total_xp: progress.total_xp },
    after: { current_level: after.current_level, total_xp: after.total_xp, ...change },
    at: now,
  })
  return {
    success: true,
    student_id: pair.userId,
    specialization_id: pair.specialization,
    progress: {
      old_level: progress.current_level,
      new_level: after.current_level,
      old_xp: progress.total_xp,
      new_xp: after.total_xp,
    },
    license: { old_level: sync.old_license_level, new_level: sync.new_license_level },
  }
}

/** Says of a failure that is none of the domain's that the database left both sides as they were. */
export function toUpdateFailure(error: unknown): unknown {
  if (error instanceof AppError) return error
  const failure = fail('LFA_UPDATE_FAILED', { error_type: 'database_error' })
  failure.cause = error
  return failure
}

function requireLevel(ladder: Ladder, level: number): void {
  const maxLevel = ladder.at(-1)?.level ?? 1
  if (level >= 1 && level <= maxLevel) return
  throw fail('LFA_LEVEL_OUT_OF_RANGE', { error_type: 'validation_error', max_level: maxLevel })
}
