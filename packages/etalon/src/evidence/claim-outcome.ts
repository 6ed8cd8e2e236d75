import type { Doubt } from '../kernel/doubt.ts'
import type { Verdict } from '../kernel/verdict.ts'
import type { ProofRecord } from './proof-record.ts'
import type { Seal } from './seal.ts'

/** What became of one claim in one run: the verdict with all that it stands on. */
export interface ClaimOutcome {
  readonly claim: string
  readonly system: string
  readonly requirements: readonly string[]
  readonly title: string
  readonly file: string
  readonly isolation: Isolation
  readonly verdict: Verdict
  /** Why the claim is not upheld, in one sentence. */
  readonly reason?: string
  readonly proofs: readonly ProofRecord[]
  readonly doubts: readonly Doubt[]
  readonly seed: string
  readonly durationMs: number
  readonly replay: string
  /** Folder of the evidence, relative to the run directory. */
  readonly evidence: string
  /** Files that instruments kept beside the evidence, such as screenshots. */
  readonly attachments: readonly string[]
  readonly seal?: Seal
  /** Title of the planted defect, when this outcome belongs to one. */
  readonly defect?: string
}

/**
 * How much of the machine a claim needs for itself.
 *
 * - `shared`: runs beside other claims, on the instance of its file.
 * - `exclusive`: gets an instance of its own, because it disturbs it.
 * - `quiet`: measures; nothing else of the run works meanwhile.
 * - `last`: judges what the claims of its system that are not quiet did, and comes after them.
 */
export type Isolation = 'shared' | 'exclusive' | 'quiet' | 'last'
