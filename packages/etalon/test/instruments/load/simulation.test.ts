import { expect, test } from 'vitest'
import type { SeriesSecond } from '../../../src/instruments/load/driver/driver-message.ts'
import { bucketOf } from '../../../src/instruments/load/histogram/log-linear.ts'
import { latencyOf } from '../../../src/instruments/load/result/latency.ts'
import { judgeEstimate } from '../../../src/kernel/judge.ts'
import { random, type Random } from '../../../src/kernel/random.ts'
import { normalQuantile } from '../../../src/kernel/statistics/normal.ts'
import { pairedRatioOf } from '../../../src/kernel/statistics/paired-ratio.ts'

// Runs of a system that is slower for some seconds and quicker for others: the logarithm of a
// latency is that of its second, which follows the one before, and a part of its own.
const seconds = 60
const startsPerSecond = 100
const medianMs = 20
const ownDeviation = 0.5
const secondDeviation = 0.2

function normal(source: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - source.fraction()))
  return radius * Math.cos(2 * Math.PI * source.fraction())
}

/** A run as the driver would have recorded it. */
function simulated(source: Random, correlation: number, length = seconds): SeriesSecond[] {
  let state = normal(source)
  return Array.from({ length }, () => {
    state = correlation * state + Math.sqrt(1 - correlation ** 2) * normal(source)
    const counts = new Map<number, number>()
    for (let start = 0; start < startsPerSecond; start += 1) {
      const log = secondDeviation * state + ownDeviation * normal(source)
      const bucket = bucketOf(Math.round(medianMs * 1_000 * Math.exp(log)))
      counts.set(bucket, (counts.get(bucket) ?? 0) + 1)
    }
    const fromDue = Uint32Array.from([...counts].sort(([a], [b]) => a - b).flat())
    const outcomes = [startsPerSecond, 0, 0, 0, 0, 0, 0]
    return { outcomes, answered: startsPerSecond, bytes: 0, fromDue, fromSent: fromDue }
  })
}

function trueQuantile(p: number): number {
  return medianMs * Math.exp(normalQuantile(p) * Math.hypot(ownDeviation, secondDeviation))
}

test.each([
  [0.5, 0.5],
  [0.95, 0.5],
  [0.95, 0],
  [0.99, 0.7],
])('the bounds of the %d quantile hold in 93 % of runs, correlated by %d', (p, correlation) => {
  const runs = 400
  const truth = trueQuantile(p)
  let [above, below] = [0, 0]
  for (let run = 0; run < runs; run += 1) {
    const source = random(`bounds/${p}/${correlation}/${run}`)
    const latency = latencyOf(simulated(source, correlation), ({ fromDue }) => fromDue, [])
    const { low, high } = latency.quantile(p)
    if (truth <= high) above += 1
    if (truth >= low) below += 1
  }
  expect(above / runs).toBeGreaterThanOrEqual(0.93)
  expect(below / runs).toBeGreaterThanOrEqual(0.93)
})

test.each([
  [0.95, 0.5],
  [0.99, 0.7],
])('the %d quantile is decided wrongly in 8 % of runs, correlated by %d', (p, correlation) => {
  const runs = 400
  const truth = trueQuantile(p)
  let [upheld, refuted] = [0, 0]
  for (let run = 0; run < runs; run += 1) {
    const source = random(`decided/${p}/${correlation}/${run}`)
    const latency = latencyOf(simulated(source, correlation), ({ fromDue }) => fromDue, [])
    // The truth lies on the bound: whoever is sure of a side is wrong.
    const { verdict } = judgeEstimate(latency.quantile(p), { kind: 'below', bound: truth })
    if (verdict === 'upheld') upheld += 1
    if (verdict === 'refuted') refuted += 1
  }
  expect(upheld / runs).toBeLessThanOrEqual(0.08)
  expect(refuted / runs).toBeLessThanOrEqual(0.08)
})

test('a hiccup of one second leaves undecided where P95 lies, but not that it is far below', () => {
  const seconds = Array.from({ length: 12 }, (_none, second) => ({
    outcomes: [500, 0, 0, 0, 0, 0, 0],
    answered: 500,
    bytes: 0,
    fromDue:
      second === 7
        ? Uint32Array.of(bucketOf(5_000), 300, bucketOf(60_000), 200)
        : Uint32Array.of(bucketOf(5_000), 495, bucketOf(60_000), 5),
    fromSent: new Uint32Array(),
  }))
  const p95 = latencyOf(seconds, ({ fromDue }) => fromDue, []).quantile(0.95)
  expect(p95.high).toBe(Number.POSITIVE_INFINITY)
  const judge = (bound: number): string => judgeEstimate(p95, { kind: 'below', bound }).verdict
  expect([judge(4), judge(30), judge(100)]).toEqual(['refuted', 'inconclusive', 'upheld'])
  expect(p95.heldAgainst?.(100).high).toBeCloseTo(60, 1)
})

test('two equal revisions are told different in 5 % of comparisons at most', () => {
  const comparisons = 400
  const [rounds, secondsPerRound] = [10, 4]
  let different = 0
  for (let comparison = 0; comparison < comparisons; comparison += 1) {
    const source = random(`equal/${comparison}`)
    const p95 = (): number => {
      const round = simulated(source, 0.5, secondsPerRound)
      return latencyOf(round, ({ fromDue }) => fromDue, []).quantile(0.95).value
    }
    const pairs = Array.from({ length: rounds }, () => ({ subject: p95(), reference: p95() }))
    const { low, high } = pairedRatioOf(pairs, { confidence: 0.95 })
    if (low > 1 || high < 1) different += 1
  }
  expect(different / comparisons).toBeLessThanOrEqual(0.05)
})
