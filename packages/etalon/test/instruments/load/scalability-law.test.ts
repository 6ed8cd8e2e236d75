import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Estimate } from '../../../src/kernel/estimate.ts'
import { studentQuantile } from '../../../src/kernel/statistics/student.ts'
import {
  fitScalabilityLaw,
  type Level,
} from '../../../src/instruments/load/capacity/scalability-law.ts'

const levelsOf = (pairs: readonly (readonly [number, number])[]) =>
  pairs.map(([users, throughputHz]) => ({ users, throughputHz }))

// Data sets of the book, as R's package `usl` 3 has them, and what it finds in them.
const specSdm91 = levelsOf([
  [1, 64.9],
  [18, 995.9],
  [36, 1_652.4],
  [72, 1_853.2],
  [108, 1_828.9],
  [144, 1_775],
  [216, 1_702.2],
])
const raytracer = levelsOf([
  [1, 20],
  [4, 78],
  [8, 130],
  [12, 170],
  [16, 190],
  [20, 200],
  [24, 210],
  [28, 230],
  [32, 260],
  [48, 280],
  [64, 310],
])

describe('published data', () => {
  test('SPEC SDM91 on a SPARCcenter 2000', () => {
    const law = fitScalabilityLaw(specSdm91)
    expect(law.alone.value).toBeCloseTo(89.995, 2)
    expect(law.contention.value).toBeCloseTo(0.027_728_5, 6)
    expect(law.coherency.value).toBeCloseTo(0.000_104_4, 7)
    expect(law.peakUsers.value).toBeCloseTo(96.5, 0)
    expect(law.peakUsers.high).toBeLessThan(200)
  })

  test('says how far it is off the level that it fits worst, and what is doubted of them', () => {
    const [first, ...rest] = specSdm91
    const doubts = [{ kind: 'overloaded-driver', message: 'busy' }] as const
    const law = fitScalabilityLaw([{ ...(first as Level), doubts }, ...rest])
    const offBy = specSdm91.map(({ users, throughputHz }) =>
      Math.abs(law.throughputAt(users) / throughputHz - 1),
    )
    // One processor alone gave 64.9, and the law has 90.
    expect(law.misfit).toMatchObject({ value: offBy[0], low: offBy[0], high: offBy[0], doubts })
    expect(offBy[0]).toBe(Math.max(...offBy))
    expect(law.alone.doubts).toEqual(doubts)
  })

  test('the ray tracer, whose law has no coherency, with the errors of confint', () => {
    const law = fitScalabilityLaw(raytracer, { confidence: 0.95 })
    expect(law.alone.value).toBeCloseTo(21.8488, 3)
    expect(law.contention.value).toBeCloseTo(0.057_771, 5)
    expect(law.coherency.value).toBeCloseTo(0, 6)
    // `confint` of usl multiplies the standard errors with Student's 0.95-quantile at 10 degrees of
    // freedom; two sides of 95 % and 11 points less 3 parameters ask for the 0.975-quantile at 8.
    const [theirs, ours] = [studentQuantile(0.95, 10), studentQuantile(0.975, 8)]
    const errorOf = ({ low, high }: Estimate): number => (high - low) / 2 / ours
    expect(errorOf(law.alone)).toBeCloseTo((25.829_306 - 17.868_38) / 2 / theirs, 3)
    expect(errorOf(law.contention)).toBeCloseTo((0.081_864 - 0.033_677) / 2 / theirs, 5)
    expect(errorOf(law.coherency)).toBeCloseTo(0.000_214 / theirs, 6)
    // A peak cannot be told where the coherency may be zero.
    expect(law.peakUsers.high).toBe(Number.POSITIVE_INFINITY)
  })
})

test('a law is found again in what it says', () => {
  const parameters = fc.tuple(
    fc.double({ min: 10, max: 10_000, noNaN: true }),
    fc.double({ min: 0.001, max: 0.3, noNaN: true }),
    fc.double({ min: 1e-6, max: 1e-3, noNaN: true }),
  )
  fc.assert(
    fc.property(parameters, ([alone, contention, coherency]) => {
      const levels = [1, 4, 16, 32, 64, 128, 256].map((users) => ({
        users,
        throughputHz:
          (alone * users) / (1 + contention * (users - 1) + coherency * users * (users - 1)),
      }))
      const law = fitScalabilityLaw(levels)
      expect(law.alone.value / alone).toBeCloseTo(1, 3)
      expect(law.contention.value / contention).toBeCloseTo(1, 2)
      expect(law.coherency.value / coherency).toBeCloseTo(1, 2)
    }),
    { numRuns: 200 },
  )
})

test('few levels are a doubt', () => {
  expect(fitScalabilityLaw(specSdm91.slice(0, 4)).alone.doubts).toHaveLength(1)
})
