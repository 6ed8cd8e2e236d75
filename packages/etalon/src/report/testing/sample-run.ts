import type { ClaimOutcome } from '../../evidence/claim-outcome.ts'
import type { ProofRecord } from '../../evidence/proof-record.ts'
import type {
  DefectRecord,
  PlannedClaim,
  RequirementRecord,
  RunRecord,
  UnselectedClaim,
} from '../../evidence/run-record.ts'
import type { Verdict } from '../../kernel/verdict.ts'
import { circumstances } from './circumstance.ts'

/** The parts of a small run that a test is about. */
export interface SampleRun {
  readonly requirements: readonly RequirementRecord[]
  readonly planned?: readonly PlannedClaim[]
  readonly unselected?: readonly UnselectedClaim[]
  readonly outcomes?: readonly ClaimOutcome[]
  readonly defects?: readonly DefectRecord[]
  readonly state?: RunRecord['state']
  readonly command?: string
}

/** A run of one system named `shop`; what the outcomes tell of was planned too. */
export function sampleRun(parts: SampleRun): RunRecord {
  const { requirements, outcomes = [], defects = [], state = 'finished' } = parts
  return {
    ...circumstances,
    command: parts.command ?? 'etalon verify shop',
    state,
    systems: [{ name: 'shop', title: 'Shop', document: 'requirements/shop.md', requirements }],
    planned: parts.planned ?? outcomes,
    unselected: parts.unselected ?? [],
    outcomes,
    defects,
    problems: [],
  }
}

/** A requirement of the shop. */
export function requirement(id: string, parts: Partial<RequirementRecord> = {}): RequirementRecord {
  return { id, tier: 'must', text: `${id} holds`, hash: '0', line: 1, section: ['Shop'], ...parts }
}

/** A claim that was to cover the requirement of the same id. */
export function planned(claim: string, requirements: readonly string[] = [claim]): PlannedClaim {
  const isolation = 'shared'
  return { claim, system: 'shop', requirements, title: `${claim} holds`, file: 'a.ts', isolation }
}

/** A claim that was judged. */
export function outcome(
  claim: string,
  verdict: Verdict,
  parts: Partial<ClaimOutcome> = {},
): ClaimOutcome {
  return {
    ...planned(claim, parts.requirements),
    verdict,
    proofs: [proof(verdict)],
    doubts: [],
    seed: '1',
    durationMs: 10,
    replay: `etalon verify shop --only ${claim} --seed 1`,
    evidence: `claims/shop/${claim}`,
    attachments: [],
    ...parts,
  }
}

/** A proof of an exact value. */
export function proof(verdict: Verdict, parts: Partial<ProofRecord> = {}): ProofRecord {
  return { title: 'rows', verdict, figure: '3', target: '3', doubts: [], ...parts }
}

/** A defect that the claims met with these verdicts. */
export function defect(title: string, verdicts: Readonly<Record<string, Verdict>>): DefectRecord {
  const convictions = Object.entries(verdicts).map(([claim, verdict]) => ({ claim, verdict }))
  return { title, system: 'shop', file: 'd.ts', plant: 'src/shop.ts', convictions }
}
