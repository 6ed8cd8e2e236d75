import { expect, test } from 'vitest'
import {
  failed,
  historyOf,
  ok,
  reconcile,
  unknown,
  type Outcome,
  type Reconciliation,
} from '../../../src/instruments/histories/index.ts'

interface Row {
  readonly key: string
  readonly isWhole?: boolean
}

function compare(
  outcomes: Readonly<Record<string, Outcome>>,
  rows: readonly Row[],
): Reconciliation<string, unknown, Row> {
  const operations = Object.entries(outcomes).map(([input, outcome], index) => ({
    index,
    actor: index,
    input,
    startedAtMs: index,
    endedAtMs: index + 1,
    outcome,
  }))
  return reconcile(historyOf(operations), {
    keyOf: ({ input }) => input,
    rows,
    keyOfRow: ({ key }) => key,
    isWhole: ({ isWhole = true }) => isWhole,
  })
}

const nothing = { lost: [], repeated: [], denied: [], torn: [], unexpected: [] }

test('nothing is wrong with what was acknowledged once and is there once', () => {
  const found = compare({ a: ok(1), b: failed('409') }, [{ key: 'a' }])
  expect(found).toEqual({ ...nothing, unknown: { done: 0, notDone: 0 } })
})

test('an unknown outcome may have been done or not: neither is an anomaly', () => {
  const found = compare({ a: unknown('timeout'), b: unknown('cut') }, [{ key: 'b' }])
  expect(found).toEqual({ ...nothing, unknown: { done: 1, notDone: 1 } })
})

test('what was acknowledged and is not there is lost', () => {
  const found = compare({ a: ok(1), b: ok(2) }, [{ key: 'a' }])
  expect(found.lost.map(({ input }) => input)).toEqual(['b'])
})

test.each([
  ['acknowledged', ok(1)],
  ['unknown', unknown('cut')],
])('what is there twice is repeated, also when it was %s', (_name, outcome) => {
  const rows = [{ key: 'a' }, { key: 'a' }]
  expect(compare({ a: outcome }, rows).repeated).toEqual([rows])
})

test('what was said not to be done and is there was denied', () => {
  const found = compare({ a: failed('503') }, [{ key: 'a' }])
  expect(found.denied.map(({ input }) => input)).toEqual(['a'])
})

test('rows that are there in part, or that nobody asked for, are told', () => {
  const torn = { key: 'a', isWhole: false }
  const found = compare({ a: ok(1) }, [torn, { key: 'z' }])
  expect(found.torn).toEqual([torn])
  expect(found.unexpected).toEqual([{ key: 'z' }])
})

test('operations that share a key cannot be reconciled', () => {
  const operation = { actor: 0, input: 'a', startedAtMs: 0, endedAtMs: 1, outcome: ok(1) }
  const history = historyOf([
    { ...operation, index: 0 },
    { ...operation, index: 1 },
  ])
  const of = { keyOf: () => 'a', rows: [], keyOfRow: String }
  expect(() => reconcile(history, of)).toThrow(RangeError)
})
