import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { creditsDue } from '../src/credit.ts'

test('what was not used is due when its time is up', () => {
  expect(creditsDue({ expiredPurchases: 100, taken: 30, refunded: 0 })).toBe(70)
  expect(creditsDue({ expiredPurchases: 100, taken: 30, refunded: 10 })).toBe(80)
  expect(creditsDue({ expiredPurchases: 100, taken: 150, refunded: 0 })).toBe(0)
  expect(creditsDue({ expiredPurchases: 0, taken: 0, refunded: 0 })).toBe(0)
})

type Step =
  | { readonly kind: 'buy'; readonly amount: number; readonly days: number }
  | { readonly kind: 'spend'; readonly amount: number }
  | { readonly kind: 'wait'; readonly days: number }

const steps = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('buy' as const),
      amount: fc.integer({ min: 1, max: 50 }),
      days: fc.constant(730),
    }),
    fc.record({ kind: fc.constant('spend' as const), amount: fc.integer({ min: 1, max: 60 }) }),
    fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 400 }) }),
  ),
  { maxLength: 60 },
)

/** Keeps every purchase apart, and takes from the oldest first. */
function byLots(history: readonly Step[]): number[] {
  let lots: { left: number; until: number }[] = []
  let today = 0
  return history.map((step) => {
    if (step.kind === 'wait') today += step.days
    lots = lots.filter((lot) => lot.until > today)
    const balance = lots.reduce((sum, lot) => sum + lot.left, 0)
    if (step.kind === 'buy') lots.push({ left: step.amount, until: today + step.days })
    if (step.kind === 'spend' && step.amount <= balance) {
      let open = step.amount
      for (const lot of lots) {
        const used = Math.min(open, lot.left)
        lot.left -= used
        open -= used
      }
    }
    return lots.reduce((sum, lot) => sum + lot.left, 0)
  })
}

/** Keeps sums only, as the ledger does. */
function byTotals(history: readonly Step[]): number[] {
  const purchases: { amount: number; until: number }[] = []
  let today = 0
  let taken = 0
  let balance = 0
  return history.map((step) => {
    if (step.kind === 'wait') today += step.days
    const expired = purchases.filter((purchase) => purchase.until <= today)
    const expiredPurchases = expired.reduce((sum, purchase) => sum + purchase.amount, 0)
    const due = creditsDue({ expiredPurchases, taken, refunded: 0 })
    taken += due
    balance -= due
    if (step.kind === 'buy') {
      purchases.push({ amount: step.amount, until: today + step.days })
      balance += step.amount
    }
    if (step.kind === 'spend' && step.amount <= balance) {
      taken += step.amount
      balance -= step.amount
    }
    return balance
  })
}

test('sums tell the same balance as keeping every purchase apart', () => {
  fc.assert(
    fc.property(steps, (history) => {
      expect(byTotals(history)).toEqual(byLots(history))
    }),
  )
})
