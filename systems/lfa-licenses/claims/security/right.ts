import { claim, type HttpClient } from 'etalon'
import { openAcademy, takeIn, type Academy, type Student } from '../academy.ts'
import { wronglyRefused } from '../contract.ts'
import { doorsTo, type Door } from './license-door.ts'
import { licenseState } from '../license-state.ts'
import { issueLicense, placeOf } from '../license.ts'
import { personOf, type Person } from '../person.ts'
import { dayOf, enrollIn, enrollPaid, type Season } from '../season.ts'

type Page = { readonly items: readonly { readonly user_id: number; readonly license_id: number }[] }

const nobody = 999_999_999
const foreign = '403 LFA_LICENSE_FOREIGN'
const forbidden = '403 LFA_FORBIDDEN'
const everyone = { LFA_PLAYER: nobody, GANCUJU: nobody, INTERNSHIP: nobody, COACH: nobody }

claim('LFA-R-16', async ({ system, sql, random, prove }) => {
  const academy = await openAcademy(system, random, 'rights')
  const { admin, instructor, seasons } = academy
  const elsewhere = await openAcademy(system, random, 'rights-elsewhere')
  const stranger = elsewhere.instructor
  const { holder, licenseIds, enrollmentIds } = await takeIn(system, academy, 'student:rights')
  const rival = await takeIn(system, elsewhere, 'student:rights-rival')
  const untaught = await openAcademy(system, random, 'rights-untaught', { sessions: 0 })
  const semesterIds = idsOf(untaught.seasons)
  const doors = doorsTo({ licenseIds, enrollmentIds, semesterIds })
  const before = await licenseState(sql, holder.id)

  const intruders = [
    ...refusals(doors.read, rival.holder, foreign),
    ...refusals(doors.hold, rival.holder, foreign),
    ...refusals(doors.teach, rival.holder, forbidden),
    ...refusals([...doors.read, ...doors.hold, ...doors.teach], stranger, foreign),
    ...refusals(doors.hold, instructor, foreign),
    ...refusals(doors.teach, holder, forbidden),
  ]
  prove('ways into a foreign licence', await wronglyRefused(intruders)).isEmpty()
  prove('the licences after that', await licenseState(sql, holder.id)).equals(before)

  const gone = doorsTo({ licenseIds: everyone, enrollmentIds: everyone, semesterIds })
  prove('unknown licences that are not answered with 404', [
    ...(await otherThan(gone.read, [holder, instructor, admin], [404])),
    ...(await otherThan(gone.hold, [holder, instructor, admin], [404])),
    ...(await otherThan(gone.teach, [instructor, admin], [404])),
  ]).isEmpty()

  prove('doors closed to who may use them', [
    ...(await otherThan(doors.read, [holder, instructor, admin], [200])),
    ...(await otherThan(doors.teach, [instructor, admin], [200])),
    // Without credits a spend and a renewal are refused by a rule, which only the owner meets.
    ...(await otherThan(doors.hold, [holder], [200, 201, 400])),
  ]).isEmpty()

  const listed = async (by: HttpClient, list: string): Promise<readonly number[]> => {
    const { body } = await by.get<Page>(`/api/v1/${list}`).expect(200)
    return [...new Set(body.items.map(({ user_id }) => user_id))]
  }
  prove('whose licences and enrolments each one is shown', [
    await listed(holder, 'licenses/unified'),
    await listed(holder, 'enrollments'),
    await listed(holder, `enrollments?user_id=${rival.holder.id}`),
    await listed(stranger, 'licenses/unified'),
    await listed(stranger, `enrollments?user_id=${holder.id}`),
    await listed(admin, `licenses/unified?user_id=${holder.id}`),
  ]).equals([[holder.id], [holder.id], [], [rival.holder.id], [], [holder.id]])

  const own = await takeInTeacher(academy)
  const [session] = seasons.GANCUJU.sessionIds
  const roll = `/api/v1/sessions/${session}/roll-call`
  const { status } = await instructor.get(roll)
  prove("the roll call of the instructor's own session", status).equals(200)
  const wrong = await wronglyRefused([
    ['XP for himself', foreign, xp(own, instructor)],
    ['XP for his own presence', foreign, present(seasons.INTERNSHIP, instructor)],
    ['hours for his own presence', foreign, present(seasons.COACH, instructor)],
    ['the roll call of another', '403 LFA_SESSION_FOREIGN', stranger.get(roll)],
    ['the roll call, by a student', forbidden, holder.get(roll)],
    [
      'the view of another, by a student',
      forbidden,
      rival.holder.get(`/api/v1/licenses/unified?user_id=${holder.id}`),
    ],
    // The holder has cancelled above what no session was marked in, and nobody teaches it now.
    [
      'a licence that is not enrolled any more',
      foreign,
      instructor.get(`${placeOf.LFA_PLAYER.path}/licenses/${licenseIds.LFA_PLAYER}`),
    ],
  ])
  prove('further wrong refusals', wrong).isEmpty()
})

claim('LFA-R-16', { name: 'progress' }, async ({ system, random, prove }) => {
  const academy = await openAcademy(system, random, 'progress-rights')
  const { admin, instructor } = academy
  const { holder } = await takeIn(system, academy, 'student:progress-rights')
  const { instructor: stranger } = await openAcademy(system, random, 'progress-elsewhere')
  const rival = await personOf(system, 'student:progress-rights-rival')
  const view = '/api/v1/specializations/progress'
  const refused = (callers: readonly HttpClient[], id: number, expected: string): Attempt[] =>
    callers.map((by) => {
      const answer = by.get(`${view}/PLAYER`, { query: { user_id: id } })
      return [`${by.actor} looks at ${id}`, expected, answer]
    })

  const before = await wronglyRefused([
    ...refused([holder, rival, instructor, stranger, admin], nobody, '404 LFA_USER_UNKNOWN'),
    ...refused([rival, stranger], holder.id, '403 LFA_PROGRESS_FOREIGN'),
    ...refused([holder, instructor, admin], holder.id, '404 LFA_PROGRESS_UNKNOWN'),
  ])
  prove('wrong refusals before progress is begun', before).isEmpty()
  await holder.post(view, { specialization_id: 'PLAYER' }).expect(201)
  const after = await wronglyRefused([
    ...refused([rival, stranger], holder.id, '403 LFA_PROGRESS_FOREIGN'),
    ...refused([holder, instructor, admin], holder.id, '200 '),
  ])
  prove('wrong answers once it is begun', after).isEmpty()
})

claim('LFA-R-16', { name: 'former-student' }, async ({ system, sql, random, prove }) => {
  const endings: Readonly<
    Record<string, (year: Academy, student: Student) => PromiseLike<unknown>>
  > = {
    'after graduation': (_, { enrollmentIds }) =>
      sql.run(`update internship_enrollments set status = 'GRADUATED' where id = $1`, [
        enrollmentIds.INTERNSHIP,
      ]),
    'once the semester is completed': ({ admin, seasons }) =>
      admin.patch(`/api/v1/semesters/${seasons.INTERNSHIP.semesterId}`, { status: 'COMPLETED' }),
    'once the semester is called off': ({ admin, seasons }) =>
      admin.patch(`/api/v1/semesters/${seasons.INTERNSHIP.semesterId}`, { status: 'CANCELLED' }),
    'after the last day': ({ admin, seasons }) =>
      admin.patch(`/api/v1/semesters/${seasons.INTERNSHIP.semesterId}`, {
        end_date: dayOf(Date.now() - 86_400_000),
      }),
  }
  for (const [ending, end] of Object.entries(endings)) {
    const academy = await openAcademy(system, random, `past-${random.text(6)}`)
    const { instructor } = academy
    const student = await takeIn(system, academy, `student:${random.text(8)}`)
    const { holder, licenseIds } = student
    const id = licenseIds.INTERNSHIP
    await holder.post('/api/v1/specializations/progress', { specialization_id: 'INTERNSHIP' })
    const update = {
      student_id: holder.id,
      specialization_id: 'INTERNSHIP',
      xp_gained: 1,
      sessions_completed: 0,
    }
    const doors: readonly Door[] = [
      ...['', '/expiry'].map((path) => getting(`/api/v1/internship/licenses/${id}${path}`)),
      getting(`/api/v1/internship/credits/transactions?license_id=${id}`),
      getting(`/api/v1/specializations/progress/INTERNSHIP?user_id=${holder.id}`),
      posting('/api/v1/internship/xp', { license_id: id, xp_gained: 1 }),
      posting('/api/v1/specializations/progress/update', update),
    ]
    prove(
      `doors closed before it is ${ending}`,
      await otherThan(doors, [instructor], [200]),
    ).isEmpty()
    await end(academy, student)
    const before = await licenseState(sql, holder.id)
    prove(`doors open ${ending}`, await otherThan(doors, [instructor], [403])).isEmpty()
    prove(`licences changed ${ending}`, await licenseState(sql, holder.id)).equals(before)
    const shown: (readonly number[])[] = []
    for (const list of ['licenses/unified', 'licenses/roster']) {
      const { body } = await instructor.get<Page>(`/api/v1/${list}`).expect(200)
      shown.push(body.items.map(({ license_id }) => license_id).filter((one) => one === id))
    }
    prove(`lists that show the licence ${ending}`, shown).equals([[], []])
  }
})

function getting(path: string): Door {
  return { name: `GET ${path}`, open: (by) => by.get(path) }
}

function posting(path: string, body: unknown): Door {
  return { name: `POST ${path}`, open: (by) => by.post(path, body) }
}

type Attempt = readonly [what: string, expected: string, answer: ReturnType<Door['open']>]

function refusals(doors: readonly Door[], by: HttpClient, expected: string): Attempt[] {
  return doors.map(({ name, open }) => [`${by.actor}: ${name}`, expected, open(by)])
}

/** What was answered with none of these statuses; one after another, because some change things. */
async function otherThan(
  doors: readonly Door[],
  callers: readonly HttpClient[],
  statuses: readonly number[],
): Promise<string[]> {
  const found: string[] = []
  for (const by of callers) {
    for (const { name, open } of doors) {
      const { status } = await open(by)
      if (!statuses.includes(status)) found.push(`${by.actor}: ${name}: ${status}`)
    }
  }
  return found
}

function xp(license_id: number, by: HttpClient): ReturnType<Door['open']> {
  return by.post('/api/v1/internship/xp', { license_id, xp_gained: 1 })
}

/** Takes the instructor into two of his own seasons; gives his internship licence. */
async function takeInTeacher({ admin, instructor, seasons }: Academy): Promise<number> {
  const own = await issueLicense(instructor, 'INTERNSHIP')
  await enrollPaid(seasons.INTERNSHIP, { holder: instructor, licenseId: own, admin })
  const coached = await issueLicense(instructor, 'COACH')
  await enrollIn(seasons.COACH, { holder: instructor, licenseId: coached, admin })
  return own
}

/** Somebody marks himself present in the first session of a season. */
function present({ sessionIds }: Season, by: Person): ReturnType<Door['open']> {
  const mark = { session_id: sessionIds[0], user_id: by.id, status: 'PRESENT' }
  return by.post('/api/v1/attendance', mark)
}

function idsOf(
  seasons: Readonly<Record<keyof typeof placeOf, { readonly semesterId: number }>>,
): Readonly<Record<keyof typeof placeOf, number>> {
  return {
    LFA_PLAYER: seasons.LFA_PLAYER.semesterId,
    GANCUJU: seasons.GANCUJU.semesterId,
    INTERNSHIP: seasons.INTERNSHIP.semesterId,
    COACH: seasons.COACH.semesterId,
  }
}
