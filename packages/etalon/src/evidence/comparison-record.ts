import type { Doubt } from '../kernel/doubt.ts'
import type { Unit } from '../kernel/units.ts'
import type { Fingerprint } from './fingerprint.ts'
import type { EstimateRecord } from './proof-record.ts'

/** Everything about one comparison of two revisions; written as `compare.json` after every round. */
export interface ComparisonRecord {
  readonly schema: 1
  readonly id: string
  readonly seed: string
  readonly command: string
  readonly startedAt: string
  readonly durationMs: number
  readonly state: 'running' | 'finished' | 'interrupted'
  readonly etalonVersion: string
  /** Of the working tree that is compared, and of the machine. */
  readonly fingerprint: Fingerprint
  readonly system: { readonly name: string; readonly title: string }
  readonly base: {
    /** As it was asked for: a revision, or a folder. */
    readonly given: string
    readonly commit: string
  }
  readonly roundsPlanned: number
  readonly roundsDone: number
  /** Share by which a figure may be worse: 0.25 is a quarter. */
  readonly tolerance: number
  readonly figures: readonly ComparedFigure[]
  /** Claims that gave no figure to compare, or not one of theirs, and why. */
  readonly uncompared: readonly UncomparedClaim[]
}

/** Each side of a comparison: the working tree, and what it is held against. */
export type ComparisonSide = 'subject' | 'base'

/** One figure of one claim, measured in every round on both sides. */
export interface ComparedFigure {
  readonly claim: string
  readonly title: string
  readonly unit: Unit
  readonly rounds: readonly { readonly subject: number; readonly base: number }[]
  /** How many times as bad the subject is: above 1 is slower, larger, or a lower rate. */
  readonly ratio: EstimateRecord
  readonly verdict: ComparedVerdict
  /** What would decide, when it is undecided. */
  readonly reason?: string
  readonly doubts: readonly Doubt[]
}

/**
 * `worse`: the whole interval lies beyond the tolerance. `not-worse`: the whole interval lies within
 * it. `better`: the whole interval lies below 1.
 */
export type ComparedVerdict = 'worse' | 'not-worse' | 'better' | 'undecided'

export interface UncomparedClaim {
  readonly claim: string
  /** The figure that was not given; all of the claim's unless told. */
  readonly title?: string
  /** The side that gave nothing; the claim is new when it is the base's. */
  readonly side: ComparisonSide | 'both'
  readonly reason: string
}
