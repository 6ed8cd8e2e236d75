import type { ClaimOutcome } from '../evidence/claim-outcome.ts'
import type { ProofRecord } from '../evidence/proof-record.ts'
import type {
  DefectRecord,
  PlannedClaim,
  RequirementRecord,
  UnselectedClaim,
} from '../evidence/run-record.ts'
import type { Doubt } from '../kernel/doubt.ts'
import type { LineState } from './line-state.ts'

/** A requirement with everything a report shows beside it. */
export interface RequirementView {
  readonly requirement: RequirementRecord
  readonly state: LineState
  /** Every claim that was to cover it, judged or not. */
  readonly planned: readonly PlannedClaim[]
  /** Claims that cover it and were not selected. */
  readonly unselected: readonly UnselectedClaim[]
  readonly outcomes: readonly ClaimOutcome[]
  /** The proof that stands for the line; none where several do, or none was reached. */
  readonly headline: ProofRecord | undefined
  /** The measured figure that stands for the line. */
  readonly figure: string
  /** `[low, high]` of that figure, empty when it is exact. */
  readonly interval: string
  /** The document's target, else the one the claim compared with. */
  readonly target: string
  readonly reason: string
  /** Of its claims and of their proofs, each once. */
  readonly doubts: readonly Doubt[]
  readonly defects: readonly DefectRecord[]
}
