import { expect, test } from 'vitest'
import { judgeComparison, type RoundOutcome } from '../../src/claims/judge-comparison.ts'
import type { ClaimOutcome } from '../../src/evidence/claim-outcome.ts'
import type { ComparisonRecord, ComparisonSide } from '../../src/evidence/comparison-record.ts'
import type { Doubt } from '../../src/kernel/doubt.ts'
import type { Unit } from '../../src/kernel/units.ts'
import { concludeComparison } from '../../src/report/comparison/conclusion.ts'
import { renderComparisonMarkdown } from '../../src/report/comparison/markdown.ts'
import { renderComparisonTerminal } from '../../src/report/comparison/terminal.ts'
import { circumstances } from '../../src/report/testing/circumstance.ts'

interface Measured {
  readonly claim?: string
  readonly title?: string
  readonly unit?: Unit
  readonly subject?: (round: number) => number
  readonly base?: (round: number) => number
  readonly doubts?: readonly Doubt[]
}

/** Rounds in which a claim gave these figures; a side without a figure says why. */
function rounds(count: number, ...measured: readonly Measured[]): RoundOutcome[] {
  return Array.from({ length: count }, (_, index) => index + 1).flatMap((round) =>
    measured.flatMap((one) =>
      (['subject', 'base'] as const).map((side) => ({
        round,
        side,
        outcome: outcome(one, side, round),
      })),
    ),
  )
}

function outcome(measured: Measured, side: ComparisonSide, round: number): ClaimOutcome {
  const { claim = 'A-1', title = 'P95', unit = 'ms', doubts = [] } = measured
  const value = measured[side]?.(round)
  const estimate = { value, low: null, high: null, unit, confidence: 0.9, samples: 100, method: '' }
  const proof = { title, verdict: 'upheld', figure: '', target: '', doubts: [], estimate }
  const reason = value === undefined ? { reason: 'the claim threw: no such path' } : {}
  return { claim, doubts, proofs: value === undefined ? [] : [proof], ...reason } as never
}

/** Noise of 3 % that is another in each round, the same on both sides in none. */
const about =
  (centre: number, phase = 0) =>
  (round: number): number =>
    centre * (1 + (((round * 7 + phase) % 11) - 5) / 170)
const verdicts = (outcomes: readonly RoundOutcome[]): string[] =>
  judgeComparison(outcomes, 0.25).figures.map(({ verdict }) => verdict)

test('calls a figure worse, better or neither by its whole interval', () => {
  const base = about(100, 3)
  const figures = [
    { title: 'slower', subject: about(140), base },
    { title: 'within', subject: about(110), base },
    { title: 'equal', subject: about(100), base },
    { title: 'faster', subject: about(60), base },
    { title: 'near', subject: about(125), base },
  ]
  expect(verdicts(rounds(10, ...figures))).toEqual([
    'worse',
    'not-worse',
    'not-worse',
    'better',
    'undecided',
  ])
})

test('less of a rate is worse, more memory too; shares are not compared', () => {
  const base = about(100, 3)
  const figures = [
    { title: 'rate', unit: 'Hz', subject: about(60), base },
    { title: 'memory', unit: 'bytes', subject: about(160), base },
    { title: 'share', unit: 'share', subject: about(60), base },
  ] as const
  expect(judgeComparison(rounds(8, ...figures), 0.25).figures).toMatchObject([
    { title: 'rate', verdict: 'worse' },
    { title: 'memory', verdict: 'worse' },
  ])
})

test('a disturbance that meets both sides of a round cancels', () => {
  const load = (round: number): number => 1 + (round % 4)
  const subject = (round: number): number => about(100)(round) * load(round)
  const base = (round: number): number => about(100, 3)(round) * load(round)
  expect(verdicts(rounds(8, { subject, base }))).toEqual(['not-worse'])
})

test('few rounds decide nothing, and the figures of a comparison share its chance of error', () => {
  const slower = { subject: about(200), base: about(100, 3) }
  expect(verdicts(rounds(4, slower))).toEqual(['undecided'])
  expect(verdicts(rounds(5, slower))).toEqual(['worse'])
  const many = Array.from({ length: 12 }, (_, index) => ({ ...slower, title: `P95 ${index}` }))
  expect(new Set(verdicts(rounds(5, ...many)))).toEqual(new Set(['undecided']))
  expect(new Set(verdicts(rounds(8, ...many)))).toEqual(new Set(['worse']))
})

test('what is undecided says how many rounds would decide', () => {
  const near = { subject: about(121), base: about(100, 3) }
  const [figure] = judgeComparison(rounds(6, near), 0.25).figures
  expect(figure?.reason).toMatch(/^about [\d,]+ rounds would decide$/)
})

test('an overloaded machine leaves open what would be upheld, and refutes what is refuted', () => {
  const doubts = [{ kind: 'overloaded-machine', message: 'busy' }] as const
  const equal = { subject: about(100), base: about(100, 3), doubts }
  expect(judgeComparison(rounds(8, equal), 0.25).figures).toMatchObject([
    { verdict: 'undecided', reason: 'busy' },
  ])
  expect(verdicts(rounds(8, { ...equal, subject: about(200) }))).toEqual(['worse'])
})

test('a claim without a figure on a side is told, with its reason', () => {
  const { figures, uncompared } = judgeComparison(
    rounds(5, { claim: 'A-NEW', subject: about(100) }, { claim: 'A-LOST', base: about(100) }),
    0.25,
  )
  expect(figures).toEqual([])
  expect(uncompared).toEqual([
    { claim: 'A-NEW', side: 'base', reason: 'the claim threw: no such path' },
    { claim: 'A-LOST', side: 'subject', reason: 'the claim threw: no such path' },
  ])
})

test('a round that one side spoils is not left out: the figure is undecided, and says which', () => {
  const base = about(50, 3)
  const timedOut = (round: number): number => (round === 2 || round === 7 ? Infinity : 50)
  const subject = about(50)
  const never = (round: number): number => (round === 4 ? 0 : subject(round))
  const figures = [
    { title: 'P99', subject: timedOut, base },
    { title: 'P50', subject, base: timedOut },
    { title: 'both', subject: timedOut, base: never },
  ]
  const open = 'no figure that can be compared'
  expect(judgeComparison(rounds(8, ...figures), 0.25).figures).toMatchObject([
    { verdict: 'undecided', reason: `${open}: now in rounds 2, 7` },
    { verdict: 'undecided', reason: `${open}: in the base in rounds 2, 7` },
    { verdict: 'undecided', reason: `${open}: now in rounds 2, 7; in the base in round 4` },
  ])
})

test('what is worse in the other rounds is worse, unless the base spoilt one', () => {
  const slow = (round: number): number => (round === 2 ? Infinity : about(200)(round))
  const base = about(100, 3)
  expect(verdicts(rounds(8, { subject: slow, base }))).toEqual(['worse'])
  const spoilt = (round: number): number => (round === 2 ? Infinity : base(round))
  expect(verdicts(rounds(8, { subject: about(200), base: spoilt }))).toEqual(['undecided'])
})

test('a figure that one side never gave is told, whichever side it is', () => {
  const even = { title: 'even', subject: about(100), base: about(100, 3) }
  const { figures, uncompared } = judgeComparison(
    rounds(8, even, { title: 'lost', base: about(1) }, { title: 'new', subject: about(1) }),
    0.25,
  )
  expect(figures.map(({ title, verdict }) => [title, verdict])).toEqual([['even', 'not-worse']])
  expect(uncompared).toMatchObject([
    { claim: 'A-1', title: 'new', side: 'base' },
    { claim: 'A-1', title: 'lost', side: 'subject' },
  ])
})

test('a figure that is zero on both sides is as good on both', () => {
  const none = { title: 'growth', unit: 'bytes', subject: () => 0, base: () => 0 } as const
  const even = { title: 'even', subject: about(100), base: about(100, 3) }
  const { figures, uncompared } = judgeComparison(rounds(8, none, even), 0.25)
  expect(figures.map(({ title }) => title)).toEqual(['even'])
  expect(uncompared).toEqual([])
})

function record(...measured: readonly Measured[]): ComparisonRecord {
  return {
    ...circumstances,
    command: 'etalon compare shop --base main',
    state: 'finished',
    system: { name: 'shop', title: 'Shop' },
    base: { given: 'main', commit: 'b4be5eeb4be5eeb4be5ee' },
    roundsPlanned: 8,
    roundsDone: 8,
    tolerance: 0.25,
    ...judgeComparison(rounds(8, ...measured), 0.25),
  }
}

const equal = { title: 'even', subject: about(100), base: about(100, 3) }
const slower = { title: 'P95 | of a list', subject: about(150), base: about(100, 3) }
const near = { title: 'near', subject: about(125), base: about(100, 3) }

test.each([
  [record(equal), 0, 'None of 1 figure is worse than main by more than 25 %'],
  [record(equal, slower), 1, '1 of 2 figures worse than main by more than 25 %'],
  [record(equal, near), 2, '1 of 2 figures could not be decided'],
  [record(equal, { claim: 'A-2', base: about(1) }), 2, '1 claim gave nothing to compare'],
  [record(equal, { claim: 'A-2', subject: about(1) }), 0, 'None of 1 figure'],
  [record(equal, { title: 'lost', base: about(1) }), 2, '1 claim or figure gave nothing to'],
  [record(equal, { title: 'new', subject: about(1) }), 0, 'None of 1 figure'],
  [record({ claim: 'A-2', subject: about(1) }), 2, 'No figure could be compared'],
  [{ ...record(slower), state: 'interrupted' as const, roundsDone: 3 }, 5, 'after 3 of 8 rounds'],
])('%#: concludes with an exit status', (compared, status, finding) => {
  const conclusion = concludeComparison(compared)
  expect(conclusion.exitCode).toBe(status)
  expect(conclusion.finding).toContain(finding)
})

test('the reports show what is worse first, with the ratio and its interval', () => {
  const compared = record(equal, slower)
  const markdown = renderComparisonMarkdown(compared)
  const rows = markdown.split('\n').filter((line) => line.startsWith('| A-1'))
  expect(rows[0]).toMatch(
    /^\| A-1 \| P95 \\\| of a list \| 10\d ms \| 15\d ms \| 1\.\d+ × \| \\\[1\.\d+ ×, 1\.\d+ ×\] \| ❌ slower \|$/,
  )
  expect(rows[1]).toContain('✓ no difference shown')
  const screen = renderComparisonTerminal(compared, 'there')
  expect(screen).toContain('slower')
  expect(screen).toContain('there/compare.md')
  const lost = record(equal, { title: 'P99 | lost', base: about(1) })
  expect(renderComparisonMarkdown(lost)).toContain('- A-1, P99 \\| lost: no figure now; ')
  expect(renderComparisonTerminal(lost, 'there')).toContain('A-1, P99 | lost  no figure now: ')
})
