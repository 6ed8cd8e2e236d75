import { expect, test } from 'vitest'
import { AnswerWindow } from '../src/monitor/answer-window.ts'
import { TimingWindow } from '../src/monitor/timing-window.ts'

test('quantiles are at most five percent too high', () => {
  const window = new TimingWindow(60_000, () => 1_000)
  for (let ms = 1; ms <= 1_000; ms += 1) window.add(ms)
  const { count, p50Ms, p95Ms } = window.spread
  expect(count).toBe(1_000)
  for (const [found, exact] of [
    [p50Ms, 500],
    [p95Ms, 950],
  ] as const) {
    expect(found).toBeGreaterThanOrEqual(exact)
    expect(found).toBeLessThanOrEqual(exact * 1.05)
  }
})

test('what is older than the window is forgotten', () => {
  let nowMs = 0
  const window = new TimingWindow(3_000, () => nowMs)
  window.add(500)
  nowMs = 2_500
  window.add(1)
  expect(window.spread.count).toBe(2)
  nowMs = 3_500
  expect(window.spread.count).toBe(1)
  nowMs = 60_000
  expect(window.spread).toEqual({ count: 0, p50Ms: null, p95Ms: null, p99Ms: null })
})

test('refusals are counted apart from failures', () => {
  let nowMs = 0
  const window = new AnswerWindow(1_000, () => nowMs)
  window.add(200, false, 'a')
  window.add(503, true, 'b')
  window.add(500, false, 'a')
  expect(window.answers).toEqual({
    answered: 3,
    failed: 1,
    refused: 1,
    byStatus: { 200: 1, 500: 1, 503: 1 },
    users: 2,
  })
  expect(window.users).toBe(2)
  nowMs = 1_000
  expect(window.users).toBe(0)
  expect(window.answers).toMatchObject({ answered: 0, users: 0 })
})
