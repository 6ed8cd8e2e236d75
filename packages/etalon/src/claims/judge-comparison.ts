import type { ClaimOutcome } from '../evidence/claim-outcome.ts'
import type {
  ComparedFigure,
  ComparedVerdict,
  ComparisonSide,
  UncomparedClaim,
} from '../evidence/comparison-record.ts'
import { estimateRecord } from '../evidence/proof-record.ts'
import { voids, type Doubt } from '../kernel/doubt.ts'
import { withDoubts, type Estimate } from '../kernel/estimate.ts'
import { judgeEstimate } from '../kernel/judge.ts'
import { pairedRatioOf } from '../kernel/statistics/paired-ratio.ts'
import { formatCount, type Unit } from '../kernel/units.ts'
import { isComparable, isMoreWorse } from './compared-figure.ts'

/** What a claim came to on one side in one round. */
export interface RoundOutcome {
  readonly round: number
  readonly side: ComparisonSide
  readonly outcome: ClaimOutcome
}

// The chance that any of the figures is called worse though none is.
const familyTail = 0.05

/**
 * Compares every figure that a claim gave on both sides in the same round. The rounds are what is
 * independent: each is a start of the system on each side, one right after the other.
 *
 * A round in which one side gave no figure that can be compared (it timed out, or its claim threw)
 * leaves the figure undecided: what spoils a round may be the very thing that became worse.
 *
 * The figures of a comparison share its chance of error: with ten of them each interval is a 99 %
 * one, so that at most one comparison in twenty calls anything worse where nothing is (Bonferroni).
 */
export function judgeComparison(
  outcomes: readonly RoundOutcome[],
  tolerance: number,
): { readonly figures: ComparedFigure[]; readonly uncompared: UncomparedClaim[] } {
  const claims = [...new Set(outcomes.map(({ outcome }) => outcome.claim))]
  const silent = claims.flatMap((claim) => silentClaim(claim, ofClaim(outcomes, claim)))
  const measured = claims
    .filter((claim) => !silent.some((one) => one.claim === claim))
    .flatMap((claim) => figuresOf(claim, ofClaim(outcomes, claim)))
  const paired = measured.filter(({ rounds }) => rounds.length > 0)
  const confidence = 1 - (2 * familyTail) / Math.max(1, paired.length)
  return {
    figures: paired.map((figure) => judged(figure, confidence, tolerance)),
    uncompared: [
      ...silent,
      ...measured.filter(({ rounds }) => rounds.length === 0).flatMap(silentFigure),
    ],
  }
}

interface MeasuredFigure {
  readonly claim: string
  readonly title: string
  readonly unit: Unit
  readonly rounds: readonly { readonly subject: number; readonly base: number }[]
  /** The rounds in which a side gave nothing to compare though either gave something. */
  readonly lacking: Readonly<Record<ComparisonSide, readonly number[]>>
  readonly doubts: readonly Doubt[]
}

function ofClaim(outcomes: readonly RoundOutcome[], claim: string): RoundOutcome[] {
  return outcomes.filter(({ outcome }) => outcome.claim === claim)
}

function figuresOf(claim: string, outcomes: readonly RoundOutcome[]): MeasuredFigure[] {
  const sides = { subject: valuesOf(outcomes, 'subject'), base: valuesOf(outcomes, 'base') }
  const doubts = firstOfKind(outcomes.flatMap(({ outcome }) => outcome.doubts))
  const units = new Map([...sides.base, ...sides.subject].map(([title, { unit }]) => [title, unit]))
  const titles = new Set([...sides.subject.keys(), ...sides.base.keys()])
  return [...titles].map((title) => {
    const unit = units.get(title) as Unit
    const subject = sides.subject.get(title)?.byRound
    const base = sides.base.get(title)?.byRound
    const told = new Set([...(subject?.keys() ?? []), ...(base?.keys() ?? [])])
    const all = [...told]
      .toSorted((one, other) => one - other)
      .map((round) => ({
        round,
        subject: subject?.get(round) ?? Number.NaN,
        base: base?.get(round) ?? Number.NaN,
      }))
    // Zero on both sides has no ratio, and neither side is worse.
    const unequal = all.filter((round) => round.subject !== 0 || round.base !== 0)
    const isWhole = (round: Pair): boolean => isUsable(round.subject) && isUsable(round.base)
    const lacking = (side: ComparisonSide): number[] =>
      unequal.filter((round) => !isUsable(round[side])).map(({ round }) => round)
    return {
      claim,
      title,
      unit,
      rounds: unequal.filter(isWhole).map(({ subject, base }) => ({ subject, base })),
      lacking: { subject: lacking('subject'), base: lacking('base') },
      doubts,
    }
  })
}

type Pair = Readonly<Record<ComparisonSide, number>>

interface Values {
  readonly unit: Unit
  readonly byRound: Map<number, number>
}

/** The values of each proof by round; NaN where the figure says nothing of the system. */
function valuesOf(outcomes: readonly RoundOutcome[], side: ComparisonSide): Map<string, Values> {
  const found = new Map<string, Values>()
  for (const { round, outcome } of outcomes.filter((one) => one.side === side)) {
    for (const { title, estimate, doubts } of outcome.proofs) {
      if (!estimate || !isComparable(estimate.unit)) continue
      const values = found.get(title) ?? { unit: estimate.unit, byRound: new Map() }
      values.byRound.set(round, doubts.some(voids) ? Number.NaN : estimate.value)
      found.set(title, values)
    }
  }
  return found
}

/** Whether a ratio can be made of it. */
function isUsable(value: number): boolean {
  return value > 0 && Number.isFinite(value)
}

function judged(
  { lacking, ...figure }: MeasuredFigure,
  confidence: number,
  tolerance: number,
): ComparedFigure {
  const pairs = figure.rounds.map(({ subject, base }) =>
    isMoreWorse(figure.unit) ? { subject, reference: base } : { subject: base, reference: subject },
  )
  const ratio = withDoubts(pairedRatioOf(pairs, { confidence }), figure.doubts)
  const { verdict, reason } = wholeVerdict(verdictOf(ratio, 1 + tolerance), lacking)
  return {
    ...figure,
    ratio: estimateRecord(ratio),
    verdict,
    doubts: ratio.doubts,
    ...(reason === undefined ? {} : { reason }),
  }
}

interface Finding {
  readonly verdict: ComparedVerdict
  readonly reason?: string
}

/** Spoilt rounds decide nothing; only what is worse in the others, none spoilt by the base, is. */
function wholeVerdict(finding: Finding, lacking: MeasuredFigure['lacking']): Finding {
  const reason = gapOf(lacking)
  if (reason === undefined) return finding
  return finding.verdict === 'worse' && lacking.base.length === 0
    ? finding
    : { verdict: 'undecided', reason }
}

function verdictOf(ratio: Estimate, bound: number): Finding {
  const { verdict, reason } = judgeEstimate(ratio, { kind: 'at-most', bound })
  if (verdict === 'refuted') return { verdict: 'worse' }
  if (verdict === 'upheld') return { verdict: ratio.high < 1 ? 'better' : 'not-worse' }
  const inAll = ratio.high > bound ? ratio.samplesToDecide(bound) : undefined
  return inAll === undefined
    ? { verdict: 'undecided', reason: reason ?? '' }
    : { verdict: 'undecided', reason: `about ${formatCount(inAll)} rounds would decide` }
}

/** Which side gave nothing to compare in which rounds; `undefined` when both always did. */
function gapOf({ subject, base }: MeasuredFigure['lacking']): string | undefined {
  const gaps = [
    ...(subject.length > 0 ? [`now in ${roundsOf(subject)}`] : []),
    ...(base.length > 0 ? [`in the base in ${roundsOf(base)}`] : []),
  ]
  return gaps.length === 0 ? undefined : `no figure that can be compared: ${gaps.join('; ')}`
}

function roundsOf(rounds: readonly number[]): string {
  return `${rounds.length === 1 ? 'round' : 'rounds'} ${rounds.join(', ')}`
}

/** A claim of which a side never gave anything to compare. */
function silentClaim(claim: string, outcomes: readonly RoundOutcome[]): UncomparedClaim[] {
  const silent = (['subject', 'base'] as const).filter((side) => {
    const values = [...valuesOf(outcomes, side).values()]
    return !values.some(({ byRound }) => [...byRound.values()].some(isUsable))
  })
  const [first, other] = silent
  if (!first) return []
  const told = outcomes.find(({ side }) => side === first)?.outcome.reason
  const reason = told ?? 'it measures nothing that can be better or worse'
  return [{ claim, side: other ? 'both' : first, reason }]
}

/** A figure that no round has on both sides, of a claim that has others. */
function silentFigure({ claim, title, lacking }: MeasuredFigure): UncomparedClaim[] {
  const gap = gapOf(lacking)
  if (gap === undefined) return []
  const { subject, base } = lacking
  const side = subject.length === 0 ? 'base' : base.length === 0 ? 'subject' : 'both'
  return [{ claim, title, side, reason: gap }]
}

function firstOfKind(doubts: readonly Doubt[]): Doubt[] {
  return [...new Map(doubts.toReversed().map((doubt) => [doubt.kind, doubt])).values()]
}
