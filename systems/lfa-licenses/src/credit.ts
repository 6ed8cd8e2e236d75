/** The kinds of a credit transaction; purchases and refunds add, the others take. */
export const creditTypes = ['PURCHASE', 'SPENT', 'REFUND', 'RENEWAL', 'EXPIRED'] as const

/** The totals of one licence's verified transactions, each as a positive number. */
export interface CreditTotals {
  /** Bought so long ago that it has expired. */
  readonly expiredPurchases: number
  /** Everything taken so far: spent, used for renewals, and taken out as expired. */
  readonly taken: number
  readonly refunded: number
}

/**
 * How many credits are due to be taken out as expired. Credits are used in the order in which they
 * expire, so what was taken was taken from the oldest purchases first.
 */
export function creditsDue({ expiredPurchases, taken, refunded }: CreditTotals): number {
  return Math.max(0, expiredPurchases - (taken - refunded))
}
