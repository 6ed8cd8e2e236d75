/** Where a licence stands on its way to its expiry. */
export const validityStatuses = ['active', 'expiring_soon', 'expired', 'perpetual'] as const

export type ValidityStatus = (typeof validityStatuses)[number]

const dayMs = 86_400_000

/**
 * The same day of a later month, in UTC; where that month is too short, its last day: 30 November
 * plus three months is 28 or 29 February. The time of day stays.
 */
export function addMonths(from: Date, months: number): Date {
  const result = new Date(from)
  const dayOfMonth = from.getUTCDate()
  result.setUTCDate(1)
  result.setUTCMonth(result.getUTCMonth() + months)
  const daysInMonth = new Date(
    Date.UTC(result.getUTCFullYear(), result.getUTCMonth() + 1, 0),
  ).getUTCDate()
  result.setUTCDate(Math.min(dayOfMonth, daysInMonth))
  return result
}

/** Renewal counts from the old expiry, or from now when that has passed. */
export function renewedUntil(expiresAt: Date, now: Date, months: number): Date {
  return addMonths(expiresAt > now ? expiresAt : now, months)
}

/** Whole days that are left, rounded up; 0 once the licence has expired. */
export function daysRemaining(expiresAt: Date, now: Date): number {
  return Math.max(0, Math.ceil((expiresAt.getTime() - now.getTime()) / dayMs))
}

/** The moment this many days after another. */
export function addDays(from: Date, days: number): Date {
  return new Date(from.getTime() + days * dayMs)
}

/** A licence without an expiry is perpetual. */
export function validityStatus(
  expiresAt: Date | null,
  now: Date,
  expiringSoonDays: number,
): ValidityStatus {
  if (expiresAt === null) return 'perpetual'
  if (expiresAt <= now) return 'expired'
  return expiresAt <= addDays(now, expiringSoonDays) ? 'expiring_soon' : 'active'
}
