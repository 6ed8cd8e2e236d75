import { placeOf } from './license.ts'
import type { Person } from './person.ts'

/** The specializations that have credits. */
export type CreditSpecialization = 'LFA_PLAYER' | 'INTERNSHIP'

/** Enters a purchase for the holder's own licence; gives its id. It waits to be verified. */
export async function orderCredits(
  holder: Person,
  specialization: CreditSpecialization,
  amount: number,
): Promise<number> {
  const path = `${placeOf[specialization].path}/credits/purchase`
  const made = await holder.post<{ transaction: { id: number } }>(path, { amount }).expect(201)
  return made.body.transaction.id
}

/** Buys credits and has the payment verified. */
export async function buyCredits(
  { holder, admin }: { holder: Person; admin: Person },
  specialization: CreditSpecialization,
  amount: number,
): Promise<void> {
  const id = await orderCredits(holder, specialization, amount)
  await admin.post(`${placeOf[specialization].path}/credits/${id}/verify`).expect(200)
}
