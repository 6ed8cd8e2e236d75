import { expect, test } from 'vitest'
import { backoffMs } from './backoff.ts'

const backoff = { firstMs: 20, maxMs: 100 }

test('the pause doubles up to its limit', () => {
  expect([1, 2, 3, 4, 5].map((attempt) => backoffMs(backoff, attempt, 1))).toEqual([
    20, 40, 80, 100, 100,
  ])
})

test('jitter takes away half of it at most', () => {
  expect(backoffMs(backoff, 2, 0)).toBe(20)
  expect(backoffMs(backoff, 2, 0.5)).toBe(30)
})
