import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addMonths, daysRemaining, renewedUntil, validityStatus } from '../src/validity.ts'

const at = (text: string): Date => new Date(text)
const instants = fc.date({ min: at('1990-01-01'), max: at('2090-01-01'), noInvalidDate: true })
const months = fc.integer({ min: 1, max: 120 })

describe('months', () => {
  test.each([
    ['2025-11-30T08:00:00Z', 3, '2026-02-28T08:00:00Z'],
    ['2023-11-30T08:00:00Z', 3, '2024-02-29T08:00:00Z'],
    ['2025-01-31T23:59:59Z', 1, '2025-02-28T23:59:59Z'],
    ['2025-01-15T00:00:00Z', 15, '2026-04-15T00:00:00Z'],
    ['2024-02-29T00:00:00Z', 24, '2026-02-28T00:00:00Z'],
  ])('%s and %i of them are %s', (from, count, expected) => {
    expect(addMonths(at(from), count)).toEqual(at(expected))
  })

  test('keep the time of day, and the day where the month has it', () => {
    fc.assert(
      fc.property(instants, months, (from, count) => {
        const to = addMonths(from, count)
        expect(to.toISOString().slice(11)).toBe(from.toISOString().slice(11))
        const daysInMonth = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0))
        expect(to.getUTCDate()).toBe(Math.min(from.getUTCDate(), daysInMonth.getUTCDate()))
        const passed = (date: Date): number => date.getUTCFullYear() * 12 + date.getUTCMonth()
        expect(passed(to) - passed(from)).toBe(count)
      }),
    )
  })

  test('never bring a later start to an earlier end', () => {
    fc.assert(
      fc.property(instants, instants, months, (one, other, count) => {
        const [first, second] = one <= other ? [one, other] : [other, one]
        expect(addMonths(first, count).getTime()).toBeLessThanOrEqual(
          addMonths(second, count).getTime(),
        )
      }),
    )
  })
})

describe('a renewal', () => {
  test('counts from the expiry, or from now when that has passed', () => {
    const now = at('2026-03-10T12:00:00Z')
    expect(renewedUntil(at('2026-05-31T12:00:00Z'), now, 15)).toEqual(at('2027-08-31T12:00:00Z'))
    expect(renewedUntil(at('2026-03-09T12:00:00Z'), now, 15)).toEqual(at('2027-06-10T12:00:00Z'))
  })

  test('always gives more time', () => {
    fc.assert(
      fc.property(instants, instants, months, (expiresAt, now, count) => {
        const until = renewedUntil(expiresAt, now, count)
        expect(until > expiresAt && until > now).toBe(true)
      }),
    )
  })
})

describe('the status', () => {
  const now = at('2026-03-01T00:00:00Z')
  test.each([
    [null, 'perpetual', 0],
    ['2026-03-01T00:00:00Z', 'expired', 0],
    ['2026-03-01T00:00:01Z', 'expiring_soon', 1],
    ['2026-03-31T00:00:00Z', 'expiring_soon', 30],
    ['2026-03-31T00:00:01Z', 'active', 31],
  ])('of a licence until %s is %s', (until, status, days) => {
    const expiresAt = until === null ? null : at(until)
    expect(validityStatus(expiresAt, now, 30)).toBe(status)
    if (expiresAt) expect(daysRemaining(expiresAt, now)).toBe(days)
  })
})
