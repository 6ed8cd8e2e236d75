import type { ClaimOutcome } from '../evidence/claim-outcome.ts'
import type {
  ComparedFigure,
  ComparedVerdict,
  ComparisonSide,
  UncomparedClaim,
} from '../evidence/comparison-record.ts'
import { estimateRecord, type ProofRecord } from '../evidence/proof-record.ts'
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
 * The figures of a comparison share its chance of error: with ten of them each interval is a 99 %
 * one, so that at most one comparison in twenty calls anything worse where nothing is (Bonferroni).
 */
export function judgeComparison(
  outcomes: readonly RoundOutcome[],
  tolerance: number,
): { readonly figures: ComparedFigure[]; readonly uncompared: UncomparedClaim[] } {
  const claims = [...new Set(outcomes.map(({ outcome }) => outcome.claim))]
  const measured = claims.flatMap((claim) => figuresOf(claim, ofClaim(outcomes, claim)))
  const confidence = 1 - (2 * familyTail) / Math.max(1, measured.length)
  return {
    figures: measured.map((figure) => judged(figure, confidence, tolerance)),
    uncompared: claims
      .filter((claim) => !measured.some((figure) => figure.claim === claim))
      .map((claim) => uncompared(claim, ofClaim(outcomes, claim))),
  }
}

interface MeasuredFigure {
  readonly claim: string
  readonly title: string
  readonly unit: Unit
  readonly rounds: readonly { readonly subject: number; readonly base: number }[]
  readonly doubts: readonly Doubt[]
}

function ofClaim(outcomes: readonly RoundOutcome[], claim: string): RoundOutcome[] {
  return outcomes.filter(({ outcome }) => outcome.claim === claim)
}

function figuresOf(claim: string, outcomes: readonly RoundOutcome[]): MeasuredFigure[] {
  const sides = { subject: valuesOf(outcomes, 'subject'), base: valuesOf(outcomes, 'base') }
  const doubts = firstOfKind(outcomes.flatMap(({ outcome }) => outcome.doubts))
  return [...sides.subject.keys()].flatMap((title) => {
    const subject = sides.subject.get(title) as Values
    const base = sides.base.get(title)
    const shared = [...subject.byRound.keys()].filter((round) => base?.byRound.has(round))
    if (shared.length === 0) return []
    const rounds = shared.map((round) => ({
      subject: subject.byRound.get(round) as number,
      base: base?.byRound.get(round) as number,
    }))
    return [{ claim, title, unit: subject.unit, rounds, doubts }]
  })
}

interface Values {
  readonly unit: Unit
  readonly byRound: Map<number, number>
}

/** The values of each proof by round; of proofs whose figure says nothing of the system, none. */
function valuesOf(outcomes: readonly RoundOutcome[], side: ComparisonSide): Map<string, Values> {
  const found = new Map<string, Values>()
  for (const { round, outcome } of outcomes.filter((one) => one.side === side)) {
    for (const { title, estimate } of outcome.proofs.filter(isTelling)) {
      if (!estimate) continue
      const values = found.get(title) ?? { unit: estimate.unit, byRound: new Map() }
      values.byRound.set(round, estimate.value)
      found.set(title, values)
    }
  }
  return found
}

function isTelling({ estimate, doubts }: ProofRecord): boolean {
  if (!estimate || !isComparable(estimate.unit) || doubts.some(voids)) return false
  return estimate.value > 0 && Number.isFinite(estimate.value)
}

function judged(figure: MeasuredFigure, confidence: number, tolerance: number): ComparedFigure {
  const pairs = figure.rounds.map(({ subject, base }) =>
    isMoreWorse(figure.unit) ? { subject, reference: base } : { subject: base, reference: subject },
  )
  const ratio = withDoubts(pairedRatioOf(pairs, { confidence }), figure.doubts)
  const { verdict, reason } = verdictOf(ratio, 1 + tolerance)
  return {
    ...figure,
    ratio: estimateRecord(ratio),
    verdict,
    doubts: ratio.doubts,
    ...(reason === undefined ? {} : { reason }),
  }
}

function verdictOf(ratio: Estimate, bound: number): { verdict: ComparedVerdict; reason?: string } {
  const { verdict, reason } = judgeEstimate(ratio, { kind: 'at-most', bound })
  if (verdict === 'refuted') return { verdict: 'worse' }
  if (verdict === 'upheld') return { verdict: ratio.high < 1 ? 'better' : 'not-worse' }
  const inAll = ratio.high > bound ? ratio.samplesToDecide(bound) : undefined
  return inAll === undefined
    ? { verdict: 'undecided', reason: reason ?? '' }
    : { verdict: 'undecided', reason: `about ${formatCount(inAll)} rounds would decide` }
}

function uncompared(claim: string, outcomes: readonly RoundOutcome[]): UncomparedClaim {
  const silent = (['subject', 'base'] as const).filter(
    (side) => valuesOf(outcomes, side).size === 0,
  )
  const [first = 'base', other] = silent
  const told = outcomes.find(({ side }) => side === first)?.outcome.reason
  const reason = told ?? 'it measures nothing that can be better or worse'
  return { claim, side: other ? 'both' : first, reason }
}

function firstOfKind(doubts: readonly Doubt[]): Doubt[] {
  return [...new Map(doubts.toReversed().map((doubt) => [doubt.kind, doubt])).values()]
}
