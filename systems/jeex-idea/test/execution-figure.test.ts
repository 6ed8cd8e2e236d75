import { expect, test } from 'vitest'
import type { ExecutionState } from '../src/execution.ts'
import { toFigures, type ExecutionSum } from '../src/execution-figure.ts'

function sum(
  status: ExecutionState,
  executions: number,
  duration_ms = 0,
  { waited, waited_ms } = { waited: 0, waited_ms: 0 },
): ExecutionSum {
  return {
    agent_type: 'qa_expert',
    status,
    executions,
    duration_ms,
    waited,
    waited_ms,
    tokens_in: 10 * executions,
    tokens_out: executions,
    cost: 0.5 * executions,
  }
}

test('without executions there is no rate and no average', () => {
  expect(toFigures([])).toMatchObject({ total: 0, success_rate: null, average_seconds: null })
})

test('what runs counts, and has no time yet', () => {
  const figures = toFigures([sum('running', 3), sum('pending', 1), sum('completed', 2, 4_000)])
  expect(figures).toMatchObject({ total: 6, running: 3, pending: 1, successful: 2 })
  expect(figures.average_seconds).toBe(2)
  expect(figures.success_rate).toBe(1)
})

test('what was cancelled has a time and is no failure', () => {
  const figures = toFigures([
    sum('completed', 3, 3_000),
    sum('failed', 1, 1_000),
    sum('timed_out', 2, 8_000),
    sum('cancelled', 4, 0),
  ])
  expect(figures.success_rate).toBe(0.5)
  expect(figures.average_seconds).toBe(1.2)
  expect(figures).toMatchObject({ failed: 1, timed_out: 2, cancelled: 4, tokens_in: 100, cost: 5 })
})

test('what was cancelled before it ran has no time', () => {
  const waiting = { waited: 4, waited_ms: 8_000 }
  const figures = toFigures([sum('completed', 1, 3_000), sum('cancelled', 5, 9_000, waiting)])
  expect(figures).toMatchObject({ cancelled: 5, average_seconds: 2 })
  expect(toFigures([sum('cancelled', 4, 8_000, waiting)]).average_seconds).toBeNull()
})

test('costs add up without an error', () => {
  const figures = toFigures([0.1, 0.2].map((cost) => ({ ...sum('completed', 1), cost })))
  expect(figures.cost).toBe(0.3)
})
