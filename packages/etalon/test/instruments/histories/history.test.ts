import { expect, test } from 'vitest'
import { historyOf, type Operation } from '../../../src/instruments/histories/history.ts'

const operation = (index: number, startedAtMs: number, endedAtMs: number): Operation => ({
  index,
  actor: 0,
  input: undefined,
  startedAtMs,
  endedAtMs,
  outcome: { kind: 'ok', output: null },
})

test('a history lasts from its first beginning to its last end', () => {
  const history = historyOf([operation(0, 5, 40), operation(1, 2, 30), operation(2, 41, 42)])
  expect(history).toMatchObject({ durationMs: 40, overlapMax: 2 })
  expect(historyOf([])).toMatchObject({ durationMs: 0, overlapMax: 0 })
})

test('a history may be longer than a call has arguments', () => {
  const length = 150_000
  const history = historyOf(
    Array.from({ length }, (_none, index) => operation(index, index, index + 1)),
  )
  expect(history).toMatchObject({ durationMs: length, overlapMax: 1 })
})
