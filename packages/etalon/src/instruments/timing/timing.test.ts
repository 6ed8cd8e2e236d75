import { afterEach, expect, test, vi } from 'vitest'
import { plainSession } from '../plain-session.ts'
import { createTiming } from './timing.ts'

afterEach(() => vi.restoreAllMocks())

test('durations are those of one thing where a run does several', async () => {
  let nowMs = 0
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs)
  const runs: number[] = []
  const timed = await createTiming(plainSession()).repeat(
    { iterations: 3, warmUp: 1, perRun: 20 },
    (round) => {
      runs.push(round)
      nowMs += 40
      return Promise.resolve()
    },
  )
  expect(runs).toEqual([0, 0, 1, 2])
  expect(timed.durationsMs).toEqual([2, 2, 2])
})
