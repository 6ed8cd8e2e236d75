import { expect, test } from 'vitest'
import { pauseMs } from './reconnection.ts'

const reconnection = { first_ms: 500, max_ms: 15_000, jitter: 0.5 }

test('pauses double up to the longest', () => {
  const pauses = [1, 2, 3, 5, 6, 60].map((failures) => pauseMs(reconnection, failures, 1))
  expect(pauses).toEqual([500, 1_000, 2_000, 8_000, 15_000, 15_000])
})

test('a share of a pause is drawn', () => {
  expect([0, 0.5, 1].map((random) => pauseMs(reconnection, 2, random))).toEqual([500, 750, 1_000])
  expect(pauseMs({ ...reconnection, jitter: 0 }, 2, 0.3)).toBe(1_000)
})
