import { claim, outcomeOfResponse } from 'etalon'
import { buyCredits } from '../credit.ts'
import { issueLicense, placeOf } from '../license.ts'
import { personOf } from '../person.ts'
import { balanceOf, spend } from '../purse.ts'
import { dayOf, enrollIn, enrollPaid, planSeason } from '../season.ts'

const price = 300
const closed = '400 LFA_SEMESTER_CLOSED'
const exceeded = '400 LFA_PRICE_EXCEEDED'

claim('LFA-D-09', { name: 'price' }, async ({ system, sql, random, histories, prove }) => {
  const admin = await personOf(system, 'admin:price-tag')
  for (const specialization of ['LFA_PLAYER', 'INTERNSHIP'] as const) {
    const holder = await personOf(system, `student:price-tag-${specialization}`)
    const licenseId = await issueLicense(holder, specialization)
    await buyCredits({ holder, admin }, specialization, 2_000)
    const who = { holder, licenseId, admin }
    const plan = { specialization, instructor: admin, costCredits: price, sessions: 0 }
    const pay = async (id: number, amount: number): Promise<string> => {
      const { status, body } = await spend(holder, specialization, id, amount)
      const { error } = body as { error?: { code: string } }
      return [status, error?.code].join(' ').trim()
    }

    const id = await enrollIn(await planSeason(admin, random, plan), who)
    prove(`${specialization}: one credit more than the price`, await pay(id, price + 1)).equals(
      exceeded,
    )
    const race = await histories.concurrently({ actors: 8, operations: 8 }, async () =>
      outcomeOfResponse(await spend(holder, specialization, id, 100)),
    )
    prove(`${specialization}: of eight hundreds at once, taken for 300`, race.ok.length).equals(3)
    const paid = `select payment_verified from ${placeOf[specialization].enrollments} where id = $1`
    prove(`${specialization}: it is paid`, await sql.value<boolean>(paid, [id])).isTrue()
    prove(`${specialization}: one credit for what is paid`, await pay(id, 1)).equals(exceeded)
    const byTransfer = await enrollPaid(await planSeason(admin, random, plan), who)
    prove(`${specialization}: one credit beside a transfer`, await pay(byTransfer, 1)).equals(
      exceeded,
    )

    const yesterday = dayOf(Date.now() - 86_400_000)
    const ends = [
      { status: 'COMPLETED' },
      { status: 'CANCELLED' },
      { status: 'DRAFT' },
      { end_date: yesterday },
    ]
    const answers: string[] = []
    for (const end of ends) {
      const season = await planSeason(admin, random, plan)
      const unpaid = await enrollIn(season, who)
      await admin.patch(`/api/v1/semesters/${season.semesterId}`, end).expect(200)
      answers.push(await pay(unpaid, 100))
    }
    prove(`${specialization}: completed, called off, a draft again, over`, answers).equals(
      ends.map(() => closed),
    )
    const { credit_balance } = await balanceOf(holder, specialization)
    prove(`${specialization}: credits left of 2,000`, credit_balance).equals(2_000 - price)
  }
})
