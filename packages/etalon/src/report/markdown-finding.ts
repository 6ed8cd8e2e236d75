import type { ClaimOutcome } from '../evidence/claim-outcome.ts'
import type { ProofRecord } from '../evidence/proof-record.ts'
import { counted } from './counted.ts'
import { renderCounterexample } from './counterexample.ts'
import { codeMarkdown, escapeMarkdown, fenceMarkdown, foldMarkdown } from './markdown-text.ts'
import type { RequirementView } from './requirement-view.ts'
import { intervalOf, type RunView } from './run-view.ts'

const counterexampleLinesMax = 24

/** The lines that are refuted or inconclusive, each with its reason, and those without a claim. */
export function renderFindings({ systems }: RunView): string {
  const lines = systems.flatMap(({ requirements }) => requirements)
  const withState = (state: RequirementView['state']): RequirementView[] =>
    lines.filter((line) => line.state === state)
  return [
    ...section('Refuted', withState('refuted').map(findingOf)),
    ...section('Inconclusive', withState('inconclusive').map(findingOf)),
    ...section('Without a claim', listOf(withState('unclaimed'))),
  ].join('\n\n')
}

function section(title: string, parts: readonly string[]): string[] {
  return parts.length === 0 ? [] : [`## ${title}`, ...parts]
}

function listOf(lines: readonly RequirementView[]): string[] {
  if (lines.length === 0) return []
  const items = lines.map(({ requirement }) => {
    const { id, tier, text } = requirement
    return `- ${id} (${tier}): ${escapeMarkdown(text)}`
  })
  return [items.join('\n')]
}

function findingOf(view: RequirementView): string {
  const { requirement, state, reason, outcomes } = view
  const telling = outcomes.filter(({ verdict }) => verdict === state)
  return [
    `### ${requirement.id}`,
    escapeMarkdown(requirement.text),
    factsOf(view),
    ...(telling.length === 0 ? [escapeMarkdown(reason)] : telling.map(claimOf)),
  ].join('\n\n')
}

function factsOf({ requirement, target, figure, interval }: RequirementView): string {
  const facts: readonly [string, string][] = [
    ['target', target],
    ['reported', requirement.reported ?? ''],
    ['measured', `${figure} ${interval}`.trim()],
  ]
  return facts
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `${name} **${escapeMarkdown(text)}**`)
    .join(' · ')
}

function claimOf({ reason, proofs, doubts, replay, evidence }: ClaimOutcome): string {
  const open = proofs.filter(({ verdict }) => verdict !== 'upheld')
  const told = open.some(({ title }) => reason?.startsWith(`${title}: `))
  return [
    told ? '' : `→ ${escapeMarkdown(reason ?? 'no reason was recorded')}`,
    open.map(proofOf).join('\n'),
    ...open.filter(hasCounterexample).map(counterexampleOf),
    doubts
      .filter(({ message }) => !reason?.includes(message))
      .map(({ message }) => `- doubt: ${escapeMarkdown(message)}`)
      .join('\n'),
    `Replay: ${codeMarkdown(`npx ${replay}`)}, evidence in ${codeMarkdown(evidence)}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function proofOf(proof: ProofRecord): string {
  const { title, verdict, figure, target, estimate, reason } = proof
  const samples = estimate && counted(estimate.samples, 'sample')
  const measured = [figure, intervalOf(proof), samples].filter(Boolean).join(', ')
  const told = `${title}: expected ${target}, found ${measured}${reason ? `; ${reason}` : ''}`
  return `- ${verdict}: ${escapeMarkdown(told)}`
}

function hasCounterexample({ counterexample }: ProofRecord): boolean {
  return counterexample !== undefined
}

function counterexampleOf({ title, counterexample }: ProofRecord): string {
  const lines = renderCounterexample(counterexample).split('\n')
  const shown = lines.slice(0, counterexampleLinesMax)
  if (shown.length < lines.length) shown.push('… the rest is in the evidence')
  return foldMarkdown(`Counterexample: ${title}`, fenceMarkdown(shown.join('\n')))
}
