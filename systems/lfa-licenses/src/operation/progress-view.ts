import type { Sql } from 'service-kit'
import type { Actor } from '../actor.ts'
import type { CoupledSpecialization, ProgressLadder } from '../coupled.ts'
import { fail } from '../error.ts'
import type { Level } from '../level.ts'
import { distanceOf } from '../progress.ts'
import type { Achievement, ProgressRow, ProgressView } from '../schema/progress.ts'
import type { Service } from '../service.ts'
import { readAchievements } from '../store/achievement.ts'
import { readCoupledLicense } from '../store/coupled-license.ts'
import { currentVersion, ladderOf } from '../store/ladder.ts'
import { findStudent, readProgress, readProgressOf } from '../store/progress.ts'

/** The caller's progress in every specialization that he has begun. */
export async function ownProgress(service: Service, actor: Actor): Promise<ProgressView[]> {
  const rows = await readProgressOf(service.pool, actor.id)
  const achievements = await readAchievements(service.pool, actor.id)
  return Promise.all(rows.map((row) => show(service, row, achievements)))
}

/** A student's progress in one specialization: his own, or of those whom the actor teaches. */
export async function readProgressView(
  service: Service,
  actor: Actor,
  userId: number,
  specialization: CoupledSpecialization,
): Promise<ProgressView> {
  const { pool, clock } = service
  if (userId !== actor.id) {
    const [student] = await findStudent[specialization](pool, userId, actor.id, clock.now())
    if (student === undefined) throw fail('LFA_USER_UNKNOWN')
    const teaches = actor.role === 'INSTRUCTOR' && student.in_scope
    if (actor.role !== 'ADMIN' && !teaches) throw fail('LFA_PROGRESS_FOREIGN')
  }
  const [row] = await readProgress(pool, userId, specialization)
  if (row === undefined) throw fail('LFA_PROGRESS_UNKNOWN')
  return show(service, row, await readAchievements(pool, userId))
}

async function show(
  { pool, domain }: Service,
  row: ProgressRow,
  achievements: readonly Achievement[],
): Promise<ProgressView> {
  const { student_id, specialization_id: specialization } = row
  const ladder = await ladderOf(pool, `${specialization}_PROGRESS`, row.ladder_version)
  const [license] = await readCoupledLicense(pool, student_id, specialization)
  const at = ladder.find(({ level }) => level === row.current_level)
  const { requireHours } = domain.certification
  return {
    ...row,
    level_name: at?.name ?? `Level ${row.current_level}`,
    level_color: at?.color ?? null,
    ...distanceOf(ladder, row, { requireHours }),
    license: license ?? null,
    is_consistent: license?.current_level === row.current_level,
    achievements: achievements.filter(
      ({ specialization_id: of }) => of === null || of === specialization,
    ),
  }
}

/** What each level takes, in the version under which progress begins now. */
export async function readLevels(
  sql: Sql,
  specialization: CoupledSpecialization,
): Promise<{ ladder_id: ProgressLadder; version: number; levels: Level[] }> {
  const ladderId: ProgressLadder = `${specialization}_PROGRESS`
  const [row] = await currentVersion(sql, ladderId)
  const version = row?.current_version ?? 1
  return { ladder_id: ladderId, version, levels: [...(await ladderOf(sql, ladderId, version))] }
}
