import { expect, test } from 'vitest'
import { createProgress } from '../../src/cli/progress.ts'
import type { RunWatcher } from '../../src/claims/run-options.ts'
import type { ClaimOutcome } from '../../src/evidence/claim-outcome.ts'

type Prepared = Parameters<RunWatcher['prepared']>

function logOf(planned: number, refuted: number): string[] {
  const lines: string[] = []
  const output = { isTTY: false, write: (text: string) => lines.push(text) }
  const { watcher } = createProgress(output as unknown as NodeJS.WriteStream)
  const selected = Array.from({ length: planned })
  watcher.prepared(
    { systems: [{ selected, companions: [] }] } as unknown as Prepared[0],
    {} as Prepared[1],
  )
  for (let claim = 1; claim <= planned; claim += 1) {
    const verdict = claim === refuted ? 'refuted' : 'upheld'
    watcher.judged({ claim: `S-${claim}`, verdict, reason: 'wrong' } as ClaimOutcome)
  }
  return lines.map((line) => line.trimEnd().replace(/ {2}\(.*\)$/, ''))
}

test('a log tells each tenth of the claims, and what is not upheld', () => {
  expect(logOf(120, 13)).toEqual([
    '12 of 120 claims judged',
    expect.stringContaining('S-13  wrong'),
    ...[24, 36, 48, 60, 72, 84, 96, 108, 120].map((count) => `${count} of 120 claims judged`),
  ])
})

test('of few claims it tells less', () => {
  expect(logOf(11, 0)).toEqual(['10 of 11 claims judged', '11 of 11 claims judged'])
  expect(logOf(3, 0)).toEqual(['3 of 3 claims judged'])
})
