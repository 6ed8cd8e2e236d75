import { inTransaction, recordAudit, type Sql } from 'service-kit'
import type { Actor } from '../actor.ts'
import type { SessionType } from '../attendance-xp.ts'
import { fail } from '../error.ts'
import type { Semester, SemesterStatus, Session } from '../schema/semester.ts'
import type { Service } from '../service.ts'
import type { Specialization } from '../specialization.ts'
import {
  findInstructor,
  findSemester,
  findSessionRow,
  insertSemester,
  insertSession,
  lockSemester,
  updateSemester,
  updateSession,
} from '../store/semester.ts'

/** A semester that is to be held. */
export interface NewSemester {
  readonly code: string
  readonly name: string
  readonly specialization_type: Specialization
  readonly start_date: string
  readonly end_date: string
  readonly status: SemesterStatus
  readonly cost_credits?: number | undefined
}

export interface SemesterChange {
  readonly name?: string | undefined
  readonly start_date?: string | undefined
  readonly end_date?: string | undefined
  readonly status?: SemesterStatus | undefined
  readonly cost_credits?: number | undefined
}

/** A session of a semester. */
export interface NewSession extends SessionChange {
  readonly semester_id: number
  readonly starts_at: Date
  readonly ends_at: Date
  readonly session_type: SessionType
  readonly capacity: number
}

export interface SessionChange {
  readonly title?: string | undefined
  readonly starts_at?: Date | undefined
  readonly ends_at?: Date | undefined
  readonly session_type?: SessionType | undefined
  readonly instructor_id?: number | undefined
  readonly capacity?: number | undefined
  readonly base_xp?: number | undefined
  readonly theory_hours?: number | undefined
  readonly practice_hours?: number | undefined
}

/** XP of a session that says nothing else. */
const baseXpDefault = 50

export async function createSemester(
  { pool, clock, domain }: Pick<Service, 'pool' | 'clock' | 'domain'>,
  actor: Actor,
  request: NewSemester,
): Promise<Semester> {
  const now = clock.now()
  return inTransaction(pool, async (tx) => {
    const { code, name, specialization_type, start_date, end_date, status } = request
    const cost = request.cost_credits ?? domain.seasonCostCredits
    const rows = await insertSemester(
      tx,
      code,
      name,
      specialization_type,
      start_date,
      end_date,
      status,
      cost,
      now,
    )
    const row = rows[0] as Semester
    await audit(tx, actor, { action: 'semester.create', id: row.id, after: row, at: now })
    return row
  })
}

export async function changeSemester(
  { pool, clock }: Service,
  actor: Actor,
  id: number,
  change: SemesterChange,
): Promise<Semester> {
  const at = clock.now()
  return inTransaction(pool, async (tx) => {
    const [before] = await lockSemester(tx, id)
    if (before === undefined) throw fail('LFA_SEMESTER_UNKNOWN')
    const { name = null, start_date = null, end_date = null, status = null } = change
    const cost = change.cost_credits ?? null
    const [after] = await updateSemester(tx, id, name, start_date, end_date, status, cost)
    await audit(tx, actor, { action: 'semester.change', id, before, after, at })
    return after as Semester
  })
}

export async function createSession(
  { pool, clock }: Pick<Service, 'pool' | 'clock'>,
  actor: Actor,
  request: NewSession,
): Promise<Session> {
  const now = clock.now()
  return inTransaction(pool, async (tx) => {
    const [semester] = await findSemester(tx, request.semester_id)
    if (semester === undefined) throw fail('LFA_SEMESTER_UNKNOWN')
    await requireInstructor(tx, request.instructor_id)
    const rows = await insertSession(
      tx,
      request.semester_id,
      request.title ?? null,
      request.starts_at,
      request.ends_at,
      request.session_type,
      request.instructor_id ?? null,
      request.capacity,
      request.base_xp ?? baseXpDefault,
      request.theory_hours ?? 0,
      request.practice_hours ?? 0,
      now,
    )
    const row = rows[0] as Session
    await audit(tx, actor, { action: 'session.create', id: row.id, after: row, at: now })
    return row
  })
}

export async function changeSession(
  { pool, clock }: Service,
  actor: Actor,
  id: number,
  change: SessionChange,
): Promise<Session> {
  const at = clock.now()
  return inTransaction(pool, async (tx) => {
    const [before] = await findSessionRow(tx, id)
    if (before === undefined) throw fail('LFA_SESSION_UNKNOWN')
    await requireInstructor(tx, change.instructor_id)
    const [after] = await updateSession(
      tx,
      id,
      change.title ?? null,
      change.starts_at ?? null,
      change.ends_at ?? null,
      change.session_type ?? null,
      change.instructor_id ?? null,
      change.capacity ?? null,
      change.base_xp ?? null,
      change.theory_hours ?? null,
      change.practice_hours ?? null,
    )
    await audit(tx, actor, { action: 'session.change', id, before, after, at })
    return after as Session
  })
}

async function requireInstructor(tx: Sql, id: number | undefined): Promise<void> {
  if (id === undefined) return
  const [instructor] = await findInstructor(tx, id)
  if (instructor === undefined) throw fail('LFA_INSTRUCTOR_UNKNOWN')
}

interface ScheduleAudit {
  readonly action: `${'semester' | 'session'}.${string}`
  readonly id: number
  readonly before?: unknown
  readonly after?: unknown
  readonly at: Date
}

function audit(tx: Sql, actor: Actor, { id, ...entry }: ScheduleAudit): Promise<void> {
  const [entity = ''] = entry.action.split('.')
  return recordAudit(tx, { ...entry, actorId: actor.id, entity, entityId: id })
}
