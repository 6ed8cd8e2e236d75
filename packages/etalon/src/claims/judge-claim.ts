import { existsSync } from 'node:fs'
import type { ClaimOutcome } from '../evidence/claim-outcome.ts'
import { readEvidence, type EvidenceEvent } from '../evidence/evidence-log.ts'
import type { ProofRecord } from '../evidence/proof-record.ts'
import type { PlannedClaim } from '../evidence/run-record.ts'
import { sealOf, type Seal } from '../evidence/seal.ts'
import { disqualifies, type Doubt } from '../kernel/doubt.ts'
import { mergeVerdicts, type Verdict } from '../kernel/verdict.ts'

/** What the supervisor knows of how a claim ended, beside its evidence. */
export interface ClaimEnd {
  readonly durationMs: number
  /** Why there is no orderly end: timed out, crashed, interrupted, never started. */
  readonly cutShort?: string
}

export interface JudgedFacts {
  readonly claim: PlannedClaim
  readonly evidenceFile: string
  /** The evidence's folder relative to the run directory. */
  readonly evidence: string
  readonly seed: string
  readonly replay: string
  readonly end: ClaimEnd
  /** Doubts from outside the claim, such as a requirement that changed. */
  readonly doubts: readonly Doubt[]
  readonly defect?: string
}

/**
 * Judges a claim from its evidence file alone, and seals the file. Refuted beats inconclusive beats
 * upheld; a claim that was cut short, threw, or proved nothing is never upheld. How long something
 * took on an overloaded machine says nothing of the system: it can neither uphold nor refute.
 */
export function judgeClaim(facts: JudgedFacts): ClaimOutcome {
  const { events, seal } = evidenceOf(facts.evidenceFile)
  const proofs = events
    .filter(({ kind }) => kind === 'proof')
    .map(({ atMs: _atMs, kind: _kind, ...proof }) => proof as unknown as ProofRecord)
  const doubts = [...facts.doubts, ...doubtsOf(events)]
  const finding = findingOf(events, proofs, doubts, facts.end)
  const { claim, end, seed, replay, evidence } = facts
  return {
    ...claim,
    ...finding,
    proofs,
    doubts,
    seed,
    replay,
    evidence,
    durationMs: Math.round(endOf(events)?.atMs ?? end.durationMs),
    attachments: events.filter(({ kind }) => kind === 'attachment').map(({ name }) => String(name)),
    ...(seal ? { seal } : {}),
    ...(facts.defect === undefined ? {} : { defect: facts.defect }),
  }
}

interface Finding {
  readonly verdict: Verdict
  readonly reason?: string
}

function findingOf(
  events: readonly EvidenceEvent[],
  proofs: readonly ProofRecord[],
  doubts: readonly Doubt[],
  end: ClaimEnd,
): Finding {
  const lost = events.find(({ kind }) => kind === 'process-lost')
  if (lost) {
    const reason = `the process ${String(lost['process'])} of the system ended by itself with ${String(lost['exit'])}`
    return { verdict: 'refuted', reason }
  }
  const isOverloaded = doubts.some(({ kind }) => kind === 'overloaded-machine')
  const refuted = proofs.find(
    (proof) => proof.verdict === 'refuted' && !(isOverloaded && isOfTime(proof)),
  )
  if (refuted) return { verdict: 'refuted', reason: refutationOf(refuted) }

  const gap = gapOf(events, proofs, end)
  if (gap) return { verdict: 'inconclusive', reason: gap }
  const open = proofs.find(({ verdict }) => verdict === 'inconclusive')
  if (open) return { verdict: 'inconclusive', reason: `${open.title}: ${open.reason ?? ''}` }
  const grave = doubts.find(disqualifies)
  if (grave) return { verdict: 'inconclusive', reason: grave.message }
  return { verdict: mergeVerdicts(proofs.map(({ verdict }) => verdict)) }
}

/** A ratio is not where both of its sides were measured in turns. */
function isOfTime({ estimate, unit = estimate?.unit }: ProofRecord): boolean {
  return unit === 'ms' || unit === 's' || unit === 'Hz'
}

/** Why the evidence is not whole, or `undefined` when it is. */
function gapOf(
  events: readonly EvidenceEvent[],
  proofs: readonly ProofRecord[],
  end: ClaimEnd,
): string | undefined {
  if (end.cutShort !== undefined) return end.cutShort
  const ended = endOf(events)
  if (!ended) return 'the claim has no end in its evidence'
  if (ended['status'] === 'threw') return `the claim threw: ${String(ended['problem'])}`
  const unconcluded = (ended['unconcluded'] as string[] | undefined)?.[0]
  if (unconcluded !== undefined) return `prove("${unconcluded}") was never compared with anything`
  return proofs.length === 0 ? 'the claim proved nothing' : undefined
}

/** When the claim says itself that it ended; the supervisor may hear of it late. */
function endOf(events: readonly EvidenceEvent[]): EvidenceEvent | undefined {
  return events.find(({ kind }) => kind === 'claim-ended')
}

function refutationOf({ title, figure, target }: ProofRecord): string {
  return `${title}: expected ${target}, found ${figure}`
}

function doubtsOf(events: readonly EvidenceEvent[]): Doubt[] {
  const told = events.filter(({ kind }) => kind === 'doubt').map(({ doubt }) => doubt as Doubt)
  const dropped = events.find(({ kind }) => kind === 'dropped')
  if (!dropped) return told
  const message = `${String(dropped['events'])} events of evidence were counted but not kept: the log was full`
  return [...told, { kind: 'evidence-dropped', message }]
}

function evidenceOf(file: string): { events: EvidenceEvent[]; seal?: Seal } {
  if (!existsSync(file)) return { events: [] }
  const { events, content } = readEvidence(file)
  return { events, seal: sealOf(content) }
}
