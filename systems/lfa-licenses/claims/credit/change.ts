import { outcomeOfResponse, type ClaimContext, type History, type HttpResponse } from 'etalon'
import { buyCredits, orderCredits, type CreditSpecialization } from '../credit.ts'
import { placeOf } from '../license.ts'
import { personOf, type Person } from '../person.ts'
import { openPurse, spend, type Purse } from '../purse.ts'
import { enrollIn } from '../season.ts'

/** Somebody with credits; the enrolment is the one that he is in at the moment. */
interface Member {
  readonly specialization: CreditSpecialization
  readonly holder: Person
  readonly purse: Purse
  enrollmentId: number
}

const changes = ['spend', 'verify', 'leave', 'order', 'renew'] as const

type Change = (typeof changes)[number]

/** What is to be done to a member's credits. */
interface Step {
  readonly change: Change
  readonly amount: number
  readonly admin: Person
}

/** Changes the credits of several people in every way that there is, all of them at once. */
export async function changeCredits(
  { system, random, histories }: Pick<ClaimContext, 'system' | 'random' | 'histories'>,
  of: { readonly members: number; readonly changes: number },
): Promise<History> {
  const admin = await personOf(system, 'admin:treasurer')
  const members: Member[] = []
  for (let place = 0; place < of.members; place += 1) {
    const specialization = place % 2 === 0 ? 'INTERNSHIP' : 'LFA_PLAYER'
    const holder = await personOf(system, `student:member-${place}`)
    const purse = await openPurse(specialization, { holder, admin, random })
    await buyCredits({ holder, admin }, specialization, 4_000)
    await spend(holder, specialization, purse.enrollmentId, 150).expect(201)
    members.push({ specialization, holder, purse, enrollmentId: purse.enrollmentId })
  }
  return histories.concurrently(
    {
      actors: 8,
      operations: of.changes,
      input: (index, draw) => ({
        change: changes[index % changes.length] as Change,
        member: draw.pick(members),
        amount: draw.integer(1, 400),
      }),
    },
    async ({ change, member, amount }) =>
      outcomeOfResponse(await doTo(member, { change, amount, admin })),
  )
}

async function doTo(member: Member, { change, amount, admin }: Step): Promise<HttpResponse> {
  const { specialization, holder, purse } = member
  const { path } = placeOf[specialization]
  switch (change) {
    case 'spend':
      return spend(holder, specialization, member.enrollmentId, amount)
    case 'verify': {
      const id = await orderCredits(holder, specialization, amount)
      return admin.post(`${path}/credits/${id}/verify`)
    }
    case 'order':
      return holder.post(`${path}/credits/purchase`, { amount })
    case 'renew':
      return holder.post(`${path}/licenses/${purse.licenseId}/renew`)
    case 'leave': {
      const left = await holder.post(`/api/v1/enrollments/${member.enrollmentId}/cancel`)
      if (left.status === 200) {
        member.enrollmentId = await enrollIn(purse.season, {
          holder,
          licenseId: purse.licenseId,
          admin,
        })
      }
      return left
    }
  }
}
