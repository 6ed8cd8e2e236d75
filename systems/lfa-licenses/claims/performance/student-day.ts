import type { ClaimContext, LoadRequest, Random, Sql } from 'etalon'
import { buyCredits } from '../credit.ts'
import { issueAll, type LicenseIds } from '../license.ts'
import { personOf, type Person } from '../person.ts'
import { enrollIn, enrollPaid, planSeason } from '../season.ts'

/** What a signed-in student's pages ask for, by what it is about. */
const pages: Readonly<Record<string, readonly string[]>> = {
  account: ['/api/v1/users/me'],
  licences: [
    '/api/v1/licenses/unified',
    '/api/v1/licenses/expiring?days=30',
    '/api/v1/licenses/cards',
    '/api/v1/lfa-player/licenses/me',
    '/api/v1/gancuju/licenses/me',
    '/api/v1/internship/licenses/me',
    '/api/v1/coach/licenses/me',
  ],
  credits: ['/api/v1/internship/credits/balance', '/api/v1/lfa-player/credits/transactions'],
  semesters: ['/api/v1/semesters', '/api/v1/sessions', '/api/v1/enrollments'],
  progress: ['/api/v1/specializations/progress/me', '/api/v1/specializations/levels/PLAYER'],
}

const priceMax = 1_000_000

/** A student, and the enrolment that he pays for bit by bit. */
interface Pupil {
  readonly student: Person
  readonly licenseIds: LicenseIds
  readonly payable: number
}

/** Who writes about them, and the session that the roll is called in. */
interface Staff {
  readonly admin: Person
  readonly instructor: Person
  readonly sessionId: number | undefined
}

/**
 * So many days of so many students with all four licences: everything that their pages show, and
 * what they and their teachers write. Every day has semesters of its own to enrol in.
 */
export async function studentDays(
  context: ClaimContext,
  count: { readonly students: number; readonly days: number },
): Promise<LoadRequest[]> {
  const { sql, random } = context
  const { staff, pupils } = await openSchool(context, count.students)
  const semesterIds = await insertSemesters(sql, random, count.days)
  return semesterIds.flatMap((semesterId) =>
    pupils.flatMap((pupil) => [...reads(pupil), ...writes(pupil, staff, semesterId)]),
  )
}

async function openSchool(
  { system, random }: ClaimContext,
  students: number,
): Promise<{ readonly staff: Staff; readonly pupils: readonly Pupil[] }> {
  const admin = await personOf(system, 'admin:school')
  const instructor = await personOf(system, 'instructor:school')
  const plan = { instructor, capacity: students } as const
  const dear = {
    ...plan,
    specialization: 'LFA_PLAYER',
    sessions: 0,
    costCredits: priceMax,
  } as const
  const season = await planSeason(admin, random, dear)
  const taught = await planSeason(admin, random, { ...plan, specialization: 'GANCUJU' })
  const pupils = await Promise.all(
    Array.from({ length: students }, async () => {
      const student = await personOf(system, `student:${random.text(8)}`)
      const licenseIds = await issueAll(student)
      const of = (licenseId: number) => ({ holder: student, licenseId, admin })
      await enrollPaid(taught, of(licenseIds.GANCUJU))
      const payable = await enrollIn(season, of(licenseIds.LFA_PLAYER))
      await buyCredits({ holder: student, admin }, 'LFA_PLAYER', priceMax)
      return { student, licenseIds, payable }
    }),
  )
  return { staff: { admin, instructor, sessionId: taught.sessionIds[0] }, pupils }
}

function reads({ student }: Pupil): LoadRequest[] {
  const { headers } = student
  return Object.entries(pages).flatMap(([name, paths]) =>
    paths.map((path) => ({ name, path, headers })),
  )
}

function writes(
  { student, licenseIds, payable }: Pupil,
  { admin, instructor, sessionId }: Staff,
  semester_id: number,
): LoadRequest[] {
  const post = (name: string, by: Person, path: string, json: unknown): LoadRequest => ({
    name,
    method: 'POST',
    path: `/api/v1/${path}`,
    headers: by.headers,
    json,
  })
  const grant = { license_id: licenseIds.INTERNSHIP, xp_gained: 10 }
  // A late student may be marked again, and each mark takes what a present one takes.
  const mark = { session_id: sessionId, user_id: student.id, status: 'LATE' }
  const update = { student_id: student.id, specialization_id: 'PLAYER', xp_gained: 100 }
  return [
    post('enrol', student, 'internship/enrollments', { semester_id }),
    post('purchase', student, 'lfa-player/credits/purchase', { amount: 10 }),
    post('spend', student, 'lfa-player/credits/spend', { enrollment_id: payable, amount: 1 }),
    post('grant XP', admin, 'internship/xp', grant),
    post('mark attendance', instructor, 'attendance', mark),
    post('update progress', admin, 'specializations/progress/update', {
      ...update,
      sessions_completed: 1,
    }),
    {
      name: 'assess skills',
      method: 'PUT',
      path: `/api/v1/lfa-player/licenses/${licenseIds.LFA_PLAYER}/skills`,
      headers: admin.headers,
      json: { passing_avg: 60 },
    },
  ]
}

/** Semesters for interns that are open from today, put into the database. */
async function insertSemesters(sql: Sql, random: Random, count: number): Promise<number[]> {
  const rows = await sql.rows<{ id: number }>(
    `insert into semesters
       (code, name, specialization_type, start_date, end_date, status, cost_credits)
     select $1 || n, 'One of many', 'INTERNSHIP', current_date, current_date + 30, 'OPEN', 500
     from generate_series(1, $2::int) n returning id`,
    [random.text(10), count],
  )
  return rows.map(({ id }) => id)
}
