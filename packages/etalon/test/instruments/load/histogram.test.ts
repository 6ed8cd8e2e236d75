import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bucketHighUs,
  bucketLowUs,
  bucketOf,
} from '../../../src/instruments/load/histogram/log-linear.ts'
import {
  addUp,
  countsOf,
  sparseOf,
  totalOf,
} from '../../../src/instruments/load/histogram/sparse.ts'
import {
  distributionOf,
  quantileRank,
  valueAtRank,
} from '../../../src/kernel/statistics/distribution.ts'

const latencyUs = fc.oneof(
  fc.integer({ min: 0, max: 5_000 }),
  fc.integer({ min: 0, max: 2 ** 31 - 1 }),
)

describe('the buckets', () => {
  test('hold every latency, in one bucket no wider than 0.1 %', () => {
    fc.assert(
      fc.property(latencyUs, (us) => {
        const bucket = bucketOf(us)
        const [low, high] = [bucketLowUs(bucket), bucketHighUs(bucket)]
        expect(low).toBeLessThanOrEqual(us)
        expect(high).toBeGreaterThanOrEqual(us)
        expect(high - low).toBeLessThanOrEqual(low / 1_000)
      }),
      { numRuns: 5_000 },
    )
  })

  test('lie side by side', () => {
    for (let bucket = 0; bucket < 22_000; bucket += 1) {
      expect(bucketLowUs(bucket + 1)).toBe(bucketHighUs(bucket) + 1)
    }
  })

  test('1,049 ms are not 1,000 (Locust)', () => {
    expect(bucketHighUs(bucketOf(1_049_000)) / 1_000).toBeCloseTo(1_049, -0.4)
  })
})

describe('a histogram', () => {
  const filled = (latencies: readonly number[]): Uint32Array => {
    const buckets = new Uint32Array(bucketOf(2 ** 31 - 1) + 1)
    for (const us of latencies) buckets[bucketOf(us)] = (buckets[bucketOf(us)] as number) + 1
    return sparseOf(buckets)
  }
  const few = fc.array(fc.oneof(latencyUs, fc.constantFrom(1_502_000, 900_000)), {
    minLength: 1,
    maxLength: 150,
  })

  test('gives quantiles within 0.1 % of the sorted samples, with ties too (Gatling)', () => {
    fc.assert(
      fc.property(few, fc.constantFrom(0.5, 0.9, 0.95, 0.99), (latencies, p) => {
        const distribution = distributionOf(countsOf(filled(latencies)))
        const found = valueAtRank(distribution, quantileRank(latencies.length, p)) * 1_000
        const sorted = latencies.toSorted((a, b) => a - b)
        const exact = sorted[quantileRank(latencies.length, p) - 1] as number
        expect(Math.abs(found - exact)).toBeLessThanOrEqual(exact / 1_000 + 1e-6)
      }),
      { numRuns: 300 },
    )
  })

  test('of several threads is the one that had held all', () => {
    fc.assert(
      fc.property(fc.array(few, { maxLength: 4 }), (threads) => {
        const sum = addUp(threads.map(filled))
        expect(sum).toEqual(filled(threads.flat()))
        expect(totalOf(sum)).toBe(threads.flat().length)
      }),
      { numRuns: 30 },
    )
  })
})
