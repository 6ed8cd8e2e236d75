import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SeriesSecond } from '../../../src/instruments/load/driver/driver-message.ts'
import { bucketOf } from '../../../src/instruments/load/histogram/log-linear.ts'
import { latencyOf, type Latency } from '../../../src/instruments/load/result/latency.ts'
import { judgeEstimate } from '../../../src/kernel/judge.ts'
import type { Verdict } from '../../../src/kernel/verdict.ts'

const startsPerSecond = 400

/** A run of ten seconds in which all starts took equally long. */
function alwaysUs(latencyUs: number): Latency {
  const histogram = Uint32Array.of(bucketOf(latencyUs), startsPerSecond)
  const outcomes = [startsPerSecond, 0, 0, 0, 0, 0, 0]
  const second: SeriesSecond = {
    outcomes,
    answered: startsPerSecond,
    bytes: 0,
    fromDue: histogram,
    fromSent: histogram,
  }
  return latencyOf(
    Array.from({ length: 10 }, () => second),
    ({ fromDue }) => fromDue,
    [],
  )
}

function verdictsOf(latencyUs: number, budgetMs: number): Record<string, Verdict> {
  const latency = alwaysUs(latencyUs)
  const p95 = judgeEstimate(latency.quantile(0.95), { kind: 'below', bound: budgetMs })
  const share = judgeEstimate(latency.within(budgetMs), { kind: 'at-least', bound: 0.95 })
  return { p95: p95.verdict, share: share.verdict }
}

describe('a budget inside a bucket', () => {
  // 100 ms lie between 99.968 and 100.031 ms, which one bucket holds.
  test.each([
    [99_967, 'upheld'],
    [99_968, 'inconclusive'],
    [100_000, 'inconclusive'],
    [100_031, 'inconclusive'],
    [100_032, 'refuted'],
  ] as const)('of 100 ms and a system that takes %d µs: %s', (latencyUs, verdict) => {
    expect(verdictsOf(latencyUs, 100)).toEqual({ p95: verdict, share: verdict })
  })

  test('is never decided wrongly, and not left open by more than 0.1 %', () => {
    const budgetUs = fc.integer({ min: 100, max: 9_000_000 })
    const part = fc.double({ min: 0.995, max: 1.005, noNaN: true })
    fc.assert(
      fc.property(budgetUs, part, (budget, share) => {
        const latencyUs = Math.round(budget * share)
        const right = latencyUs < budget ? 'upheld' : 'refuted'
        const apart = Math.abs(latencyUs - budget) > budget / 1_000 + 1
        for (const verdict of Object.values(verdictsOf(latencyUs, budget / 1_000))) {
          // A latency that is the budget to the microsecond is within it, and not below it.
          if (latencyUs !== budget && verdict !== 'inconclusive') expect(verdict).toBe(right)
          if (apart) expect(verdict).toBe(right)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
