import { expect, test } from 'vitest'
import { recoveryRunOf } from '../../../src/instruments/recovery/recovery-run.ts'
import type { TrafficOperation } from '../../../src/instruments/recovery/index.ts'

const settled = { answers: 3, forMs: 20, answerMsMax: 100 }
const rateHz = 100

/** One operation every 10 ms, each taking 5. */
function operations(text: string, lateMs = 0): TrafficOperation[] {
  return Array.from(text, (letter, index) => {
    const startedAtMs = index * 10
    const outcome =
      letter === 'g'
        ? { kind: 'ok' as const, output: undefined }
        : { kind: 'failed' as const, reason: letter }
    return {
      index,
      actor: index,
      input: undefined,
      dueAtMs: startedAtMs - lateMs,
      startedAtMs,
      endedAtMs: startedAtMs + 5,
      outcome,
    }
  })
}

function recovered(name: string, struckAtMs: number, healedAtMs: number, recoveredAtMs: number) {
  return { name, struckAtMs, healedAtMs, recoveredAtMs, recoveryMs: recoveredAtMs - healedAtMs }
}

test('quantiles are those of the faults named, with what never recovered at the end', () => {
  const run = recoveryRunOf(
    [],
    [
      recovered('kill', 0, 10, 40),
      recovered('cut', 50, 60, 61),
      recovered('kill', 70, 80, Infinity),
    ],
    { settled, rateHz },
  )
  expect(run.quantile(0.5).samples).toBe(3)
  expect(run.quantile(0.5, 'kill').value).toBe(30)
  expect(run.quantile(0.99, 'kill').value).toBe(Infinity)
  expect(run.quantile(0.5, 'pause').samples).toBe(0)
})

test('what no fault disturbed is judged apart from what faults cost', () => {
  const run = recoveryRunOf(operations('ggggffffggfg'), [recovered('kill', 36, 70, 85)], {
    settled,
    rateHz,
  })
  expect(run.undisturbed.samples).toBe(7)
  expect(run.undisturbed.value).toBeCloseTo(6 / 7)
  expect(run.cost().value).toBe(40)
})

test('an operation that was under way when the fault struck is disturbed', () => {
  const run = recoveryRunOf(operations('gf'), [recovered('kill', 12, 13, 16)], { settled, rateHz })
  expect(run.undisturbed.samples).toBe(1)
  expect(run.cost().value).toBe(10)
})

test.each([
  [9, []],
  [11, ['late-driver']],
  [101, ['overloaded-driver']],
])('a traffic that started %d ms late leaves the doubts %j', (lateMs, kinds) => {
  const { undisturbed } = recoveryRunOf(operations('gggg', lateMs), [], { settled, rateHz })
  expect(undisturbed.doubts.map(({ kind }) => kind)).toEqual(kinds)
})
