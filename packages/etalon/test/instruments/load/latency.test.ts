import { describe, expect, test } from 'vitest'
import type { SeriesSecond } from '../../../src/instruments/load/driver/driver-message.ts'
import { bucketOf } from '../../../src/instruments/load/histogram/log-linear.ts'
import { outcomeNames } from '../../../src/instruments/load/recording/book.ts'
import { latencyOf } from '../../../src/instruments/load/result/latency.ts'
import { judgeEstimate } from '../../../src/kernel/judge.ts'

/** A second in which starts had these latencies, and others failed. */
function secondOf(latenciesMs: readonly number[], failed = 0): SeriesSecond {
  const buckets = new Map<number, number>()
  for (const latencyMs of latenciesMs) {
    const bucket = bucketOf(latencyMs * 1_000)
    buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1)
  }
  const histogram = Uint32Array.from([...buckets].sort(([a], [b]) => a - b).flat())
  const outcomes = outcomeNames.map((name) =>
    name === 'ok' ? latenciesMs.length : name === 'timeout' ? failed : 0,
  )
  return {
    outcomes,
    answered: latenciesMs.length,
    bytes: 0,
    fromDue: histogram,
    fromSent: histogram,
  }
}

const meanOf = (seconds: readonly SeriesSecond[]) =>
  latencyOf(seconds, ({ fromDue }) => fromDue, []).mean()

test('the worst window may be the one with which the run ends', () => {
  const seconds = Array.from({ length: 19 }, (_none, second) =>
    secondOf(Array.from({ length: 500 }, () => (second < 10 ? 1 : 5_000))),
  )
  const worst = latencyOf(seconds, ({ fromDue }) => fromDue, []).worstWindow(0.95, 10_000)
  expect(worst.value).toBeCloseTo(5_000, -1)
  expect(judgeEstimate(worst, { kind: 'below', bound: 100 }).verdict).toBe('refuted')
  expect(worst.method).toContain('worst of 2 windows')
})

describe('the mean', () => {
  const seconds = [10, 12, 11, 9, 10, 12, 11, 9].map((latencyMs) =>
    secondOf([latencyMs - 5, latencyMs, latencyMs + 5]),
  )

  test('is that of the latencies, and its bounds come from the seconds', () => {
    const mean = meanOf(seconds)
    expect(mean.value).toBeCloseTo(10.5, 1)
    // Student's t for 7 degrees of freedom by 1.195 / √8, one bound each with 95 %.
    expect(mean.high - mean.value).toBeCloseTo(1.895 * (1.195 / Math.sqrt(8)), 1)
    expect(mean.value - mean.low).toBeCloseTo(mean.high - mean.value, 5)
    expect(mean.samples).toBe(24)
    expect(judgeEstimate(mean, { kind: 'below', bound: 50 }).verdict).toBe('upheld')
    expect(judgeEstimate(mean, { kind: 'below', bound: 9 }).verdict).toBe('refuted')
  })

  test('is not bounded by fewer than 8 seconds', () => {
    const mean = meanOf(seconds.slice(0, 7))
    expect([mean.low, mean.high]).toEqual([0, Number.POSITIVE_INFINITY])
    expect(mean.doubts).toMatchObject([{ kind: 'few-samples' }])
  })

  test('has no upper bound where something was never answered', () => {
    const mean = meanOf([...seconds, secondOf([10], 1)])
    expect([mean.value, mean.high]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY])
    expect(judgeEstimate(mean, { kind: 'below', bound: 50 }).verdict).toBe('inconclusive')
    expect(judgeEstimate(mean, { kind: 'below', bound: 5 }).verdict).toBe('refuted')
  })

  test('of nothing is not there', () => {
    expect(meanOf([secondOf([])]).value).toBeNaN()
  })
})
