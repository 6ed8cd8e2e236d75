import { statement, type Statement } from 'service-kit'
import type { AttendanceStatus, Attendance, RollCallLine } from '../schema/attendance.ts'
import type { SessionType } from '../attendance-xp.ts'
import { namesOf, specializations, type Specialization } from '../specialization.ts'

/** A session with what its semester says. */
export interface SessionDetail {
  readonly id: number
  readonly semester_id: number
  readonly specialization_type: Specialization
  readonly semester_status: string
  readonly starts_at: Date
  readonly session_type: SessionType
  readonly instructor_id: number | null
  readonly capacity: number
  readonly base_xp: number
  readonly theory_hours: number
  readonly practice_hours: number
}

const sessionById = `select s.id, s.semester_id, m.specialization_type,
    m.status as semester_status, s.starts_at, s.session_type, s.instructor_id, s.capacity, s.base_xp,
    s.theory_hours, s.practice_hours
  from sessions s join semesters m on m.id = s.semester_id where s.id = $1`

export const findSession = statement<SessionDetail, [id: number]>('session-by-id', sessionById)

/** Holds a session, so that its places are given out one after the other. */
export const lockSession = statement<SessionDetail, [id: number]>(
  'session-lock',
  `${sessionById} for no key update of s`,
)

/** What a mark writes. */
type MarkValues = [
  enrollmentId: number,
  sessionId: number,
  status: AttendanceStatus,
  checkedInAt: Date | null,
  checkedInBy: number,
  notes: string | null,
  now: Date,
]

type Earned = [first: number, second: number]

type Rated = [instructorRating: number | null, quizScorePercent: number | null, xpEarned: number]

const marked = `id as attendance_id, enrollment_id, session_id, status, checked_in_at, notes`

function upsert(prefix: string, own: readonly string[]): string {
  const columns = ['status', 'checked_in_at', 'checked_in_by', 'notes', ...own]
  const values = own.map((_column, at) => `$${at + 8}`)
  return `insert into ${prefix}_attendance as a
      (enrollment_id, session_id, ${columns.join(', ')}, created_at)
    values ($1, $2, $3, $4, $5, $6, ${[...values, '$7'].join(', ')})
    on conflict (enrollment_id, session_id) do update
    set ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}
    where a.status <> 'PRESENT'`
}

const noXp = '0 as xp_earned'
const noHours = '0 as theory_hours_earned, 0 as practice_hours_earned'

/** Marks, or changes a mark other than PRESENT; gives no row when the mark was PRESENT. */
export const markPlayer = markRated('lfa_player')
export const markInternship = markRated('internship')

export const markGancuju = statement<Attendance, MarkValues>(
  'gancuju-attendance-mark',
  `${upsert('gancuju', [])} returning ${marked}, ${noXp}, ${noHours}`,
)

export const markCoach = statement<Attendance, [...MarkValues, ...Earned]>(
  'coach-attendance-mark',
  `${upsert('coach', ['theory_hours_earned', 'practice_hours_earned'])}
   returning ${marked}, ${noXp}, theory_hours_earned, practice_hours_earned`,
)

function markRated(prefix: string): Statement<Attendance, [...MarkValues, ...Rated]> {
  return statement(
    `${prefix}-attendance-mark`,
    `${upsert(prefix, ['instructor_rating', 'quiz_score_percent', 'xp_earned'])}
     returning ${marked}, xp_earned, ${noHours}`,
  )
}

/** The statements that read one specialization's marks. */
interface AttendanceStatements {
  /** The enrolment of a user in a semester, held against other writers. */
  readonly lockEnrollment: Statement<
    {
      id: number
      license_id: number
      payment_verified: boolean
      status: string
    },
    [userId: number, semesterId: number]
  >
  readonly markOf: Statement<
    { status: AttendanceStatus },
    [enrollmentId: number, sessionId: number]
  >
  /** How many others have a place in the session. */
  readonly placesTaken: Statement<{ count: number }, [sessionId: number, enrollmentId: number]>
  readonly summary: Statement<
    { sessions: number; attended: number; excused: number },
    [enrollmentId: number, semesterId: number]
  >
  /** A session that the enrolment was marked in, or that has begun since there is one. */
  readonly begun: Statement<
    { id: number },
    [enrollmentId: number, semesterId: number, enrolledAt: Date, now: Date]
  >
  readonly ofEnrollment: Statement<Attendance, [enrollmentId: number]>
  readonly rollCall: Statement<RollCallLine, [sessionId: number, semesterId: number]>
}

function statementsFor(specialization: Specialization): AttendanceStatements {
  const { prefix, enrollmentTable } = namesOf[specialization]
  const isCoach = specialization === 'COACH'
  const paid = isCoach ? 'true' : 'e.payment_verified'
  const earned = {
    LFA_PLAYER: `xp_earned, ${noHours}`,
    INTERNSHIP: `xp_earned, ${noHours}`,
    GANCUJU: `${noXp}, ${noHours}`,
    COACH: `${noXp}, theory_hours_earned, practice_hours_earned`,
  }[specialization]
  return {
    lockEnrollment: statement(
      `${prefix}-attendance-enrollment`,
      `select e.id, e.license_id, ${paid} as payment_verified,
         ${isCoach ? "'ENROLLED'" : 'e.status'} as status
       from ${enrollmentTable} e join ${prefix}_licenses l on l.id = e.license_id
       where l.user_id = $1 and e.semester_id = $2 and e.is_active
       order by l.is_active desc, e.id desc limit 1 for no key update of e`,
    ),
    markOf: statement(
      `${prefix}-attendance-mark-of`,
      `select status from ${prefix}_attendance where enrollment_id = $1 and session_id = $2`,
    ),
    placesTaken: statement(
      `${prefix}-attendance-places`,
      `select count(*)::integer as count from ${prefix}_attendance
       where session_id = $1 and status in ('PRESENT', 'LATE') and enrollment_id <> $2`,
    ),
    summary: statement(
      `${prefix}-attendance-summary`,
      `select count(s.id)::integer as sessions,
         count(a.id) filter (where a.status in ('PRESENT', 'LATE'))::integer as attended,
         count(a.id) filter (where a.status = 'EXCUSED')::integer as excused
       from sessions s
       left join ${prefix}_attendance a on a.session_id = s.id and a.enrollment_id = $1
       where s.semester_id = $2`,
    ),
    begun: statement(
      `${prefix}-attendance-begun`,
      `select s.id from sessions s
       left join ${prefix}_attendance a on a.session_id = s.id and a.enrollment_id = $1
       where s.semester_id = $2
         and (a.id is not null or (s.starts_at > $3 and s.starts_at <= $4)) limit 1`,
    ),
    ofEnrollment: statement(
      `${prefix}-attendance-of-enrollment`,
      `select ${marked}, ${earned} from ${prefix}_attendance
       where enrollment_id = $1 order by session_id`,
    ),
    rollCall: statement(
      `${prefix}-attendance-roll-call`,
      `select l.user_id, u.name, e.id as enrollment_id, e.license_id,
         ${paid} as payment_verified, a.status, a.checked_in_at
       from ${enrollmentTable} e
       join ${prefix}_licenses l on l.id = e.license_id
       join users u on u.id = l.user_id
       left join ${prefix}_attendance a on a.enrollment_id = e.id and a.session_id = $1
       where e.semester_id = $2 and e.is_active order by u.name, u.id`,
    ),
  }
}

export const attendances = Object.fromEntries(
  specializations.map((name) => [name, statementsFor(name)]),
) as Readonly<Record<Specialization, AttendanceStatements>>
