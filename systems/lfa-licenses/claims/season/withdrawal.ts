import { claim, type HttpResponse } from 'etalon'
import { buyCredits } from '../credit.ts'
import { wronglyRefused } from '../contract.ts'
import { issueLicense } from '../license.ts'
import { personOf } from '../person.ts'
import { balanceOf, spend } from '../purse.ts'
import { enrollIn, enrollPaid, planSeason, type Season } from '../season.ts'

claim('LFA-ENR-01', { name: 'withdrawal' }, async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:withdrawal')
  const instructor = await personOf(system, 'instructor:withdrawal')
  const holder = await personOf(system, 'student:withdrawal')
  const licenseId = await issueLicense(holder, 'INTERNSHIP')
  await buyCredits({ holder, admin }, 'INTERNSHIP', 100)
  const plan = { specialization: 'INTERNSHIP', instructor } as const
  const enter = async (): Promise<Season & { readonly id: number }> => {
    const season = await planSeason(admin, random, plan)
    return { ...season, id: await enrollPaid(season, { holder, licenseId, admin }) }
  }
  const leave = (id: number): PromiseLike<HttpResponse> =>
    holder.post(`/api/v1/enrollments/${id}/cancel`)
  const end = ({ semesterId }: Season, body: object): PromiseLike<HttpResponse> =>
    admin.patch(`/api/v1/semesters/${semesterId}`, body).expect(200)

  const absent = await enter()
  await instructor
    .post('/api/v1/attendance', {
      session_id: absent.sessionIds[0],
      user_id: holder.id,
      status: 'ABSENT',
    })
    .expect(201)
  const begun = await enter()
  await sql.run(
    `update sessions set starts_at = e.created_at + interval '1 millisecond',
       ends_at = e.created_at + interval '1 hour'
     from internship_enrollments e where sessions.semester_id = e.semester_id and e.id = $1`,
    [begun.id],
  )
  const completed = await enter()
  await end(completed, { status: 'COMPLETED' })
  const over = await enter()
  await end(over, { end_date: new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10) })
  const wrong = await wronglyRefused([
    ['with a mark', '409 LFA_ENROLLMENT_ATTENDED', leave(absent.id)],
    ['once a session has begun', '409 LFA_ENROLLMENT_ATTENDED', leave(begun.id)],
    ['once the semester is completed', '400 LFA_SEMESTER_CLOSED', leave(completed.id)],
    ['after its last day', '400 LFA_SEMESTER_CLOSED', leave(over.id)],
  ])
  prove('withdrawals that were not refused as they should be', wrong).isEmpty()

  const called = await planSeason(admin, random, { ...plan, costCredits: 100 })
  const calledId = await enrollIn(called, { holder, licenseId, admin })
  await spend(holder, 'INTERNSHIP', calledId, 100).expect(201)
  await instructor
    .post('/api/v1/attendance', {
      session_id: called.sessionIds[0],
      user_id: holder.id,
      status: 'EXCUSED',
    })
    .expect(201)
  await end(called, { status: 'CANCELLED' })
  const { status } = await leave(calledId)
  prove('leaving a semester that was called off after a mark in it', status).equals(200)
  const { credit_balance } = await balanceOf(holder, 'INTERNSHIP')
  prove('credits after it', credit_balance).equals(100)
})
