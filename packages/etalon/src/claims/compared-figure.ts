import { estimateRecord, type ProofRecord } from '../evidence/proof-record.ts'
import { withDoubts, type Estimate } from '../kernel/estimate.ts'
import { judgeEstimate, type Target } from '../kernel/judge.ts'
import { estimateRatioOf, type Interval } from '../kernel/statistics/estimate-ratio.ts'
import { formatQuantity, type Unit } from '../kernel/units.ts'

/** A figure to hold another against: kept in a baseline, or measured in the same claim. */
export interface Reference extends Interval {
  readonly unit: Unit
  /** The run that measured it, when it was another one. */
  readonly run?: string
}

/** The units of figures that can be better or worse, and whether more of them is worse. */
const moreIsWorse: Partial<Readonly<Record<Unit, boolean>>> = {
  ms: true,
  s: true,
  bytes: true,
  Hz: false,
}

/** Whether a figure in this unit can be better or worse than another. */
export function isComparable(unit: Unit): boolean {
  return moreIsWorse[unit] !== undefined
}

/**
 * The proof that a figure is not worse than another of the same unit, by the whole interval of
 * their ratio. A ratio above 1 is worse: more of a duration or of memory, less of a rate. Without
 * another figure nothing can be told.
 *
 * @param tolerance share by which it may be worse: 0.25 for a quarter
 */
export function proveNotWorse(
  title: string,
  subject: Estimate,
  reference: Reference | undefined,
  tolerance: number,
): ProofRecord {
  if (!reference) {
    return {
      title,
      verdict: 'inconclusive',
      figure: formatQuantity(subject.value, subject.unit),
      target: `≤ ${1 + tolerance} × the baseline`,
      doubts: [],
      reason: 'no figure was kept on this kind of machine: keep one with `etalon baseline keep`',
    }
  }
  const ratio = withDoubts(worsening(subject, reference), subject.doubts)
  const bound: Target = { kind: 'at-most', bound: 1 + tolerance }
  const judgement = judgeEstimate(ratio, bound)
  const whose = reference.run === undefined ? '' : ` of run ${reference.run}`
  const counterexample = { found: estimateRecord(subject), reference }
  return {
    title,
    ...judgement,
    figure: formatQuantity(ratio.value, 'ratio'),
    target: `≤ ${1 + tolerance} × the ${formatQuantity(reference.value, reference.unit)}${whose}`,
    estimate: estimateRecord(ratio),
    bound,
    // Another run's figure was not measured in turns with this one: both stand on their own time.
    ...(reference.run === undefined ? {} : { unit: subject.unit }),
    doubts: ratio.doubts,
    ...(judgement.verdict === 'refuted' ? { counterexample } : {}),
  }
}

/** Whether a larger figure in this unit is the worse one. */
export function isMoreWorse(unit: Unit): boolean {
  return moreIsWorse[unit] === true
}

/** How many times as bad the subject is as the reference. */
function worsening(subject: Estimate, reference: Reference): Estimate {
  const worse = moreIsWorse[subject.unit]
  if (worse === undefined || subject.unit !== reference.unit) {
    const found = `${subject.unit} and ${reference.unit}`
    throw new TypeError(
      `isNotWorseThan: expected two figures in ms, s, bytes or Hz, found ${found}`,
    )
  }
  return worse ? estimateRatioOf(subject, reference) : estimateRatioOf(reference, subject)
}
