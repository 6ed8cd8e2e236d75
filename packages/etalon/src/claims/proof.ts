import { inspect, isDeepStrictEqual } from 'node:util'
import type { EvidenceSink } from '../evidence/evidence-log.ts'
import { estimateRecord, type ProofRecord } from '../evidence/proof-record.ts'
import { isEstimate, type Estimate } from '../kernel/estimate.ts'
import { isFindings, type Findings } from '../kernel/findings.ts'
import {
  formatTarget,
  heldAgainst,
  judgeEstimate,
  judgeNumber,
  type Judgement,
  type Target,
} from '../kernel/judge.ts'
import type { Refutation } from '../kernel/refutation.ts'
import { convertQuantity, formatCount, formatQuantity, type Unit } from '../kernel/units.ts'
import type { Verdict } from '../kernel/verdict.ts'
import { proveNotWorse, type Reference } from './compared-figure.ts'

/**
 * Proves one thing of a claim: `prove('P95 of the list', p95).isBelow(100, 'ms')`. What is measured
 * with uncertainty is judged by its whole interval, what is known exactly by its value. A refuted
 * proof refutes the claim but does not end it, so that the report shows all that is wrong.
 */
export interface Prove {
  (title: string, subject: Estimate | number, context?: ProofContext): QuantityProof
  <Value>(title: string, subject: Value, context?: ProofContext): ValueProof<Value>
}

export interface ProofContext {
  /** Shown as the counterexample when the proof is refuted. */
  readonly witness?: unknown
}

/** Comparisons of a quantity; each concludes the proof and gives its verdict. */
export interface QuantityProof {
  isBelow(bound: number, unit?: Unit): Verdict
  isAtMost(bound: number, unit?: Unit): Verdict
  isAbove(bound: number, unit?: Unit): Verdict
  isAtLeast(bound: number, unit?: Unit): Verdict
  isBetween(low: number, high: number, unit?: Unit): Verdict
  /**
   * At most the tolerance worse than another figure of the same unit, such as one of a baseline:
   * the whole interval of their ratio decides. Inconclusive without a reference.
   *
   * @param tolerance as a share: 0.25 lets it be a quarter worse
   */
  isNotWorseThan(reference: Reference | undefined, options: { readonly tolerance: number }): Verdict
  /** Exactly this number; for an estimate use a bound. */
  equals(expected: number): Verdict
}

/** Comparisons of any other value. */
export interface ValueProof<Value> {
  /** Deeply and strictly equal. */
  equals(expected: Value): Verdict
  isTrue(): Verdict
  /**
   * An empty list (or text, set, map), or findings of which there are none among those that were
   * looked at; the first items are the counterexample. Findings among nothing are inconclusive.
   */
  isEmpty(): Verdict
  /** Holds every field of `expected` with an equal value; further fields do not matter. */
  holds(expected: Readonly<Record<string, unknown>>): Verdict
  /** A text in which the pattern is found; what is no text does not match. */
  matches(pattern: RegExp): Verdict
  /** @throws TypeError when the predicate gives anything but true or false, such as a promise */
  satisfies(target: string, predicate: (value: Value) => boolean): Verdict
}

/** The proofs of one claim under way. */
export interface Proofs {
  readonly prove: Prove
  /** Concludes the proof that an instrument's refutation is. */
  refute(refutation: Refutation): void
  hasRefuted(): boolean
  /** Titles of proofs that were begun and never compared with anything. */
  unconcluded(): readonly string[]
}

/** Opens the proofs of a claim; each conclusion is recorded as evidence at once. */
export function openProofs(evidence: EvidenceSink): Proofs {
  const open = new Set<{ readonly title: string }>()
  let refuted = false
  const conclude = (record: ProofRecord): Verdict => {
    refuted ||= record.verdict === 'refuted'
    evidence.record('proof', { ...record })
    return record.verdict
  }
  const prove = (title: string, subject: unknown, context: ProofContext = {}): unknown => {
    const begun = { title }
    open.add(begun)
    const concludeIt: Conclude = (record) => {
      open.delete(begun)
      return conclude(record)
    }
    return typeof subject === 'number' || isEstimate(subject)
      ? quantityProof(title, subject, context, concludeIt)
      : valueProof(title, subject, context, concludeIt)
  }
  return {
    prove: prove as Prove,
    refute: ({ message: title, figure, target, counterexample }) => {
      conclude({ title, verdict: 'refuted', figure, target, doubts: [], counterexample })
    },
    hasRefuted: () => refuted,
    unconcluded: () => [...open].map(({ title }) => title),
  }
}

type Conclude = (record: ProofRecord) => Verdict

function quantityProof(
  title: string,
  subject: Estimate | number,
  context: ProofContext,
  conclude: Conclude,
): QuantityProof {
  const ownUnit: Unit = typeof subject === 'number' ? 'value' : subject.unit
  const against = (target: Target, unit?: Unit): Verdict => {
    const bound = typeof subject === 'number' ? target : targetIn(target, unit ?? ownUnit, ownUnit)
    const shownUnit = typeof subject === 'number' ? (unit ?? 'value') : ownUnit
    const judgement =
      typeof subject === 'number' ? judgeNumber(subject, bound) : judgeEstimate(subject, bound)
    const value = typeof subject === 'number' ? subject : subject.value
    return conclude({
      title,
      figure: formatQuantity(value, shownUnit),
      target: formatTarget(bound, shownUnit),
      ...(typeof subject === 'number'
        ? exactIn(shownUnit)
        : { estimate: estimateRecord(heldAgainst(subject, bound)), bound }),
      doubts: typeof subject === 'number' ? [] : heldAgainst(subject, bound).doubts,
      ...refutable(judgement, context.witness ?? { found: value, target: bound }),
    })
  }
  return {
    isBelow: (bound, unit) => against({ kind: 'below', bound }, unit),
    isAtMost: (bound, unit) => against({ kind: 'at-most', bound }, unit),
    isAbove: (bound, unit) => against({ kind: 'above', bound }, unit),
    isAtLeast: (bound, unit) => against({ kind: 'at-least', bound }, unit),
    isBetween: (low, high, unit) => against({ kind: 'between', low, high }, unit),
    isNotWorseThan: (reference, { tolerance }) => {
      if (typeof subject === 'number') {
        throw new TypeError(`"${title}": a bare number has no interval; compare it with a bound`)
      }
      return conclude(proveNotWorse(title, subject, reference, tolerance))
    },
    equals: (expected) => {
      if (typeof subject !== 'number') {
        throw new TypeError(`"${title}": an estimate equals no number; compare it with a bound`)
      }
      const target = formatQuantity(expected, 'count')
      const judgement = judgeNumber(subject, { kind: 'between', low: expected, high: expected })
      return conclude({
        title,
        target,
        figure: formatQuantity(subject, 'count'),
        doubts: [],
        ...refutable(judgement, context.witness ?? { expected: target, found: subject }),
      })
    },
  }
}

function valueProof(
  title: string,
  subject: unknown,
  context: ProofContext,
  conclude: Conclude,
): ValueProof<unknown> {
  const about = { title, conclude, context }
  const against = (target: string, meets: boolean, figure = shortly(subject)): Verdict =>
    concludeValue(about, subject, { target, figure, meets })
  return {
    equals: (expected) => against(shortly(expected), isDeepStrictEqual(subject, expected)),
    isTrue: () => against('true', subject === true),
    isEmpty: () => {
      if (isFindings(subject)) return concludeFindings(about, subject)
      const items = itemsOf(subject)
      return concludeValue(about, items.slice(0, 5), {
        target: 'none',
        figure: items.length === 0 ? 'none' : String(items.length),
        meets: items.length === 0,
      })
    },
    holds: (expected) => {
      const fields = Object.entries(expected)
      const found = (subject ?? {}) as Record<string, unknown>
      const meets = fields.every(([name, value]) => isDeepStrictEqual(found[name], value))
      const seen = Object.fromEntries(fields.map(([name]) => [name, found[name]]))
      return against(shortly(expected), meets, shortly(seen))
    },
    // `search` begins at the first character, also for a pattern that has been used before.
    matches: (pattern) =>
      against(String(pattern), typeof subject === 'string' && subject.search(pattern) >= 0),
    satisfies: (target, predicate) => {
      const meets: unknown = predicate(subject)
      if (typeof meets === 'boolean') return against(target, meets)
      throw new TypeError(
        `"${title}": expected true or false of its predicate, found ${shortly(meets)}`,
      )
    },
  }
}

/** Findings say how many there are; what was never looked at shows nothing. */
function concludeFindings(about: About, { count, among, examples }: Findings): Verdict {
  if (count === 0 && among === 0) {
    const { title, conclude } = about
    const reason = 'nothing was looked at'
    const figure = 'none'
    return conclude({ title, figure, target: 'none', doubts: [], verdict: 'inconclusive', reason })
  }
  return concludeValue(about, examples.slice(0, 5), {
    target: 'none',
    figure: count === 0 ? `none of ${formatCount(among)}` : formatCount(count),
    meets: count === 0,
    lookedAt: among,
  })
}

interface About {
  readonly title: string
  readonly conclude: Conclude
  readonly context: ProofContext
}

function concludeValue(
  about: About,
  found: unknown,
  {
    meets,
    ...facts
  }: Pick<ProofRecord, 'target' | 'figure' | 'lookedAt'> & {
    readonly meets: boolean
  },
): Verdict {
  const { title, conclude, context } = about
  return conclude({
    title,
    ...facts,
    doubts: [],
    ...refutable(
      { verdict: meets ? 'upheld' : 'refuted' },
      context.witness ?? { expected: facts.target, found },
    ),
  })
}

function exactIn(unit: Unit): Pick<ProofRecord, 'unit'> {
  return unit === 'value' ? {} : { unit }
}

/** The counterexample stands only beside what it refutes. */
function refutable(
  judgement: Judgement,
  counterexample: unknown,
): Pick<ProofRecord, 'verdict' | 'reason' | 'counterexample'> {
  return judgement.verdict === 'refuted' ? { ...judgement, counterexample } : judgement
}

function targetIn(target: Target, from: Unit, to: Unit): Target {
  const convert = (bound: number): number => convertQuantity(bound, from, to)
  return target.kind === 'between'
    ? { ...target, low: convert(target.low), high: convert(target.high) }
    : { ...target, bound: convert(target.bound) }
}

function itemsOf(value: unknown): readonly unknown[] {
  if (value instanceof Map || value instanceof Set || Array.isArray(value)) return [...value]
  if (typeof value === 'string') return value === '' ? [] : [value]
  throw new TypeError(`isEmpty: expected a list, set, map or text, found ${typeof value}`)
}

function shortly(value: unknown): string {
  if (typeof value === 'string') return value.length > 80 ? `${value.slice(0, 79)}…` : value
  const text = inspect(value, { depth: 3, breakLength: Number.POSITIVE_INFINITY, compact: true })
  return text.length > 120 ? `${text.slice(0, 119)}…` : text
}
