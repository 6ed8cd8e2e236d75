import { expect, test } from 'vitest'
import { joinedDoubts, type Doubt } from '../../src/kernel/doubt.ts'
import type { Estimate } from '../../src/kernel/estimate.ts'
import { formatTarget, judgeEstimate, judgeNumber } from '../../src/kernel/judge.ts'
import { mergeVerdicts } from '../../src/kernel/verdict.ts'

const estimate = (low: number, high: number, more: Partial<Estimate> = {}): Estimate => ({
  value: (low + high) / 2,
  low,
  high,
  unit: 'ms',
  confidence: 0.9,
  samples: 100,
  method: 'given',
  doubts: [],
  samplesToDecide: () => 140,
  ...more,
})

test.each([
  ['below', 100, [80, 99], 'upheld'],
  ['below', 100, [80, 100], 'inconclusive'],
  ['below', 100, [100, 120], 'refuted'],
  ['at-most', 100, [80, 100], 'upheld'],
  ['above', 100, [101, 120], 'upheld'],
  ['above', 100, [90, 101], 'inconclusive'],
  ['at-least', 100, [100, 120], 'upheld'],
  ['at-least', 100, [80, 99], 'refuted'],
] as const)('%s %d with %o is %s', (kind, bound, [low, high], verdict) => {
  expect(judgeEstimate(estimate(low, high), { kind, bound }).verdict).toBe(verdict)
})

test.each([
  [2, 8, 'upheld'],
  [0, 8, 'inconclusive'],
  [-5, 20, 'inconclusive'],
  [11, 12, 'refuted'],
] as const)('between 1 and 10 with [%d, %d] is %s', (low, high, verdict) => {
  const target = { kind: 'between', low: 1, high: 10 } as const
  expect(judgeEstimate(estimate(low, high), target).verdict).toBe(verdict)
})

test('says how many samples would decide', () => {
  const { reason } = judgeEstimate(estimate(80, 120), { kind: 'below', bound: 100 })
  expect(reason).toBe('about 40 more samples would decide')
})

test('without samples nothing is upheld', () => {
  const nothing = estimate(Number.NEGATIVE_INFINITY, 0, { samples: 0 })
  expect(judgeEstimate(nothing, { kind: 'below', bound: 1 }).verdict).toBe('inconclusive')
})

test('a grave doubt keeps a good figure from being upheld, but not a bad one from being refuted', () => {
  const doubts: Doubt[] = [{ kind: 'overloaded-machine', message: 'busy' }]
  const target = { kind: 'below', bound: 100 } as const
  expect(judgeEstimate(estimate(1, 2, { doubts }), target)).toEqual({
    verdict: 'inconclusive',
    reason: 'busy',
  })
  expect(judgeEstimate(estimate(200, 300, { doubts }), target).verdict).toBe('refuted')
})

test('of the doubts of several figures the gravest come first, one of each kind', () => {
  const doubts = (kinds: readonly Doubt['kind'][]): Doubt[] =>
    kinds.map((kind, place) => ({ kind, message: String(place) }))
  const joined = joinedDoubts(
    doubts(['warm-up', 'fault-missed']),
    doubts(['warm-up', 'other-clock']),
  )
  expect(joined).toEqual([
    { kind: 'other-clock', message: '1' },
    { kind: 'fault-missed', message: '1' },
    { kind: 'warm-up', message: '0' },
  ])
})

test('an exact number meets its target or does not', () => {
  expect(judgeNumber(5, { kind: 'between', low: 5, high: 6 }).verdict).toBe('upheld')
  expect(judgeNumber(7, { kind: 'between', low: 5, high: 6 }).verdict).toBe('refuted')
})

const targets = [
  { kind: 'below', bound: 5 },
  { kind: 'at-most', bound: 5 },
  { kind: 'above', bound: 5 },
  { kind: 'at-least', bound: 5 },
  { kind: 'between', low: 4, high: 5 },
] as const

test.each(targets)('what is not a number shows nothing: %o', (target) => {
  const nothing = { verdict: 'inconclusive', reason: 'nothing was measured' }
  expect(judgeNumber(Number.NaN, target)).toEqual(nothing)
  expect(judgeEstimate(estimate(Number.NaN, Number.NaN), target)).toEqual(nothing)
})

test('the greatest and the least of nothing are never upheld', () => {
  const [greatest, least] = [Math.max(), Math.min()]
  const nothing = { verdict: 'inconclusive', reason: 'nothing was measured' }
  expect(judgeNumber(greatest, { kind: 'below', bound: 5 })).toEqual(nothing)
  expect(judgeNumber(least, { kind: 'at-least', bound: 5 })).toEqual(nothing)
  // As long as something that never came.
  expect(judgeNumber(Infinity, { kind: 'below', bound: 5 }).verdict).toBe('refuted')
})

test('writes targets as the reports show them', () => {
  expect(formatTarget({ kind: 'below', bound: 100 }, 'ms')).toBe('< 100 ms')
  expect(formatTarget({ kind: 'at-least', bound: 0.999 }, 'share')).toBe('≥ 99.9 %')
})

test('refuted beats inconclusive beats upheld, and nothing is no pass', () => {
  expect(mergeVerdicts(['upheld', 'inconclusive', 'refuted'])).toBe('refuted')
  expect(mergeVerdicts(['upheld', 'inconclusive'])).toBe('inconclusive')
  expect(mergeVerdicts(['upheld', 'upheld'])).toBe('upheld')
  expect(mergeVerdicts([])).toBe('inconclusive')
})
