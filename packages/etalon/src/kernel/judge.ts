import { disqualifies, voids } from './doubt.ts'
import type { Estimate } from './estimate.ts'
import { formatCount, formatQuantity, type Unit } from './units.ts'
import type { Verdict } from './verdict.ts'

/** What a figure is held against. */
export type Target =
  | { readonly kind: 'below' | 'at-most' | 'above' | 'at-least'; readonly bound: number }
  | { readonly kind: 'between'; readonly low: number; readonly high: number }

/** A judged figure: the verdict, and for an inconclusive one what would decide it. */
export interface Judgement {
  readonly verdict: Verdict
  readonly reason?: string
}

/**
 * Judges an estimate: the whole interval on the right side of the target is upheld, the whole
 * interval on the wrong side refuted, anything between inconclusive. An estimate without samples
 * shows nothing; one with a doubt that disqualifies is never upheld; one with a doubt that voids it
 * is not refuted either.
 */
export function judgeEstimate(estimate: Estimate, target: Target): Judgement {
  return judgeInterval(heldAgainst(estimate, target), target)
}

/** The estimate with the interval that a target is judged by. */
export function heldAgainst(estimate: Estimate, target: Target): Estimate {
  return target.kind === 'between' ? estimate : (estimate.heldAgainst?.(target.bound) ?? estimate)
}

const unmeasured: Judgement = { verdict: 'inconclusive', reason: 'nothing was measured' }

function judgeInterval(estimate: Estimate, target: Target): Judgement {
  const isEmpty = Number.isNaN(estimate.low) || Number.isNaN(estimate.high)
  if (estimate.samples === 0 || isEmpty) return unmeasured
  const voiding = estimate.doubts.find(voids)
  if (voiding) return { verdict: 'inconclusive', reason: voiding.message }
  const verdict = verdictOf(estimate, target)
  if (verdict === 'inconclusive') return { verdict, reason: whatWouldDecide(estimate, target) }
  const disqualifying = estimate.doubts.find(disqualifies)
  if (verdict === 'upheld' && disqualifying) {
    return { verdict: 'inconclusive', reason: disqualifying.message }
  }
  return { verdict }
}

/**
 * Judges an exactly known number: it meets the target or it does not. What is not a number was not
 * measured, such as the average of nothing; the greatest and the least of nothing are infinite, so
 * that nothing infinite is upheld. It may be refuted: what never came took too long.
 */
export function judgeNumber(value: number, target: Target): Judgement {
  if (Number.isNaN(value)) return unmeasured
  if (!meets(value, target)) return { verdict: 'refuted' }
  return Number.isFinite(value) ? { verdict: 'upheld' } : unmeasured
}

/** Writes a target as the reports show it: `< 100 ms`, `≥ 99.9 %`. */
export function formatTarget(target: Target, unit: Unit): string {
  switch (target.kind) {
    case 'below':
      return `< ${formatQuantity(target.bound, unit)}`
    case 'at-most':
      return `≤ ${formatQuantity(target.bound, unit)}`
    case 'above':
      return `> ${formatQuantity(target.bound, unit)}`
    case 'at-least':
      return `≥ ${formatQuantity(target.bound, unit)}`
    case 'between':
      return `${formatQuantity(target.low, unit)} to ${formatQuantity(target.high, unit)}`
  }
}

function meets(value: number, target: Target): boolean {
  switch (target.kind) {
    case 'below':
      return value < target.bound
    case 'at-most':
      return value <= target.bound
    case 'above':
      return value > target.bound
    case 'at-least':
      return value >= target.bound
    case 'between':
      return value >= target.low && value <= target.high
  }
}

function verdictOf(estimate: Estimate, target: Target): Verdict {
  const lowMeets = meets(estimate.low, target)
  const highMeets = meets(estimate.high, target)
  if (lowMeets && highMeets) return 'upheld'
  if (target.kind === 'between') {
    const apart = estimate.high < target.low || estimate.low > target.high
    return apart ? 'refuted' : 'inconclusive'
  }
  return lowMeets || highMeets ? 'inconclusive' : 'refuted'
}

function whatWouldDecide(estimate: Estimate, target: Target): string {
  const bounds = target.kind === 'between' ? [target.low, target.high] : [target.bound]
  const needed = bounds.map((bound) => estimate.samplesToDecide(bound))
  const inAll = Math.max(...needed.map((samples) => samples ?? Number.POSITIVE_INFINITY))
  if (!Number.isFinite(inAll)) return 'the figure lies on the target: no number of samples decides'
  const more = Math.max(1, inAll - estimate.samples)
  return `about ${formatCount(more)} more samples would decide`
}
