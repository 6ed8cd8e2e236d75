import type { ClaimOutcome } from '../evidence/claim-outcome.ts'
import type { Fingerprint } from '../evidence/fingerprint.ts'
import type { ProofRecord } from '../evidence/proof-record.ts'
import type { RunRecord } from '../evidence/run-record.ts'
import { EtalonError } from '../kernel/errors.ts'
import { estimateRatioOf } from '../kernel/statistics/estimate-ratio.ts'
import type { Baseline, KeptFigure } from './baseline.ts'
import { isComparable } from './compared-figure.ts'

/** What somebody asks to be kept of a run. */
export interface KeepRequest {
  readonly record: RunRecord
  readonly system: string
  /** Claims whose figures may take the place of those that were kept before. */
  readonly replace: readonly string[]
  /** Why, for the file. */
  readonly reason: string
}

/** What became of each figure of the run. */
export interface KeepResult {
  readonly baseline: Baseline
  readonly figures: readonly {
    readonly claim: string
    readonly title: string
    readonly fate: 'kept' | 'replaced' | 'unchanged' | 'passed over'
    /** What it says of the figure: its ratio to the one before, or why it was not kept. */
    readonly detail: string
  }[]
}

/**
 * Adds the figures of a run to a baseline. Only a finished run in which every claim of the system
 * was upheld is taken, and of it only figures of quiet claims without a doubt. A figure that stands
 * already moves only when its claim is named: what is kept would otherwise follow the system
 * downhill, in steps that are each within the tolerance.
 *
 * @throws ETALON_BASELINE_RUN_UNFIT
 */
export function keepFigures(before: Baseline, request: KeepRequest): KeepResult {
  const { record, system } = request
  const outcomes = record.outcomes.filter((outcome) => outcome.system === system)
  refuseUnfit(record, system, outcomes)
  const { machineClass } = record.fingerprint
  const machine = before[machineClass]
  const kept: Record<string, Record<string, KeptFigure>> = Object.fromEntries(
    Object.entries(machine?.figures ?? {}).map(([claim, titles]) => [claim, { ...titles }]),
  )
  const figures = measuredIn(outcomes).map(({ outcome, proof }) => {
    const { claim } = outcome
    const { title } = proof
    const unfit = unfitness(outcome, proof)
    if (unfit !== undefined) return { claim, title, fate: 'passed over' as const, detail: unfit }
    const standing = kept[claim]?.[title]
    const { fate, figure, detail } = settle(figureOf(proof, record), standing, request, claim)
    kept[claim] = { ...kept[claim], [title]: figure }
    return { claim, title, fate, detail }
  })
  const words = machine?.machine ?? describeMachine(record.fingerprint)
  const after = { machine: words, figures: kept }
  return { baseline: { ...before, [machineClass]: after }, figures }
}

function refuseUnfit(record: RunRecord, system: string, outcomes: readonly ClaimOutcome[]): void {
  const unfit = (problem: string): EtalonError =>
    new EtalonError('ETALON_BASELINE_RUN_UNFIT', { run: record.id, system, problem })
  if (record.state !== 'finished') throw unfit(`it is ${record.state}`)
  const planned = record.planned.filter((claim) => claim.system === system)
  if (planned.length === 0) throw unfit('it has no claim of it')
  const missing = planned.find(({ claim }) => !outcomes.some((outcome) => outcome.claim === claim))
  if (missing) throw unfit(`${missing.claim} was never judged`)
  const open = outcomes.find(({ verdict }) => verdict !== 'upheld')
  if (open) throw unfit(`${open.claim} is ${open.verdict}`)
}

/** Every figure that can be better or worse; a comparison with a baseline is none. */
function measuredIn(
  outcomes: readonly ClaimOutcome[],
): { outcome: ClaimOutcome; proof: ProofRecord }[] {
  return outcomes
    .flatMap((outcome) => outcome.proofs.map((proof) => ({ outcome, proof })))
    .filter(({ proof }) => proof.estimate && isComparable(proof.estimate.unit))
}

function unfitness(outcome: ClaimOutcome, proof: ProofRecord): string | undefined {
  if (outcome.isolation !== 'quiet') return 'measured beside other claims: make the claim quiet'
  const doubt = [...outcome.doubts, ...proof.doubts][0]
  if (doubt) return doubt.message
  const { value = 0, low = null, high = null } = proof.estimate ?? {}
  const bounded = low !== null && high !== null && low > 0 && value > 0
  return bounded ? undefined : 'its interval has no bound above zero: measure more'
}

function figureOf(proof: ProofRecord, record: RunRecord): KeptFigure {
  const { low, high, ...rest } = proof.estimate as NonNullable<ProofRecord['estimate']>
  const { commit, dirty } = record.fingerprint
  return {
    ...rest,
    low: low as number,
    high: high as number,
    run: record.id,
    commit: dirty ? `${commit} with changes` : commit,
  }
}

function settle(
  figure: KeptFigure,
  standing: KeptFigure | undefined,
  { replace, reason }: KeepRequest,
  claim: string,
): { fate: 'kept' | 'replaced' | 'unchanged'; figure: KeptFigure; detail: string } {
  if (!standing) return { fate: 'kept', figure, detail: 'the first one' }
  const { value, low, high } = estimateRatioOf(figure, standing)
  const digits = (ratio: number): string => ratio.toFixed(2)
  const detail = `${digits(value)} × of what stands [${digits(low)}, ${digits(high)}]`
  if (!replace.includes(claim)) return { fate: 'unchanged', figure: standing, detail }
  const { value: gone, run, commit, replaced = [] } = standing
  const history = [{ value: gone, run, commit, reason }, ...replaced]
  return { fate: 'replaced', figure: { ...figure, replaced: history }, detail }
}

function describeMachine({ cores, cpu, memoryBytes, platform }: Fingerprint): string {
  const [system, , architecture] = platform.split(' ')
  return `${cores} × ${cpu}, ${Math.round(memoryBytes / 2 ** 30)} GiB, ${system} ${architecture}`
}
