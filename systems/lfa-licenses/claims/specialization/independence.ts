import { claim, type Sql } from 'etalon'
import { openAcademy, takeIn, type Academy, type Student } from '../academy.ts'
import { buyCredits } from '../credit.ts'
import { runExpiryJob } from '../expiry-job.ts'
import { fillLicenses } from './license-record.ts'
import {
  issueAll,
  placeOf,
  specializations,
  type LicenseIds,
  type Specialization,
} from '../license.ts'
import { changedBetween, licenseState } from '../license-state.ts'
import { personOf, type Person } from '../person.ts'
import { rowsUnder, treeTables } from './user-tree.ts'

claim('LFA-R-03', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:changes')
  const holder = await personOf(system, 'student:changes')
  const bystander = await personOf(system, 'student:beside')
  const ids = await issueAll(holder)
  await issueAll(bystander)
  const beside = await licenseState(sql, bystander.id)

  const change = async (
    what: string,
    name: Specialization,
    act: () => Promise<unknown>,
  ): Promise<void> => {
    const before = await licenseState(sql, holder.id)
    await act()
    const changed = changedBetween(before, await licenseState(sql, holder.id))
    prove(`licences changed by ${what}`, changed).equals([name])
  }
  for (const step of random.shuffle(stepsOf(admin, holder, ids))) await change(...step)

  for (const name of random.shuffle(['INTERNSHIP', 'COACH'] as const)) {
    const { licenses } = placeOf[name]
    await change(`the expiry of ${name}`, name, async () => {
      await sql.run(`update ${licenses} set expires_at = now() where id = $1`, [ids[name]])
      await runExpiryJob(system)
    })
    const active = await sql.value<boolean>(`select is_active from ${licenses} where id = $1`, [
      ids[name],
    ])
    prove(`the expired ${name} licence is active`, active).equals(false)
  }
  for (const name of random.shuffle(specializations)) {
    const remove = (): Promise<unknown> => admin.delete(`/api/v1/licenses/${ids[name]}`).expect(204)
    await change(`deleting ${name}`, name, remove)
  }
  const after = await licenseState(sql, bystander.id)
  prove("somebody else's licences changed", changedBetween(beside, after)).isEmpty()
})

type Step = [what: string, changed: Specialization, act: () => Promise<unknown>]

/** One change of everything that a licence can hold. */
function stepsOf(admin: Person, holder: Person, ids: LicenseIds): Step[] {
  const { LFA_PLAYER, GANCUJU, INTERNSHIP, COACH } = ids
  const post = (path: string, body: unknown) => () =>
    admin.post(`/api/v1/${path}`, body).expect(200)
  const override_reason = 'recognised elsewhere'
  const examination = { exam_score_percent: 90, first_aid_certificate: true, override_reason }
  return [
    ['XP', 'INTERNSHIP', post('internship/xp', { license_id: INTERNSHIP, xp_gained: 5_000 })],
    ['credits', 'LFA_PLAYER', () => buyCredits({ holder, admin }, 'LFA_PLAYER', 50)],
    [
      'a renewal',
      'INTERNSHIP',
      async () => {
        await buyCredits({ holder, admin }, 'INTERNSHIP', 1_000)
        await holder.post(`/api/v1/internship/licenses/${INTERNSHIP}/renew`).expect(200)
      },
    ],
    [
      'skills',
      'LFA_PLAYER',
      () =>
        admin
          .put(`/api/v1/lfa-player/licenses/${LFA_PLAYER}/skills`, { passing_avg: 71 })
          .expect(200),
    ],
    ['a win', 'GANCUJU', post('gancuju/competitions', { license_id: GANCUJU, won: true })],
    ['a belt', 'GANCUJU', post(`gancuju/licenses/${GANCUJU}/promote`, { override_reason })],
    ['theory hours', 'COACH', post('coach/theory-hours', { license_id: COACH, hours: 8 })],
    ['a certification', 'COACH', post(`coach/licenses/${COACH}/promote`, examination)],
    ['the renewal of a coach', 'COACH', post(`coach/licenses/${COACH}/renew`, undefined)],
  ]
}

claim(['LFA-T-09', 'LFA-R-11'], async ({ system, sql, random, prove }) => {
  const academy = await openAcademy(system, random, 'deletes')
  const { admin, seasons } = academy
  const leaving = await takeIn(system, academy, 'student:leaves')
  const staying = await takeIn(system, academy, 'student:remains')
  for (const student of [leaving, staying]) await useEverything(academy, student)
  await admin
    .patch(`/api/v1/semesters/${seasons.LFA_PLAYER.semesterId}`, { status: 'COMPLETED' })
    .expect(200)
  const { holder, licenseIds, enrollmentIds } = leaving
  const graduated = await admin
    .post<{ code: string }>(`/api/v1/enrollments/${enrollmentIds.LFA_PLAYER}/graduate`)
    .expect(200)
  await addWhatTimeAdds(sql, leaving)

  const all = {
    userId: holder.id,
    licenseIds: Object.values(licenseIds),
    enrollmentIds: Object.values(enrollmentIds),
  }
  const before = await rowsUnder(sql, all)
  prove('tables with something of the user', Object.keys(before).length).equals(treeTables)
  const others = await licenseState(sql, staying.holder.id)

  const gone = random.pick(specializations)
  const licenses = await licenseState(sql, holder.id)
  const asStudent = await holder.delete(`/api/v1/licenses/${licenseIds[gone]}`)
  prove('a student deleting the own licence', asStudent.status).equals(403)
  await admin.delete(`/api/v1/licenses/${licenseIds[gone]}`).expect(204)
  const tree = { userId: 0, licenseIds: [licenseIds[gone]], enrollmentIds: [enrollmentIds[gone]] }
  prove(`rows left of the ${gone} licence`, await rowsUnder(sql, tree)).equals({})
  const changed = changedBetween(licenses, await licenseState(sql, holder.id))
  prove(`licences changed by deleting ${gone}`, changed).equals([gone])
  const xp = await sql.one(
    `select xp_balance as kept, (select coalesce(sum(amount), 0) from xp_transactions
       where user_id = u.id) as booked from users u where id = $1`,
    [holder.id],
  )
  prove('XP of the user and of the remaining ledger', xp).satisfies(
    'the same',
    (found) => (found as { kept: number }).kept === (found as { booked: number }).booked,
  )

  await admin.delete(`/api/v1/users/${holder.id}`).expect(204)
  prove('rows left of the user', await rowsUnder(sql, all)).equals({})
  const check = await system.anonymous.get(`/api/v1/verify/${graduated.body.code}`)
  prove('checking the certificate of a deleted user', check.status).equals(404)
  const kept = changedBetween(others, await licenseState(sql, staying.holder.id))
  prove("a classmate's licences changed", kept).isEmpty()
})

/** Attendance, credits, XP, levels and skills, so that every table holds something. */
async function useEverything(academy: Academy, { holder, licenseIds }: Student): Promise<void> {
  const { admin, instructor, seasons } = academy
  for (const name of specializations) {
    const session_id = seasons[name].sessionIds[0]
    const mark = { session_id, user_id: holder.id, status: 'PRESENT' }
    await instructor.post('/api/v1/attendance', mark).expect(201)
  }
  await buyCredits({ holder, admin }, 'LFA_PLAYER', 300)
  await buyCredits({ holder, admin }, 'INTERNSHIP', 300)
  await fillLicenses(admin, licenseIds, { xp: 3_000, hours: 10 })
  await admin.post(`/api/v1/gancuju/licenses/${licenseIds.GANCUJU}/promote`).expect(200)
}

/** What only years would bring: notices, approvals, and a row of the older table. */
async function addWhatTimeAdds(sql: Sql, { holder, licenseIds }: Student): Promise<void> {
  const { GANCUJU, INTERNSHIP, COACH } = licenseIds
  await sql.run(
    `insert into expiry_notices
       (internship_license_id, coach_license_id, expires_at, days_before, noticed_at)
     values ($1, null, now(), 30, now()), (null, $2, now(), 30, now())`,
    [INTERNSHIP, COACH],
  )
  await sql.run(
    `insert into promotion_approvals (gancuju_license_id, to_level, approved_by, approved_at)
     select $1, 8, id, now() from users where role = 'ADMIN' limit 1`,
    [GANCUJU],
  )
  await sql.run(
    `insert into user_licenses (user_id, specialization_type, started_at)
     values ($1, 'PLAYER', now())`,
    [holder.id],
  )
}
