import type { ExitCode } from '../kernel/exit-code.ts'
import type { Verdict } from '../kernel/verdict.ts'
import type { ClaimOutcome, Isolation } from './claim-outcome.ts'
import type { Fingerprint } from './fingerprint.ts'

/** Everything about one run that a report can show; written as `run.json` after every claim. */
export interface RunRecord {
  readonly schema: 1
  readonly id: string
  readonly seed: string
  readonly command: string
  readonly startedAt: string
  readonly durationMs: number
  /** `running` until the end; a run found in this state later was killed. */
  readonly state: 'running' | 'finished' | 'interrupted' | 'failed'
  /** What a run that failed ended with: it could not go on, so that its claims decide nothing. */
  readonly failedWith?: ExitCode
  readonly etalonVersion: string
  readonly services: readonly ServiceRecord[]
  readonly fingerprint: Fingerprint
  readonly systems: readonly SystemRecord[]
  /** Claims that were to run; each has an outcome when the run is finished. */
  readonly planned: readonly PlannedClaim[]
  /** Claims of its systems that were not to run; a record written before they were told has none. */
  readonly unselected?: readonly UnselectedClaim[]
  readonly outcomes: readonly ClaimOutcome[]
  readonly defects: readonly DefectRecord[]
  /** What the run itself stumbled over, apart from any claim. */
  readonly problems: readonly string[]
}

export interface ServiceRecord {
  readonly name: string
  readonly version: string
  readonly origin: string
}

export interface SystemRecord {
  readonly name: string
  readonly title: string
  /** Copy of the requirements document, relative to the run directory. */
  readonly document: string
  readonly requirements: readonly RequirementRecord[]
}

/** A requirement as it stood when the run began. */
export interface RequirementRecord {
  readonly id: string
  readonly tier: 'must' | 'should'
  readonly kind?: string
  readonly text: string
  readonly target?: string
  readonly reported?: string
  readonly derivedFrom?: readonly string[]
  readonly hash: string
  readonly line: number
  /** Headings above it, outermost first. */
  readonly section: readonly string[]
}

export interface PlannedClaim {
  readonly claim: string
  readonly system: string
  readonly requirements: readonly string[]
  readonly title: string
  readonly file: string
  readonly isolation: Isolation
  /** Run only because another claim judges what it reaches; no defect of it is planted. */
  readonly companion?: true
}

/** A claim that the run left out: what it covers is not upheld by its other claims alone. */
export type UnselectedClaim = Pick<PlannedClaim, 'claim' | 'system' | 'requirements'>

/** Whether a planted defect was convicted by each of the claims it names. */
export interface DefectRecord {
  readonly title: string
  readonly system: string
  readonly file: string
  readonly plant: string
  readonly convictions: readonly Conviction[]
}

export interface Conviction {
  readonly claim: string
  /** The verdict with the defect planted; only `refuted` convicts. */
  readonly verdict: Verdict
  readonly reason?: string
}
