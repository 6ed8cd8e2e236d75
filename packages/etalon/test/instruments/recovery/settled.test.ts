import { expect, test } from 'vitest'
import { settledAtMs } from '../../../src/instruments/recovery/index.ts'
import type { Ending } from '../../../src/instruments/recovery/index.ts'

const settled = { answers: 3, forMs: 20, answerMsMax: 100 }

/** Operations started 10 ms apart; `g` good, `f` failed, `u` unknown, `s` slow, `.` under way. */
function answered(
  text: string,
): ({ startedAtMs: number; endedAtMs: number; outcome: Ending } | undefined)[] {
  return Array.from(text, (letter, at) => {
    if (letter === '.') return undefined
    const outcome: Ending =
      letter === 'f' || letter === 'u'
        ? { kind: letter === 'f' ? 'failed' : 'unknown', reason: letter }
        : { kind: 'ok', output: undefined }
    return { startedAtMs: at * 10, endedAtMs: at * 10 + (letter === 's' ? 101 : 5), outcome }
  })
}

test.each([
  ['ggg', 5, 'the first answer counts when those after it stay good'],
  ['fggg', 15, 'a failure begins the row anew'],
  ['uggg', 15, 'an unknown outcome is no good answer'],
  ['sggg', 15, 'nor is one that comes too late'],
  ['ggfggg', 35, 'a single good answer is no recovery'],
  ['gggf', 5, 'what fails after the row is long enough is another matter'],
])('%s is settled at %d ms: %s', (text, expected) => {
  expect(settledAtMs(answered(text), settled)).toBe(expected)
})

test.each([
  ['', 'without an answer'],
  ['gg', 'with too few answers'],
  ['ggf', 'with a failure at the end of the row'],
  ['g.gg', 'while one in the row is under way'],
  ['.ggg', 'while the first is under way, for it may still fail'],
])('%s is not settled: %s', (text) => {
  expect(settledAtMs(answered(text), settled)).toBeUndefined()
})

test('enough answers in too short a time are no recovery', () => {
  expect(settledAtMs(answered('gggg'), { ...settled, forMs: 31 })).toBeUndefined()
  expect(settledAtMs(answered('gggg'), { ...settled, forMs: 30 })).toBe(5)
})
