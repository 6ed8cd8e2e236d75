import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Operation, Outcome } from '../../../src/instruments/histories/history.ts'
import {
  checkLinearizable,
  register,
  type RegisterInput,
} from '../../../src/instruments/histories/linearizability.ts'

type Use = Operation<RegisterInput<number> & { readonly key?: string }, number>

let count = 0
const use = (
  input: Use['input'],
  [startedAtMs, endedAtMs]: readonly [number, number],
  outcome: Outcome<number> = { kind: 'ok', output: 0 },
): Use => {
  count += 1
  return { index: count, actor: 0, input, startedAtMs, endedAtMs, outcome }
}
const write = (value: number, ...times: [number, number]): Use => use({ write: value }, times)
const read = (value: number, ...times: [number, number]): Use =>
  use({ read: true }, times, { kind: 'ok', output: value })

const verdictOf = (uses: readonly Use[]): string | undefined =>
  checkLinearizable(uses, { model: register<number>(0) })[0]?.verdict

describe('a register', () => {
  test('Herlihy and Wing 1990, figure 1: overlapping writes may take place in either order', () => {
    expect(verdictOf([write(0, 0, 10), write(1, 2, 8), read(1, 11, 12)])).toBe('linearizable')
    expect(verdictOf([write(0, 0, 10), write(1, 2, 8), read(0, 11, 12)])).toBe('linearizable')
  })

  test('a read of what was overwritten before it began is refuted, and says where', () => {
    const stale = read(1, 20, 21)
    const [result] = checkLinearizable([write(1, 0, 1), write(2, 10, 11), stale], {
      model: register<number>(0),
    })
    expect(result).toMatchObject({ verdict: 'refuted', stuckAt: stale.index })
    expect(result?.order).toHaveLength(2)
  })

  test('two reads at once must agree on what came first', () => {
    const writes = [write(1, 0, 100), write(2, 0, 100)]
    const reads = [read(1, 10, 20), read(2, 30, 40), read(2, 10, 20), read(1, 30, 40)]
    expect(verdictOf([...writes, ...reads.slice(0, 2)])).toBe('linearizable')
    expect(verdictOf([...writes, ...reads])).toBe('refuted')
  })

  test('an unknown write may take place late, or never, but not before its call', () => {
    const lost = use({ write: 7 }, [0, 1], { kind: 'unknown', reason: 'cut' })
    expect(verdictOf([lost, read(0, 5, 6)])).toBe('linearizable')
    expect(verdictOf([lost, read(0, 5, 6), read(7, 8, 9)])).toBe('linearizable')
    expect(verdictOf([lost, read(7, 5, 6), read(0, 8, 9)])).toBe('refuted')
  })

  test('a failed write did not take place', () => {
    const failed = use({ write: 7 }, [0, 1], { kind: 'failed', reason: 'refused' })
    expect(verdictOf([failed, read(7, 5, 6)])).toBe('refuted')
  })

  test('things apart are checked apart', () => {
    const ofKey = (key: string, each: Use): Use => ({ ...each, input: { ...each.input, key } })
    const results = checkLinearizable(
      [ofKey('a', write(1, 0, 1)), ofKey('b', read(1, 2, 3)), ofKey('a', read(1, 2, 3))],
      { model: register<number>(0), keyOf: ({ key }) => key ?? '' },
    )
    expect(results.map(({ key, verdict }) => [key, verdict])).toEqual([
      ['a', 'linearizable'],
      ['b', 'refuted'],
    ])
  })

  test('an answer that is not there is refused: it would pass for any', () => {
    const empty = { kind: 'ok', output: undefined } as unknown as Outcome<number>
    const reads = [write(1, 0, 1), use({ read: true }, [2, 3], empty)]
    expect(() => verdictOf(reads)).toThrow(/expected an output of operation \d+, found undefined/)
  })

  test('where the tries run out the answer is unknown, not a pass', () => {
    const uses = Array.from({ length: 12 }, (_none, at) => write(at, 0, 100))
    const [result] = checkLinearizable([...uses, read(99, 200, 201)], {
      model: register<number>(0),
      triesMax: 100,
    })
    expect(result?.verdict).toBe('unknown')
  })
})

/** Whether some order that keeps to the times explains every read. */
function isExplained(uses: readonly Use[], state = 0): boolean {
  if (uses.length === 0) return true
  const firstEnd = Math.min(...uses.map(({ endedAtMs }) => endedAtMs))
  return uses.some((each) => {
    if (each.startedAtMs > firstEnd) return false
    const rest = uses.filter((other) => other !== each)
    if ('write' in each.input) return isExplained(rest, each.input.write)
    const output = each.outcome.kind === 'ok' ? each.outcome.output : undefined
    return output === state && isExplained(rest, state)
  })
}

const uses = fc.array(
  fc
    .record({
      start: fc.integer({ min: 0, max: 12 }),
      length: fc.integer({ min: 1, max: 6 }),
      value: fc.integer({ min: 0, max: 2 }),
      isRead: fc.boolean(),
    })
    .map(({ start, length, value, isRead }) =>
      (isRead ? read : write)(value, start, start + length),
    ),
  { minLength: 2, maxLength: 7 },
)

test('against every order there is', () => {
  const seen = { linearizable: 0, refuted: 0 }
  fc.assert(
    fc.property(uses, (history) => {
      const explained = isExplained(history)
      seen[explained ? 'linearizable' : 'refuted'] += 1
      expect(verdictOf(history)).toBe(explained ? 'linearizable' : 'refuted')
    }),
    { numRuns: 2_000, seed: 7 },
  )
  expect(Math.min(seen.linearizable, seen.refuted)).toBeGreaterThan(200)
})
