import fc from 'fast-check'
import { expect, test } from 'vitest'
import { closingTime, dayInNewYork } from '../src/calendar/new-york.ts'
import { assignmentsOf, type NewListing } from '../src/producer/sync/assignment.ts'
import { deadlineOf, firstExpectedDay } from '../src/producer/sync/expectation.ts'
import { illiquidity, sectorChange, sectorKeyOf } from '../src/producer/sync/justification.ts'
import { taskNames } from '../src/message/sync-task.ts'
import { pendingResults, statusOf } from '../src/producer/sync/task.ts'

test('an ETF leaves its theme when it failed on 20 days, and not before', () => {
  const record = { days: 30, minVolume: 5_000_000 }
  expect(illiquidity({ ...record, failedDays: 19 })).toBeUndefined()
  expect(illiquidity({ ...record, failedDays: 20 })).toBe(
    'volume below 5,000,000 on 20 of its last 30 trading days',
  )
})

test('only a sector that is known and another one is a change', () => {
  expect(sectorKeyOf('Health Care')).toBe('sector_health_care')
  expect(sectorChange('sector_health_care', 'Health Care')).toBeUndefined()
  expect(sectorChange('sector_health_care', null)).toBeUndefined()
  expect(sectorChange('sector_health_care', 'Energy')).toBe('its sector is Energy now')
})

test('the key of any sector is a key that the database takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (sector) => {
      expect(sectorKeyOf(sector)).toMatch(/^[a-z][a-z0-9_]{0,79}$/)
    }),
  )
})

test('a new listing is assigned by its type, its size and its sector', () => {
  const listing: NewListing = {
    symbol: 'NEWCO',
    type: 'CS',
    marketCap: 3e9,
    sector: 'Energy',
    keys: [],
    themes: ['etf_bonds'],
  }
  const keysOf = (changed: Partial<NewListing>): string[] =>
    assignmentsOf({ ...listing, ...changed }).map(({ key }) => key)
  expect(keysOf({})).toEqual(['mid_cap', 'sector_energy'])
  expect(keysOf({ type: 'ETF' })).toEqual(['etf_bonds'])
  expect(keysOf({ marketCap: 1e6 })).toEqual(['sector_energy'])
  expect(keysOf({ marketCap: null, sector: null })).toEqual([])
  // Half assigned by a run that failed, and larger by now.
  expect(keysOf({ marketCap: 10.2e9, keys: ['mid_cap'] })).toEqual(['sector_energy'])
})

test('a run is completed when every task is, failed when none is, else partial', () => {
  const results = pendingResults(taskNames)
  const with_ = (status: 'completed' | 'failed', names: readonly string[]) =>
    statusOf(
      Object.fromEntries(
        Object.entries(results).map(([name, result]) => [
          name,
          { ...result, status: names.includes(name) ? status : 'skipped' },
        ]),
      ),
    )
  expect(with_('completed', taskNames)).toBe('completed')
  expect(with_('completed', ['market_cap'])).toBe('partial')
  expect(with_('failed', taskNames)).toBe('failed')
})

test('a trading day closes at 16:00 in New York, in summer and in winter', () => {
  expect(closingTime('2026-01-15').toISOString()).toBe('2026-01-15T21:00:00.000Z')
  expect(closingTime('2026-07-15').toISOString()).toBe('2026-07-15T20:00:00.000Z')
  // The clocks went forward on the Sunday before.
  expect(closingTime('2026-03-09').toISOString()).toBe('2026-03-09T20:00:00.000Z')
  expect(dayInNewYork(new Date('2026-01-15T04:59:59Z'))).toBe('2026-01-14')
})

const hourMs = 3_600_000

test('the day that is waited for is the first whose deadline lies ahead', () => {
  expect(firstExpectedDay(new Date('2026-11-20T21:59:59Z'), hourMs)).toBe('2026-11-20')
  expect(firstExpectedDay(new Date('2026-11-20T22:00:00Z'), hourMs)).toBe('2026-11-23')
  // Thanksgiving.
  expect(firstExpectedDay(new Date('2026-11-26T12:00:00Z'), hourMs)).toBe('2026-11-27')
})

test('no deadline is ahead of the first expected day, however long the wait', () => {
  const now = fc.date({ min: new Date('2020-01-01'), max: new Date('2027-12-31') })
  fc.assert(
    fc.property(now, fc.integer({ min: 100, max: 86_400_000 }), (at, waitMs) => {
      fc.pre(!Number.isNaN(at.getTime()))
      const day = firstExpectedDay(at, waitMs)
      expect(deadlineOf(day, waitMs).getTime()).toBeGreaterThan(at.getTime())
      expect(deadlineOf(day, waitMs).getTime() - at.getTime()).toBeLessThan(7 * 86_400_000)
    }),
  )
})
