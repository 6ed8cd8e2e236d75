import type { ClaimOutcome } from '../evidence/claim-outcome.ts'
import type { ProofRecord } from '../evidence/proof-record.ts'
import type {
  Conviction,
  DefectRecord,
  PlannedClaim,
  RequirementRecord,
  RunRecord,
  SystemRecord,
  UnselectedClaim,
} from '../evidence/run-record.ts'
import type { Doubt } from '../kernel/doubt.ts'
import { formatQuantity } from '../kernel/units.ts'
import { mergeVerdicts, type Verdict } from '../kernel/verdict.ts'
import { counted } from './counted.ts'
import { decideDerived } from './derived-line.ts'
import { headlineOf } from './headline.ts'
import { countStates, type LineCounts, type LineState } from './line-state.ts'
import type { RequirementView } from './requirement-view.ts'

export interface SystemView {
  readonly system: SystemRecord
  readonly requirements: readonly RequirementView[]
  readonly counts: LineCounts
}

export interface RunView {
  readonly record: RunRecord
  readonly systems: readonly SystemView[]
  readonly counts: LineCounts
  /** Of all requirements of tier must that were to be shown. */
  readonly verdict: Verdict
  /** Of all requirements that were to be shown. */
  readonly strictVerdict: Verdict
  /** Convictions that failed: a claim its defect did not refute. */
  readonly escaped: readonly { readonly defect: DefectRecord; readonly claim: string }[]
  /** Claims that no defect names; known only when all defects have been planted. */
  readonly undefended: readonly PlannedClaim[]
}

/** Builds what every report renders from a run's record. */
export function viewOf(record: RunRecord): RunView {
  const systems = record.systems.map((system) => systemView(record, system))
  const lines = systems.flatMap(({ requirements }) => requirements)
  return {
    record,
    systems,
    counts: countStates(lines.map(({ state }) => state)),
    verdict: verdictOf(lines.filter(({ requirement }) => requirement.tier === 'must')),
    strictVerdict: verdictOf(lines),
    escaped: convictionsOf(record)
      .filter(({ conviction }) => conviction.verdict !== 'refuted')
      .map(({ defect, conviction }) => ({ defect, claim: conviction.claim })),
    undefended: undefendedOf(record),
  }
}

/** Each defect with each claim that had to convict it, what escaped first. */
export function convictionsOf(
  record: RunRecord,
): readonly { readonly defect: DefectRecord; readonly conviction: Conviction }[] {
  const all = record.defects.flatMap((defect) =>
    defect.convictions.map((conviction) => ({ defect, conviction })),
  )
  const [escaped, convicted] = [false, true].map((wanted) =>
    all.filter(({ conviction }) => (conviction.verdict === 'refuted') === wanted),
  )
  return [...(escaped ?? []), ...(convicted ?? [])]
}

/** An estimate's interval as the reports show it: `[17.1 ms, 19.6 ms]`. */
export function intervalOf(proof: ProofRecord | undefined): string {
  const estimate = proof?.estimate
  if (!estimate) return ''
  const side = (value: number | null, unbounded: number): string =>
    formatQuantity(value ?? unbounded, estimate.unit)
  const low = side(estimate.low, Number.NEGATIVE_INFINITY)
  return `[${low}, ${side(estimate.high, Number.POSITIVE_INFINITY)}]`
}

function systemView(record: RunRecord, system: SystemRecord): SystemView {
  const planned = byRequirement(record.planned, system)
  const unselected = byRequirement(record.unselected ?? [], system)
  const outcomes = byRequirement(record.outcomes, system)
  const defects = byClaim(record.defects, system)
  const requirements = system.requirements.map((requirement) => {
    const covering = planned.get(requirement.id) ?? []
    return requirementView(record, requirement, {
      planned: covering,
      unselected: unselected.get(requirement.id) ?? [],
      outcomes: outcomes.get(requirement.id) ?? [],
      defects: [...new Set(covering.flatMap(({ claim }) => defects.get(claim) ?? []))],
    })
  })
  const decided = decideDerived(requirements)
  return {
    system,
    requirements: decided,
    counts: countStates(decided.map(({ state }) => state)),
  }
}

type Covering = Pick<RequirementView, 'planned' | 'unselected' | 'outcomes' | 'defects'>

function requirementView(
  record: RunRecord,
  requirement: RequirementRecord,
  covering: Covering,
): RequirementView {
  const { outcomes } = covering
  const state = stateOf(record, covering)
  const shown = outcomes.find(({ verdict }) => verdict === state) ?? outcomes[0]
  const headline = shown && headlineOf(shown, requirement.target)
  return {
    requirement,
    ...covering,
    state,
    headline,
    figure: headline?.figure ?? proofCount(outcomes),
    interval: intervalOf(headline),
    target: requirement.target ?? headline?.target ?? '',
    reason: reasonOf(state, shown, covering),
    doubts: doubtsOf(outcomes),
  }
}

function byRequirement<Claim extends UnselectedClaim>(
  claims: readonly Claim[],
  { name }: SystemRecord,
): ReadonlyMap<string, readonly Claim[]> {
  const found = new Map<string, Claim[]>()
  for (const claim of claims) {
    if (claim.system !== name) continue
    for (const id of claim.requirements) found.set(id, [...(found.get(id) ?? []), claim])
  }
  return found
}

function byClaim(
  defects: readonly DefectRecord[],
  { name }: SystemRecord,
): ReadonlyMap<string, readonly DefectRecord[]> {
  const found = new Map<string, DefectRecord[]>()
  for (const defect of defects) {
    if (defect.system !== name) continue
    for (const { claim } of defect.convictions) {
      found.set(claim, [...(found.get(claim) ?? []), defect])
    }
  }
  return found
}

function stateOf(record: RunRecord, { planned, unselected, outcomes }: Covering): LineState {
  if (planned.length === 0) {
    return isPartial(record) ? 'not-run' : 'unclaimed'
  }
  if (outcomes.length === planned.length) {
    const verdict = mergeVerdicts(outcomes.map((outcome) => outcome.verdict))
    // Some of its claims may refute a line or leave it open; only all of them uphold it.
    return verdict === 'upheld' && unselected.length > 0 ? 'not-run' : verdict
  }
  const refuted = outcomes.some(({ verdict }) => verdict === 'refuted')
  if (refuted) return 'refuted'
  // What was planned and never reported is inconclusive once nothing can report it any more.
  return record.state === 'running' ? 'pending' : 'inconclusive'
}

function reasonOf(
  state: LineState,
  shown: ClaimOutcome | undefined,
  { planned, unselected, outcomes }: Covering,
): string {
  if (state === 'upheld') return ''
  if (shown && shown.verdict === state) return shown.reason ?? ''
  if (state === 'not-run' && shown) return `${namesOf(unselected)} took no part in this run`
  const unreported = counted(planned.length - outcomes.length, 'claim')
  return state === 'inconclusive' ? `${unreported} ended without a verdict` : ''
}

function namesOf([first, ...others]: readonly UnselectedClaim[]): string {
  const more = others.length === 0 ? '' : ` and ${counted(others.length, 'more claim')}`
  return `${first?.claim}${more}`
}

/** Whether the run was of chosen claims only, so that other lines say nothing. */
function isPartial(record: RunRecord): boolean {
  return record.command.includes('--only')
}

function proofCount(outcomes: readonly ClaimOutcome[]): string {
  const proofs = outcomes.flatMap((outcome) => outcome.proofs)
  if (proofs.length === 0) return ''
  const upheld = proofs.filter(({ verdict }) => verdict === 'upheld').length
  return `${upheld} of ${proofs.length} proofs`
}

function doubtsOf(outcomes: readonly ClaimOutcome[]): Doubt[] {
  const all = outcomes.flatMap(({ doubts, proofs }) => [
    ...doubts,
    ...proofs.flatMap((proof) => proof.doubts),
  ])
  return [...new Map(all.map((doubt) => [doubt.message, doubt])).values()]
}

function verdictOf(lines: readonly RequirementView[]): Verdict {
  return mergeVerdicts(
    lines.flatMap(({ state, outcomes }): readonly Verdict[] => {
      if (state === 'unclaimed') return []
      if (state === 'pending') return ['inconclusive']
      // Chosen claims decide a run of theirs, also where they are not all that cover a line.
      return state === 'not-run' ? outcomes.map(({ verdict }) => verdict) : [state]
    }),
  )
}

function undefendedOf(record: RunRecord): PlannedClaim[] {
  const planted = record.defects.length > 0 || record.command.includes('--defects')
  if (!planted || record.state !== 'finished') return []
  const defended = new Set(
    record.defects.flatMap(({ system, convictions }) =>
      convictions.map(({ claim }) => `${system}/${claim}`),
    ),
  )
  return record.planned.filter(
    ({ system, claim, companion }) => !companion && !defended.has(`${system}/${claim}`),
  )
}
