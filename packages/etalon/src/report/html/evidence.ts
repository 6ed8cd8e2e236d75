import type { ClaimOutcome } from '../../evidence/claim-outcome.ts'
import type { EstimateRecord, ProofRecord } from '../../evidence/proof-record.ts'
import type { DefectRecord, PlannedClaim } from '../../evidence/run-record.ts'
import { formatCount } from '../../kernel/units.ts'
import { renderCounterexample } from '../counterexample.ts'
import type { RequirementView } from '../requirement-view.ts'
import { intervalOf } from '../run-view.ts'
import { attachmentsOf } from './attachment.ts'
import { badge } from './icon.ts'
import { intervalGraphic } from './interval.ts'
import { markup, type Content, type Markup } from './markup.ts'
import { provenance } from './provenance.ts'
import { cell, table } from './table.ts'

/** Everything that a requirement's verdict stands on: its claims with their proofs. */
export function evidencePanel(view: RequirementView, directory: string): Markup {
  const { planned, outcomes } = view
  const judged = new Set(outcomes.map(({ claim }) => claim))
  const open = planned.filter(({ claim }) => !judged.has(claim))
  return markup`<div class="panel">${outcomes.map((outcome) => claimOf(outcome, view, directory))}
${open.map(openClaim)}</div>`
}

function openClaim({ claim, title, file }: PlannedClaim): Markup {
  return markup`<article class="claim"><p class="title">${badge('pending')} ${title}</p>
<p class="facts">${claim} in ${file} has no verdict in this report.</p></article>`
}

function claimOf(
  outcome: ClaimOutcome,
  { requirement, reason, defects }: RequirementView,
  directory: string,
): Markup {
  const { claim, title, verdict, requirements } = outcome
  const others = requirements.filter((id) => id !== requirement.id)
  // What the line above says already is not said again.
  const named = title === requirement.text ? `Claim ${claim}` : title
  const why = outcome.reason === reason ? undefined : outcome.reason
  return markup`<article class="claim"><p class="title">${badge(verdict)} ${named}</p>
${why !== undefined && markup`<p class="note ${verdict}">${why}</p>`}
${proofsOf(outcome, directory)}
${defectsOf(outcome, defects)}
${others.length > 0 && markup`<p class="facts">The claim also covers ${others.join(', ')}.</p>`}
${provenance(outcome)}</article>`
}

// An outcome never changes, and a run writes its page again and again.
const rendered = new WeakMap<ClaimOutcome, Markup>()

function proofsOf(outcome: ClaimOutcome, directory: string): Markup {
  const known = rendered.get(outcome)
  if (known) return known
  const { proofs } = outcome
  const table =
    proofs.length > 0 ? proofTable(proofs) : markup`<p class="facts">The claim proved nothing.</p>`
  const shown = markup`${table}
${proofs.map(counterexampleOf)}
${attachmentsOf(outcome, directory)}`
  rendered.set(outcome, shown)
  return shown
}

const proofColumns = {
  verdict: 'proof',
  title: 'of',
  found: 'found',
  expected: 'expected',
  samples: 'samples',
}

function proofTable(proofs: readonly ProofRecord[]): Markup {
  return table('proofs', proofColumns, proofs.map(proofRow))
}

function proofRow(proof: ProofRecord): Markup {
  const { title, verdict, figure, target, estimate } = proof
  const bounds = estimate && markup` <span class="bounds">${intervalOf(proof)}</span>`
  const found = [markup`<strong>${figure}</strong>`, bounds, intervalGraphic(proof)]
  return markup`<tr role="row">${cell('verdict', badge(verdict))}
${cell('title', [title, whyOf(proof)])}
${cell('found', found, 'found')}
${cell('expected', target, 'expected')}
${cell('samples', estimate ? samplesOf(estimate) : 'exact', 'samples')}</tr>`
}

function whyOf({ reason, doubts }: ProofRecord): Content {
  return [
    reason !== undefined && markup`<span class="why">${reason}</span>`,
    doubts.map(({ message }) => markup`<span class="why"><b>Doubt</b> ${message}</span>`),
  ]
}

function samplesOf({ samples, confidence, method }: EstimateRecord): Markup {
  const sure = `${Number((confidence * 100).toPrecision(4))} % confidence`
  return markup`${formatCount(samples)} <span class="why">${sure}, ${method}</span>`
}

function counterexampleOf({ title, counterexample }: ProofRecord): Content {
  if (counterexample === undefined) return undefined
  return markup`<figure><figcaption>Counterexample: ${title}</figcaption>
<pre tabindex="0">${renderCounterexample(counterexample)}</pre></figure>`
}

function defectsOf({ claim }: ClaimOutcome, defects: readonly DefectRecord[]): Content {
  const tried = defects.flatMap((defect) =>
    defect.convictions
      .filter((conviction) => conviction.claim === claim)
      .map((conviction) => ({ ...defect, ...conviction })),
  )
  if (tried.length === 0) return undefined
  const items = tried.map(({ title, plant, verdict }) =>
    verdict === 'refuted'
      ? markup`<li class="convicted"><b>Convicted</b> ${title} <code>${plant}</code></li>`
      : markup`<li class="escaped"><b>Escaped (${verdict})</b> ${title} <code>${plant}</code></li>`,
  )
  return markup`<div class="defects">
<p class="label">Planted to show that this claim can fail</p><ul>${items}</ul></div>`
}
