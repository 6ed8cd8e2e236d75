import { join } from 'node:path/posix'
import type { ClaimOutcome } from '../evidence/claim-outcome.ts'
import type { ProofRecord } from '../evidence/proof-record.ts'
import type { DefectRecord, RunRecord } from '../evidence/run-record.ts'
import type { Verdict } from '../kernel/verdict.ts'
import { concludeRun } from './conclusion.ts'
import type {
  JsonClaim,
  JsonConclusion,
  JsonDefect,
  JsonProof,
  JsonReport,
  JsonRequirement,
  JsonRun,
  JsonSummary,
  JsonTotals,
} from './json-report.ts'
import type { RequirementView } from './requirement-view.ts'
import { viewOf, type RunView } from './run-view.ts'

/** Writes `report.json`: see {@link JsonReport}. */
export function renderJson(record: RunRecord): string {
  const view = viewOf(record)
  const report: JsonReport = {
    format: 'etalon-report',
    version: 1,
    summary: jsonSummary(record),
    run: jsonRun(record),
    conclusion: jsonConclusion(view),
    totals: jsonTotals(view),
    systems: view.systems.map(({ system, counts, requirements }) => ({
      name: system.name,
      title: system.title,
      document: system.document,
      totals: counts,
      requirements: requirements.map(jsonRequirement),
    })),
    defects: record.defects.map(jsonDefect),
    undefended: view.undefended.map(({ system, claim }) => `${system}/${claim}`),
    problems: record.problems,
  }
  return `${JSON.stringify(report, undefined, 1)}\n`
}

function jsonSummary({ startedAt, planned, outcomes }: RunRecord): JsonSummary {
  const count = (verdict: Verdict): number =>
    outcomes.filter((outcome) => outcome.verdict === verdict).length
  const passed = count('upheld')
  return {
    timestamp: startedAt,
    total_tests: planned.length,
    passed,
    failed: count('refuted'),
    success_rate: Math.round((10_000 * passed) / Math.max(1, planned.length)) / 100,
  }
}

function jsonRun(record: RunRecord): JsonRun {
  const { id, state, startedAt, durationMs, command, seed } = record
  const { etalonVersion, fingerprint, services } = record
  return {
    id,
    state,
    startedAt,
    durationMs,
    command,
    seed,
    etalonVersion,
    fingerprint,
    services,
  }
}

function jsonConclusion(view: RunView): JsonConclusion {
  const { verdict, exitCode, finding, notes } = concludeRun(view)
  return { verdict, exitCode: exitCode ?? null, finding, notes }
}

function jsonTotals({ record, counts, escaped }: RunView): JsonTotals {
  return {
    requirements: counts,
    claims: { planned: record.planned.length, judged: record.outcomes.length },
    defects: {
      planted: record.defects.length,
      convictions: record.defects.flatMap(({ convictions }) => convictions).length,
      escaped: escaped.length,
    },
  }
}

function jsonRequirement(view: RequirementView): JsonRequirement {
  const { requirement, state, planned, unselected, outcomes, headline } = view
  const { id, tier, kind, text, section, line, hash, target, reported } = requirement
  const judged = new Set(outcomes.map(({ claim }) => claim))
  return {
    id,
    tier,
    kind: kind ?? null,
    text,
    section,
    line,
    hash,
    target: target ?? null,
    reported: reported ?? null,
    state,
    reason: view.reason || null,
    figure: view.figure || null,
    interval: headline?.estimate ?? null,
    doubts: view.doubts,
    claims: outcomes.map(jsonClaim),
    pending: planned.map(({ claim }) => claim).filter((claim) => !judged.has(claim)),
    unselected: unselected.map(({ claim }) => claim),
  }
}

function jsonClaim(outcome: ClaimOutcome): JsonClaim {
  const { claim, title, file, isolation, verdict, reason, doubts, proofs } = outcome
  const { seed, durationMs, replay, evidence, seal } = outcome
  return {
    claim,
    title,
    file,
    isolation,
    verdict,
    reason: reason ?? null,
    doubts,
    proofs: proofs.map(jsonProof),
    seed,
    durationMs,
    replay,
    evidence: join(evidence, 'evidence.ndjson'),
    seal: seal ?? null,
  }
}

function jsonProof(proof: ProofRecord): JsonProof {
  const { title, verdict, figure, target, estimate, doubts, reason, counterexample } = proof
  return {
    title,
    verdict,
    figure,
    target,
    estimate: estimate ?? null,
    doubts,
    reason: reason ?? null,
    counterexample: counterexample ?? null,
  }
}

function jsonDefect({ title, system, file, plant, convictions }: DefectRecord): JsonDefect {
  return {
    title,
    system,
    file,
    plant,
    convictions: convictions.map(({ claim, verdict, reason }) => ({
      claim,
      convicted: verdict === 'refuted',
      verdict,
      reason: reason ?? null,
    })),
  }
}
