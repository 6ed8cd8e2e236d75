import type { PoolClient } from 'pg'
import { inTransaction, recordAudit, requestError } from 'service-kit'
import type { Actor } from '../actor.ts'
import { ageInYears } from '../age-group.ts'
import type { CoupledSpecialization } from '../coupled.ts'
import { fail } from '../error.ts'
import { advanced, type Gain, type Progress } from '../progress.ts'
import type { ProgressRow, ProgressUpdate, SyncResult } from '../schema/progress.ts'
import type { Service } from '../service.ts'
import { advanceProgress, findStudent, writeProgress } from '../store/progress.ts'
import { holdProgress, ladderOfProgress, syncLicense, type Pair } from './coupling.ts'

/**
 * Adds what a student has done, in one transaction with all that follows from it. The licence is
 * synchronized when the level rises and only then, and then `sync_result` says what was done to
 * it; every sync is kept in the audit log.
 */
export async function updateProgress(
  tx: PoolClient,
  service: Service,
  actor: Actor,
  { pair, gain }: { readonly pair: Pair; readonly gain: Gain },
): Promise<ProgressUpdate> {
  const now = service.clock.now()
  await requireTeaches(tx, actor, pair, now)
  const { progress } = await holdProgress(tx, pair, now)
  const ladder = await ladderOfProgress(tx, progress)
  const { requireHours } = service.domain.certification
  const after = advanced(ladder, progress, gain, { requireHours })
  const earned = await advance(tx, actor, { progress, after, gain, now })
  const oldLevel = progress.current_level
  const newLevel = after.current_level
  const sync =
    newLevel > oldLevel ? await syncFor(tx, pair, { progressId: progress.id, after, now }) : null
  return {
    student_id: pair.userId,
    specialization_id: pair.specialization,
    old_level: oldLevel,
    new_level: newLevel,
    levels_gained: newLevel - oldLevel,
    leveled_up: newLevel > oldLevel,
    old_xp: progress.total_xp,
    new_xp: after.total_xp,
    completed_sessions: after.completed_sessions,
    completed_projects: after.completed_projects,
    sync_result: sync,
    achievements_earned: earned,
  }
}

interface Advance {
  readonly progress: ProgressRow
  readonly after: Progress
  readonly gain: Gain
  readonly now: Date
}

/** Writes what progress has become, and gives the achievements that this earned. */
function advance(
  tx: PoolClient,
  actor: Actor,
  { progress, after, gain, now }: Advance,
): ReturnType<typeof advanceProgress> {
  const { current_level, total_xp } = after
  return advanceProgress(
    tx,
    progress.id,
    current_level,
    total_xp,
    after.completed_sessions,
    after.completed_projects,
    after.theory_hours_completed,
    after.practice_hours_completed,
    now,
    actor.id,
    JSON.stringify({ current_level: progress.current_level, total_xp: progress.total_xp }),
    JSON.stringify({ ...gain, current_level, total_xp }),
  )
}

/** Writes what progress has become; the caller holds the row. */
export async function write(
  tx: PoolClient,
  { id }: ProgressRow,
  after: Progress,
  now: Date,
): Promise<void> {
  await writeProgress(
    tx,
    id,
    after.current_level,
    after.total_xp,
    after.completed_sessions,
    after.completed_projects,
    after.theory_hours_completed,
    after.practice_hours_completed,
    now,
  )
}

async function syncFor(
  tx: PoolClient,
  pair: Pair,
  { progressId, after, now }: { progressId: number; after: Progress; now: Date },
): Promise<SyncResult> {
  const { total_xp, completed_sessions } = after
  const result = await syncLicense(tx, pair, after.current_level, {
    advancedBy: null,
    reason: 'progress reached the level',
    requirementsMet: { total_xp, completed_sessions },
    at: now,
  })
  await recordAudit(tx, {
    actorId: null,
    action: 'progress.sync',
    entity: 'progress',
    entityId: progressId,
    after: result,
    at: now,
  })
  return result
}

/**
 * Begins a specialization: progress and licence at level 1. Everyone may for himself, an admin for
 * others. Throws `LFA_PROGRESS_EXISTS` when there is progress already.
 */
export async function beginProgress(
  service: Service,
  actor: Actor,
  userId: number,
  specialization: CoupledSpecialization,
): Promise<void> {
  if (userId !== actor.id && actor.role !== 'ADMIN') throw requestError('FORBIDDEN')
  const now = service.clock.now()
  await inTransaction(service.pool, async (tx) => {
    const [student] = await findStudent[specialization](tx, userId, actor.id, now)
    if (student === undefined) throw fail('LFA_USER_UNKNOWN')
    const { date_of_birth: birth, min_age: minAge } = student
    if (birth !== null && ageInYears(birth, now.toISOString().slice(0, 10)) < minAge) {
      throw fail('LFA_AGE_NOT_ALLOWED', { min_age: minAge })
    }
    const { progress, isNew } = await holdProgress(tx, { userId, specialization }, now)
    if (!isNew) throw fail('LFA_PROGRESS_EXISTS')
    await recordAudit(tx, {
      actorId: actor.id,
      action: 'progress.begin',
      entity: 'progress',
      entityId: progress.id,
      after: progress,
      at: now,
    })
  })
}

/** Throws unless the actor may change what the student has done: nobody for himself but admins. */
async function requireTeaches(
  tx: PoolClient,
  actor: Actor,
  { userId, specialization }: Pair,
  now: Date,
): Promise<void> {
  // That there is such a user is seen by the database when his progress is made.
  if (actor.role === 'ADMIN') return
  const [student] = await findStudent[specialization](tx, userId, actor.id, now)
  if (student === undefined) throw fail('LFA_USER_UNKNOWN')
  if (!student.in_scope || userId === actor.id) throw fail('LFA_PROGRESS_FOREIGN')
}
