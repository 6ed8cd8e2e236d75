import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  consistencyRate,
  hasWorsened,
  healthStatus,
  recommendedAction,
  violationKinds,
} from '../src/integrity.ts'

describe('the rate', () => {
  test.each([
    [3, 37, 8.11],
    [0, 0, 100],
    [0, 5, 0],
    [5, 5, 100],
    [99_999, 100_000, 99.99],
    [1, 3, 33.33],
  ])('%i of %i is %d', (consistent, checked, rate) => {
    expect(consistencyRate(consistent, checked)).toBe(rate)
  })

  test('is 100 only when nothing is wrong', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (checked) => {
        expect(consistencyRate(checked - 1, checked)).toBeLessThan(100)
      }),
    )
  })
})

describe('the status', () => {
  test.each([
    [100, 100, 'healthy'],
    [99, 100, 'healthy'],
    [98, 100, 'degraded'],
    [95, 100, 'degraded'],
    [94, 100, 'critical'],
    [98_996, 100_000, 'degraded'],
    [0, 0, 'healthy'],
    [3, 37, 'critical'],
  ] as const)('%i of %i is %s', (consistent, checked, status) => {
    expect(healthStatus(consistent, checked)).toBe(status)
  })

  test.each([
    ['unknown', 'healthy', false],
    ['unknown', 'critical', true],
    ['healthy', 'degraded', true],
    ['degraded', 'critical', true],
    ['critical', 'critical', false],
    ['critical', 'healthy', false],
  ] as const)('from %s to %s worsens: %s', (before, after, worse) => {
    expect(hasWorsened(before, after)).toBe(worse)
  })
})

describe('what is recommended', () => {
  test.each([
    ['missing_license', 3, null, 'create_license_from_progress'],
    ['missing_progress', null, 3, 'create_progress_from_license'],
    ['level_mismatch', 5, 3, 'sync_progress_to_license'],
    ['level_mismatch', 3, 5, 'sync_license_to_progress'],
  ] as const)('%s at %s and %s', (kind, progress_level, license_level, action) => {
    expect(recommendedAction(kind, { progress_level, license_level })).toBe(action)
  })

  test('there is something for every kind', () => {
    for (const kind of violationKinds) {
      expect(recommendedAction(kind, { progress_level: 1, license_level: 2 })).toMatch(/^[a-z_]+$/)
    }
  })
})
