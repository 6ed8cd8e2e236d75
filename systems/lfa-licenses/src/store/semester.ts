import { statement } from 'service-kit'
import type { Semester, SemesterStatus, Session } from '../schema/semester.ts'
import type { Specialization } from '../specialization.ts'

const semesterColumns = `id, code, name, specialization_type, start_date, end_date, status,
  cost_credits, created_at`

const sessionColumns = `id, semester_id, title, starts_at, ends_at, session_type, instructor_id,
  capacity, base_xp, theory_hours, practice_hours, created_at`

export const insertSemester = statement<
  Semester,
  [
    code: string,
    name: string,
    specialization: Specialization,
    startDate: string,
    endDate: string,
    status: SemesterStatus,
    costCredits: number,
    now: Date,
  ]
>(
  'semester-insert',
  `insert into semesters
     (code, name, specialization_type, start_date, end_date, status, cost_credits, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${semesterColumns}`,
)

export const findSemester = statement<Semester, [id: number]>(
  'semester-by-id',
  `select ${semesterColumns} from semesters where id = $1`,
)

/** Holds a semester, so that nobody enrols while its status changes, and the other way round. */
export const shareSemester = statement<Semester, [id: number]>(
  'semester-share',
  `select ${semesterColumns} from semesters where id = $1 for share`,
)

export const lockSemester = statement<Semester, [id: number]>(
  'semester-lock',
  `select ${semesterColumns} from semesters where id = $1 for no key update`,
)

export const updateSemester = statement<
  Semester,
  [
    id: number,
    name: string | null,
    startDate: string | null,
    endDate: string | null,
    status: SemesterStatus | null,
    costCredits: number | null,
  ]
>(
  'semester-update',
  `update semesters
   set name = coalesce($2, name), start_date = coalesce($3, start_date),
     end_date = coalesce($4, end_date), status = coalesce($5, status),
     cost_credits = coalesce($6, cost_credits)
   where id = $1 returning ${semesterColumns}`,
)

export const insertSession = statement<
  Session,
  [
    semesterId: number,
    title: string | null,
    startsAt: Date,
    endsAt: Date,
    sessionType: string,
    instructorId: number | null,
    capacity: number,
    baseXp: number,
    theoryHours: number,
    practiceHours: number,
    now: Date,
  ]
>(
  'session-insert',
  `insert into sessions
     (semester_id, title, starts_at, ends_at, session_type, instructor_id, capacity, base_xp,
      theory_hours, practice_hours, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning ${sessionColumns}`,
)

export const findSessionRow = statement<Session, [id: number]>(
  'session-row-by-id',
  `select ${sessionColumns} from sessions where id = $1`,
)

export const updateSession = statement<
  Session,
  [
    id: number,
    title: string | null,
    startsAt: Date | null,
    endsAt: Date | null,
    sessionType: string | null,
    instructorId: number | null,
    capacity: number | null,
    baseXp: number | null,
    theoryHours: number | null,
    practiceHours: number | null,
  ]
>(
  'session-update',
  `update sessions
   set title = coalesce($2, title), starts_at = coalesce($3, starts_at),
     ends_at = coalesce($4, ends_at), session_type = coalesce($5, session_type),
     instructor_id = coalesce($6, instructor_id), capacity = coalesce($7, capacity),
     base_xp = coalesce($8, base_xp), theory_hours = coalesce($9, theory_hours),
     practice_hours = coalesce($10, practice_hours)
   where id = $1 returning ${sessionColumns}`,
)

/** A user who may teach. */
export const findInstructor = statement<{ id: number }, [id: number]>(
  'semester-instructor',
  `select id from users where id = $1 and role in ('INSTRUCTOR', 'ADMIN') and is_active`,
)
