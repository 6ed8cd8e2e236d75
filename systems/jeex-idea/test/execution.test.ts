import { expect, test } from 'vitest'
import { executionStates, isEnd, mayBecome, mayBeRetried, timesAfter } from '../src/execution.ts'

const allowed = [
  'pending running',
  'pending cancelled',
  'running completed',
  'running failed',
  'running cancelled',
  'running timed_out',
]

test('a state may be followed by these and by no other', () => {
  const found = executionStates.flatMap((from) =>
    executionStates.filter((to) => mayBecome(from, to)).map((to) => `${from} ${to}`),
  )
  expect(found).toEqual(allowed)
})

test('four states are ends', () => {
  expect(executionStates.filter(isEnd)).toEqual(['completed', 'failed', 'cancelled', 'timed_out'])
})

test('what did not succeed may be retried', () => {
  expect(executionStates.filter(mayBeRetried)).toEqual(['failed', 'cancelled', 'timed_out'])
})

const asked = new Date('2026-01-01T00:00:00Z')
const later = new Date('2026-01-01T00:00:02.500Z')

test('running starts the clock', () => {
  const times = { started_at: later, completed_at: null, duration_ms: null }
  expect(timesAfter({ status: 'pending', started_at: asked }, 'running', later)).toEqual(times)
})

test('an end stops it, and never before the start', () => {
  const times = { started_at: asked, completed_at: later, duration_ms: 2_500 }
  const running = { status: 'running', started_at: asked } as const
  expect(timesAfter(running, 'failed', later)).toEqual(times)
  expect(timesAfter({ ...running, started_at: later }, 'cancelled', asked).duration_ms).toBe(0)
})

test('waiting is no time that it ran', () => {
  const times = { started_at: asked, completed_at: later, duration_ms: 0 }
  expect(timesAfter({ status: 'pending', started_at: asked }, 'cancelled', later)).toEqual(times)
})
