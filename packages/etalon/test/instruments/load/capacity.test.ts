import { expect, test } from 'vitest'
import { constantRate, findCapacity } from '../../../src/instruments/load/index.ts'
import { bucketOf } from '../../../src/instruments/load/histogram/log-linear.ts'
import type { Load } from '../../../src/instruments/load/load.ts'
import { comparisonOf } from '../../../src/instruments/load/result/comparison.ts'
import { loadRunOf, type LoadRun } from '../../../src/instruments/load/result/load-run.ts'
import { shapeOf, type AnyShape } from '../../../src/instruments/load/shapes/index.ts'
import { judgeEstimate } from '../../../src/kernel/judge.ts'

// A system that serves one at a time, 20 ms each: 50 a second are carried, more wait longer and
// longer. Its time is computed, so that what is tested is the search and not the machine.
const serviceMs = 20
const timeoutMs = 1_000
const durationMs = 30_000

test('finds where a system that serves one at a time breaks', async () => {
  const capacity = await findCapacity(
    oneAtATime(),
    { ratesHz: [10, 25, 100, 200] },
    { p: 0.5, latencyMs: 150 },
    { url: 'http://127.0.0.1:1', durationMs, timeoutMs, requests: [{ path: '/' }] },
  )
  expect(capacity.steps.map(({ level, verdict }) => [level, verdict])).toEqual([
    [10, 'upheld'],
    [25, 'upheld'],
    [100, 'refuted'],
  ])
  expect(capacity.knee).toMatchObject({ low: 25, value: 25, high: 100, unit: 'Hz' })
  expect(capacity.efficiencyAt(25).value).toBeCloseTo(1, 1)
  const broken = capacity.efficiencyAt(100)
  expect(broken.high).toBeLessThan(0.8)
  // Four times as many seconds halve the interval.
  const halfway = (broken.value + broken.low) / 2
  const inAll = broken.samplesToDecide(halfway) ?? Number.NaN
  expect(Math.round(inAll / broken.samples)).toBe(4)
  expect(capacity.law).toBeUndefined()
  expect(() => capacity.efficiencyAt(7)).toThrow(RangeError)
})

test('a budget of good answers is broken by those that never come', async () => {
  const capacity = await findCapacity(
    oneAtATime(),
    { ratesHz: [25, 100] },
    { p: 0.1, latencyMs: timeoutMs, success: 0.99 },
    { url: 'http://127.0.0.1:1', durationMs, timeoutMs, requests: [{ path: '/' }] },
  )
  expect(capacity.steps.map(({ verdict }) => verdict)).toEqual(['upheld', 'refuted'])
})

test('a level whose driver had no time voids what is figured by it', async () => {
  const lost = { rateHz: 10, results: 1 }
  const capacity = await findCapacity(
    oneAtATime(lost),
    { ratesHz: [10, 25] },
    { p: 0.5, latencyMs: 150 },
    { url: 'http://127.0.0.1:1', durationMs, timeoutMs, requests: [{ path: '/' }] },
  )
  expect(capacity.steps.map(({ run }) => run.doubts.length)).toEqual([1, 0])
  const efficiency = capacity.efficiencyAt(25)
  expect(efficiency.doubts[0]).toMatchObject({ kind: 'overloaded-driver' })
  expect(judgeEstimate(efficiency, { kind: 'at-least', bound: 0.8 }).verdict).toBe('inconclusive')
})

test('what voids one of many runs is not hidden by the doubts of the others', () => {
  const warm = {
    ...runOf(constantRate(45)),
    doubts: [{ kind: 'warm-up', message: 'slow' }] as const,
  }
  const lost = runOf(constantRate(10), 1)
  const subject = [warm, warm, warm, warm, warm, lost]
  const { ratio } = comparisonOf({ subject, reference: subject.toReversed() }, 0.5)
  expect(ratio.doubts.map(({ kind }) => kind)).toEqual(['overloaded-driver', 'warm-up'])
  expect(judgeEstimate(ratio, { kind: 'below', bound: 1_000 }).verdict).toBe('inconclusive')
})

/** @param lost results that come too late to be counted, at one of the rates */
function oneAtATime(lost = { rateHz: 0, results: 0 }): Load {
  const load = (shape: AnyShape): Promise<LoadRun> => {
    const isLosing = shape.kind === 'constant-rate' && shape.rateHz === lost.rateHz
    return Promise.resolve(runOf(shape, isLosing ? lost.results : 0))
  }
  return Object.assign(load, { compare: () => Promise.reject(new Error('nothing to compare')) })
}

function runOf(shape: AnyShape, misplaced = 0): LoadRun {
  if (shape.kind !== 'constant-rate') throw new Error(`not simulated: ${shapeOf(shape).model}`)
  const length = durationMs / 1_000
  const outcomes = Array.from({ length }, () => [0, 0, 0, 0, 0, 0, 0])
  const answered = Array.from({ length }, () => 0)
  const buckets = Array.from({ length }, () => new Map<number, number>())
  let freeAtMs = 0
  for (let start = 0; start < (shape.rateHz * durationMs) / 1_000; start += 1) {
    const dueMs = (start * 1_000) / shape.rateHz
    const second = Math.floor(dueMs / 1_000)
    freeAtMs = Math.max(freeAtMs, dueMs) + serviceMs
    const late = freeAtMs - dueMs > timeoutMs
    raise(outcomes[second], late ? 3 : 0)
    if (late) continue
    raise(answered, Math.min(length - 1, Math.floor(freeAtMs / 1_000)))
    const bucket = bucketOf(Math.round((freeAtMs - dueMs) * 1_000))
    buckets[second]?.set(bucket, (buckets[second]?.get(bucket) ?? 0) + 1)
  }
  const seconds = outcomes.map((counts, second) => {
    const sorted = [...(buckets[second] ?? [])].sort(([a], [b]) => a - b)
    const fromDue = Uint32Array.from(sorted.flat())
    const inSecond = { outcomes: counts, answered: answered[second] ?? 0, bytes: 0 }
    return { second, series: [{ ...inSecond, fromDue, fromSent: fromDue }] }
  })
  const plan = {
    host: '127.0.0.1',
    port: 1,
    shape,
    durationMs,
    warmUpMs: 0,
    timeoutMs,
    threads: 1,
    connections: 1,
    seed: 'capacity',
    series: ['GET /'],
    work: { lane: 'fast', requests: [] },
  } as const
  const lateness = new Uint32Array()
  const report = { threads: [], lateness, misplaced, statuses: [], cpuS: 0, residentBytes: 0 }
  return loadRunOf(plan, { seconds, report, measuredFromMs: 0 })
}

function raise(counts: number[] | undefined, at: number): void {
  if (counts) counts[at] = (counts[at] ?? 0) + 1
}
