import type { Isolation } from '../evidence/claim-outcome.ts'
import type { Fingerprint } from '../evidence/fingerprint.ts'
import type { EstimateRecord } from '../evidence/proof-record.ts'
import type { RunRecord, ServiceRecord } from '../evidence/run-record.ts'
import type { Seal } from '../evidence/seal.ts'
import type { Doubt } from '../kernel/doubt.ts'
import type { ExitCode } from '../kernel/exit-code.ts'
import type { Verdict } from '../kernel/verdict.ts'
import type { LineCounts, LineState } from './line-state.ts'

/**
 * The content of `report.json`, for CI and agents. It is stable: fields are added, never renamed or
 * removed while `version` stays. Every field is always there; what is unknown is `null`.
 */
export interface JsonReport {
  readonly format: 'etalon-report'
  readonly version: 1
  readonly summary: JsonSummary
  readonly run: JsonRun
  readonly conclusion: JsonConclusion
  readonly totals: JsonTotals
  readonly systems: readonly JsonSystem[]
  readonly defects: readonly JsonDefect[]
  /** Claims that no defect names, so that they were never seen to fail: `<system>/<claim>`. */
  readonly undefended: readonly string[]
  /** What the run itself stumbled over, apart from any claim. */
  readonly problems: readonly string[]
}

/** The run in the five fields that completion reports and their dashboards commonly carry. */
export interface JsonSummary {
  /** When the run began, ISO 8601. */
  readonly timestamp: string
  /** Claims of the run, also those without a verdict. */
  readonly total_tests: number
  readonly passed: number
  /** Refuted claims. What is inconclusive has neither passed nor failed. */
  readonly failed: number
  /** Percent of all claims that passed, 0 to 100 with two decimals; 0 without a claim. */
  readonly success_rate: number
}

export interface JsonRun {
  readonly id: string
  /** `running` in a file that was written before the end; nothing in it is final. */
  readonly state: RunRecord['state']
  readonly startedAt: string
  readonly durationMs: number
  readonly command: string
  readonly seed: string
  readonly etalonVersion: string
  readonly fingerprint: Fingerprint
  readonly services: readonly ServiceRecord[]
}

export interface JsonConclusion {
  readonly verdict: Verdict
  /** What `etalon verify` exits with; `null` while the run goes on. */
  readonly exitCode: ExitCode | null
  readonly finding: string
  readonly notes: readonly string[]
}

export interface JsonTotals {
  readonly requirements: LineCounts
  readonly claims: { readonly planned: number; readonly judged: number }
  readonly defects: {
    readonly planted: number
    readonly convictions: number
    readonly escaped: number
  }
}

interface JsonSystem {
  readonly name: string
  readonly title: string
  /** The requirements document, relative to the run directory. */
  readonly document: string
  readonly totals: LineCounts
  readonly requirements: readonly JsonRequirement[]
}

export interface JsonRequirement {
  readonly id: string
  readonly tier: 'must' | 'should'
  readonly kind: string | null
  readonly text: string
  readonly section: readonly string[]
  readonly line: number
  readonly hash: string
  readonly target: string | null
  readonly reported: string | null
  readonly state: LineState
  /** Why it is not upheld. */
  readonly reason: string | null
  /** The figure that stands for the line, as the reports show it. */
  readonly figure: string | null
  /** Its interval in numbers; `null` for an exact figure, and for an unbounded side. */
  readonly interval: EstimateRecord | null
  readonly doubts: readonly Doubt[]
  /** Claims that were judged; one that covers several requirements stands under each. */
  readonly claims: readonly JsonClaim[]
  /** Claims that were planned and have no verdict. */
  readonly pending: readonly string[]
  /** Claims that cover it and were not selected, so that it cannot be upheld. */
  readonly unselected: readonly string[]
}

export interface JsonClaim {
  readonly claim: string
  readonly title: string
  readonly file: string
  readonly isolation: Isolation
  readonly verdict: Verdict
  readonly reason: string | null
  readonly doubts: readonly Doubt[]
  readonly proofs: readonly JsonProof[]
  readonly seed: string
  readonly durationMs: number
  readonly replay: string
  /** The evidence, relative to the run directory. */
  readonly evidence: string
  readonly seal: Seal | null
}

export interface JsonProof {
  readonly title: string
  readonly verdict: Verdict
  readonly figure: string
  readonly target: string
  readonly estimate: EstimateRecord | null
  readonly doubts: readonly Doubt[]
  readonly reason: string | null
  /** The least evidence that refutes, as recorded; `null` beside what is not refuted. */
  readonly counterexample: unknown
}

export interface JsonDefect {
  readonly title: string
  readonly system: string
  readonly file: string
  readonly plant: string
  readonly convictions: readonly JsonConviction[]
}

interface JsonConviction {
  readonly claim: string
  readonly convicted: boolean
  readonly verdict: Verdict
  readonly reason: string | null
}
