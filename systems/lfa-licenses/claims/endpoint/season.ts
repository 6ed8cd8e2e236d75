import { claim, type HttpResponse } from 'etalon'
import { openScene, proveContract, type Scene } from './api-scene.ts'
import { differences, wronglyRefused } from '../contract.ts'
import { issueAll, type LicenseIds } from '../license.ts'
import { personOf, type Person } from '../person.ts'
import { dayOf, planSeason } from '../season.ts'

type Row = Readonly<Record<string, unknown>>
type Made = Row & { readonly id: number }
type Page = { readonly items: readonly Row[]; readonly total: number }

const dayMs = 86_400_000
const shape = '422 LFA_VALIDATION_FAILED'
const forbidden = '403 LFA_FORBIDDEN'
const nobody = 999_999_999

claim('LFA-API-08', async (context) => {
  const scene = await openScene(context, 'api-season')
  const instructor = await personOf(scene.system, 'instructor:api-season')
  const licenseIds = await issueAll(scene.student)
  const semester = await proveSemesters(scene)
  const session = await proveSessions(scene, semester, instructor)
  const enrollmentId = await proveEnrolling(scene, semester, licenseIds)
  await proveAttendance(scene, { semester, session, enrollmentId, instructor })
  await proveGraduation(scene, { semester, enrollmentId, licenseId: licenseIds.LFA_PLAYER })
  await proveLists(scene, licenseIds)
  proveContract(scene, [
    'POST /semesters',
    'GET /semesters',
    'GET /semesters/{id}',
    'PATCH /semesters/{id}',
    'POST /sessions',
    'GET /sessions',
    'GET /sessions/{id}',
    'PATCH /sessions/{id}',
    'POST /lfa-player/enrollments',
    'POST /gancuju/enrollments',
    'POST /internship/enrollments',
    'POST /coach/assignments',
    'POST /enrollments/{id}/verify-payment',
    'POST /attendance',
    'POST /enrollments/{id}/graduate',
    'GET /licenses/unified',
    'GET /licenses/expiring',
    'GET /licenses/{id}/certificate',
    'GET /verify/{code}',
  ])
})

async function proveSemesters({
  sql,
  random,
  prove,
  contract,
  admin,
  student,
}: Scene): Promise<number> {
  const body = {
    code: `S-${random.text(8)}`,
    name: 'Spring',
    specialization_type: 'LFA_PLAYER',
    start_date: dayOf(Date.now() - dayMs),
    end_date: dayOf(Date.now() + 30 * dayMs),
    cost_credits: 500,
  }
  const made = await contract.call<Made>(admin, 'POST /semesters', { body })
  prove('the new semester', made).holds({ ...body, status: 'DRAFT' })
  const path = { id: made.id }
  const opened = await contract.call<Row>(admin, 'PATCH /semesters/{id}', {
    path,
    body: { status: 'OPEN', name: 'Spring term' },
  })
  prove('the semester after the change', opened).holds({ name: 'Spring term', status: 'OPEN' })
  const row = await sql.one<Row>(
    `select *, start_date::text, end_date::text from semesters where id = $1`,
    [made.id],
  )
  const read = await contract.call<Row>(student, 'GET /semesters/{id}', { path })
  const list = await contract.call<Page>(student, 'GET /semesters', {
    query: { specialization: 'LFA_PLAYER', status: 'OPEN' },
  })
  prove('the semester, told and kept', differences(read, row)).isEmpty()
  prove(
    'the semester in the list',
    list.items.filter(({ id }) => id === made.id),
  ).equals([read])
  const plan = (further: Row, by = admin): PromiseLike<HttpResponse> =>
    by.post('/api/v1/semesters', { ...body, code: `S-${random.text(8)}`, ...further })
  const wrong = await wronglyRefused([
    ['the same code', '409 LFA_SEMESTER_EXISTS', plan({ code: body.code })],
    ['a start at the end', '400 LFA_PERIOD_INVALID', plan({ end_date: body.start_date })],
    ['a price below 0', shape, plan({ cost_credits: -1 })],
    ['an unknown state', shape, plan({ status: 'LATER' })],
    ['by a student', forbidden, plan({}, student)],
    [
      'changing nothing there',
      '404 LFA_SEMESTER_UNKNOWN',
      admin.patch(`/api/v1/semesters/${nobody}`, { name: 'x' }),
    ],
  ])
  prove('semesters: wrong refusals', wrong).isEmpty()
  return made.id
}

async function proveSessions(
  { sql, prove, contract, admin, student }: Scene,
  semester_id: number,
  instructor: Person,
): Promise<number> {
  const startsAt = Date.now() - 3_600_000
  const body = {
    semester_id,
    starts_at: new Date(startsAt).toISOString(),
    ends_at: new Date(startsAt + 1_800_000).toISOString(),
    session_type: 'HYBRID',
    instructor_id: instructor.id,
    capacity: 1,
  }
  const made = await contract.call<Made>(admin, 'POST /sessions', { body })
  prove('the new session', made).holds({ ...body, base_xp: 50, theory_hours: 0 })
  const path = { id: made.id }
  await contract.call(admin, 'PATCH /sessions/{id}', { path, body: { title: 'First' } })
  const row = await sql.one<Row>('select * from sessions where id = $1', [made.id])
  const read = await contract.call<Row>(student, 'GET /sessions/{id}', { path })
  const list = await contract.call<Page>(student, 'GET /sessions', { query: { semester_id } })
  prove('the session, told and kept', differences(read, row)).isEmpty()
  prove('the sessions of the semester', list.items).equals([{ ...read, title: 'First' }])
  const plan = (further: Row, by = admin): PromiseLike<HttpResponse> =>
    by.post('/api/v1/sessions', { ...body, ...further })
  const wrong = await wronglyRefused([
    ['an end at the start', '400 LFA_PERIOD_INVALID', plan({ ends_at: body.starts_at })],
    ['no place', shape, plan({ capacity: 0 })],
    ['an unknown type', shape, plan({ session_type: 'OUTDOOR' })],
    ['a student as instructor', '400 LFA_INSTRUCTOR_UNKNOWN', plan({ instructor_id: student.id })],
    ['no such semester', '404 LFA_SEMESTER_UNKNOWN', plan({ semester_id: nobody })],
    ['by an instructor', forbidden, plan({}, instructor)],
  ])
  prove('sessions: wrong refusals', wrong).isEmpty()
  return made.id
}

async function proveEnrolling(
  scene: Scene,
  semester_id: number,
  licenseIds: LicenseIds,
): Promise<number> {
  const { random, prove, contract, admin, student, rival } = scene
  const instructor = admin
  const others = ['GANCUJU', 'INTERNSHIP', 'COACH'] as const
  const seasons = await Promise.all(
    others.map((specialization) =>
      planSeason(admin, random, { specialization, instructor, sessions: 0 }),
    ),
  )
  const [gancuju, internship, coach] = seasons.map(({ semesterId }) => semesterId)
  const enrolled = await contract.call<Row & { enrollment_id: number }>(
    student,
    'POST /lfa-player/enrollments',
    { body: { semester_id, payment_reference_code: 'PAY-1' } },
  )
  prove('the enrolment', enrolled).holds({
    specialization_type: 'LFA_PLAYER',
    license_id: licenseIds.LFA_PLAYER,
    user_id: student.id,
    payment_verified: false,
    payment_reference_code: 'PAY-1',
    status: 'ENROLLED',
  })
  await contract.call(student, 'POST /gancuju/enrollments', { body: { semester_id: gancuju } })
  await contract.call(student, 'POST /internship/enrollments', {
    body: { semester_id: internship },
  })
  const assigned = await contract.call<Row>(admin, 'POST /coach/assignments', {
    body: { semester_id: coach, license_id: licenseIds.COACH, assignment_role: 'MENTOR' },
  })
  prove('the assignment', assigned).holds({ assignment_role: 'MENTOR', payment_verified: true })
  const path = '/api/v1/lfa-player/enrollments'
  const wrong = await wronglyRefused([
    ['a second time', '409 LFA_ENROLLMENT_EXISTS', student.post(path, { semester_id })],
    [
      'in a season of another kind',
      '400 LFA_SPECIALIZATION_MISMATCH',
      student.post(path, { semester_id: gancuju }),
    ],
    ['in no semester', '404 LFA_SEMESTER_UNKNOWN', student.post(path, { semester_id: nobody })],
    ['without a licence', '404 LFA_LICENSE_UNKNOWN', rival.post(path, { semester_id })],
    [
      "somebody else's licence",
      '403 LFA_LICENSE_FOREIGN',
      rival.post(path, { semester_id, license_id: licenseIds.LFA_PLAYER }),
    ],
    [
      'assigning oneself',
      forbidden,
      student.post('/api/v1/coach/assignments', {
        semester_id: coach,
        license_id: licenseIds.COACH,
        assignment_role: 'MENTOR',
      }),
    ],
    [
      'verifying for oneself',
      forbidden,
      student.post(`/api/v1/enrollments/${enrolled.enrollment_id}/verify-payment`),
    ],
  ])
  prove('enrolling: wrong refusals', wrong).isEmpty()
  return enrolled.enrollment_id
}

interface Marking {
  readonly semester: number
  readonly session: number
  readonly enrollmentId: number
  readonly instructor: Person
}

async function proveAttendance(
  { system, sql, prove, contract, admin, student }: Scene,
  { session, enrollmentId, instructor }: Marking,
): Promise<void> {
  const stranger = await personOf(system, 'instructor:api-season-stranger')
  const body = {
    session_id: session,
    user_id: student.id,
    status: 'PRESENT',
    instructor_rating: 4,
    quiz_score_percent: 90,
  }
  const mark = (further: Row, by = instructor): PromiseLike<HttpResponse> =>
    by.post('/api/v1/attendance', { ...body, ...further })
  const early = await wronglyRefused([['before payment', '409 LFA_PAYMENT_UNVERIFIED', mark({})]])
  const verified = await contract.call<Row>(admin, 'POST /enrollments/{id}/verify-payment', {
    path: { id: enrollmentId },
  })
  prove('the enrolment after the payment', verified).holds({ payment_verified: true })
  const marked = await contract.call<Row>(instructor, 'POST /attendance', { body })
  prove('the mark', marked).holds({
    enrollment_id: enrollmentId,
    specialization_type: 'LFA_PLAYER',
    status: 'PRESENT',
    xp_earned: 50 + 4 * 10 + 150,
  })
  const row = await sql.one<Row>('select * from lfa_player_attendance where id = $1', [
    marked['attendance_id'],
  ])
  prove('the mark, told and kept', differences({ ...marked, id: row['id'] }, row)).isEmpty()
  const wrong = await wronglyRefused([
    ['twice', '409 LFA_ATTENDANCE_TAKEN', mark({})],
    ['a rating of 6', shape, mark({ instructor_rating: 6 })],
    ['by the student', forbidden, mark({}, student)],
    ['by who does not teach it', '403 LFA_SESSION_FOREIGN', mark({}, stranger)],
    ['somebody not enrolled', '404 LFA_ENROLLMENT_UNKNOWN', mark({ user_id: admin.id })],
    ['no such session', '404 LFA_SESSION_UNKNOWN', mark({ session_id: nobody })],
  ])
  prove('attendance: wrong refusals', [...early, ...wrong]).isEmpty()
}

async function proveGraduation(
  { system, prove, contract, admin, student, rival }: Scene,
  {
    semester,
    enrollmentId,
    licenseId,
  }: { semester: number; enrollmentId: number; licenseId: number },
): Promise<void> {
  const { anonymous } = system
  const graduate = (by: Person): PromiseLike<HttpResponse> =>
    by.post(`/api/v1/enrollments/${enrollmentId}/graduate`)
  const certificateOf = `/api/v1/licenses/${licenseId}/certificate`
  const early = await wronglyRefused([
    ['a semester still running', '400 LFA_GRADUATION_NOT_EARNED', graduate(admin)],
    ['by the student', forbidden, graduate(student)],
    ['a certificate before', '404 LFA_CERTIFICATE_UNKNOWN', student.get(certificateOf)],
  ])
  await admin
    .put(`/api/v1/lfa-player/licenses/${licenseId}/skills`, { heading_avg: 60 })
    .expect(200)
  await admin.patch(`/api/v1/semesters/${semester}`, { status: 'COMPLETED' }).expect(200)
  const issued = await contract.call<Row>(admin, 'POST /enrollments/{id}/graduate', {
    path: { id: enrollmentId },
  })
  prove('the certificate', issued).holds({
    license_id: licenseId,
    enrollment_id: enrollmentId,
    user_id: student.id,
    specialization_type: 'LFA_PLAYER',
    holder_name: 'student:api-season',
    semester_name: 'Spring term',
    overall_avg: 10,
    attendance_percent: 100,
    revoked_at: null,
  })
  const read = await contract.call<Row>(student, 'GET /licenses/{id}/certificate', {
    path: { id: licenseId },
  })
  prove('the certificate as its holder reads it', read).equals(issued)
  const code = String(issued['code'])
  const { license_id, enrollment_id, user_id, ...open } = issued
  const verified = await contract.call<Row>(anonymous, 'GET /verify/{code}', { path: { code } })
  prove('the certificate as a stranger verifies it', verified).equals({ ...open, status: 'valid' })
  prove('ids that he does not see', [license_id, enrollment_id, user_id].length).equals(3)
  const wrong = await wronglyRefused([
    ['graduating again', '409 LFA_ENROLLMENT_CLOSED', graduate(admin)],
    ['a certificate for a rival', '403 LFA_LICENSE_FOREIGN', rival.get(certificateOf)],
    [
      'a code nobody was given',
      '404 LFA_CERTIFICATE_UNKNOWN',
      anonymous.get('/api/v1/verify/AAAAAAAA'),
    ],
    ['no code at all', shape, anonymous.get('/api/v1/verify/a-b')],
  ])
  prove('graduation: wrong refusals', [...early, ...wrong]).isEmpty()
}

async function proveLists(
  { system, sql, prove, contract, admin, student, rival }: Scene,
  licenseIds: LicenseIds,
): Promise<void> {
  const unified = await contract.call<Page>(student, 'GET /licenses/unified')
  const asked = await contract.call<Page>(admin, 'GET /licenses/unified', {
    query: { user_id: student.id },
  })
  const rows = await sql.rows<Row>(
    'select * from v_all_active_licenses where user_id = $1 order by license_id',
    [student.id],
  )
  const untrue = unified.items.flatMap((item, at) => differences(item, rows[at] ?? {}))
  prove(
    'licences in the unified view',
    unified.items.map((item) => item['license_id']),
  ).equals(Object.values(licenseIds).toSorted((a, b) => a - b))
  prove('the view, told and kept', untrue).isEmpty()
  prove('the view as an admin asks for it', asked.items).equals(unified.items)

  await sql.run(`update coach_licenses set expires_at = now() + interval '30 days' where id = $1`, [
    licenseIds.COACH,
  ])
  const within = async (days: number): Promise<unknown[]> => {
    const page = await contract.call<Page>(student, 'GET /licenses/expiring', { query: { days } })
    return page.items.map((item) => item['specialization_type'])
  }
  const usual = await contract.call<Page>(student, 'GET /licenses/expiring')
  prove('licences that expire in 29, 30 and 1,000 days, and as a rule', [
    await within(29),
    await within(30),
    await within(1_000),
    usual.items.map((item) => item['specialization_type']),
  ]).equals([[], ['COACH'], ['COACH', 'INTERNSHIP'], ['COACH']])
  const { anonymous } = system
  const wrong = await wronglyRefused([
    [
      "somebody else's view",
      forbidden,
      rival.get(`/api/v1/licenses/unified?user_id=${student.id}`),
    ],
    ['days in words', shape, student.get('/api/v1/licenses/expiring?days=soon')],
    ['without a token', '401 LFA_UNAUTHENTICATED', anonymous.get('/api/v1/licenses/unified')],
    [
      'expiring without a token',
      '401 LFA_UNAUTHENTICATED',
      anonymous.get('/api/v1/licenses/expiring'),
    ],
  ])
  prove('lists: wrong refusals', wrong).isEmpty()
}
