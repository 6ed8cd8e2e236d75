import type { LineState } from './line-state.ts'
import type { RequirementView } from './requirement-view.ts'

/**
 * Decides the lines that sum up others: refuted when one of those is, upheld when all are. A line
 * that sums up what has no claim is inconclusive, because nothing is known of a part of it.
 */
export function decideDerived(lines: readonly RequirementView[]): RequirementView[] {
  const byId = new Map(lines.map((line) => [line.requirement.id, line]))
  const decided: RequirementView[] = []
  for (const line of lines) {
    const sources = (line.requirement.derivedFrom ?? []).flatMap((id) => byId.get(id) ?? [])
    const next = sources.length === 0 ? line : sumOf(line, sources)
    byId.set(line.requirement.id, next)
    decided.push(next)
  }
  return decided
}

function sumOf(line: RequirementView, sources: readonly RequirementView[]): RequirementView {
  const states = sources.map(({ state }) => state)
  const state = stateOf(states)
  const upheld = states.filter((one) => one === 'upheld').length
  const standing = sources.find((source) => isBehind(source.state, state))
  return {
    ...line,
    state,
    figure: `${upheld} of ${sources.length} upheld`,
    reason: state === 'upheld' || !standing ? '' : reasonOf(standing),
  }
}

function stateOf(states: readonly LineState[]): LineState {
  if (states.includes('refuted')) return 'refuted'
  if (states.every((state) => state === 'upheld')) return 'upheld'
  if (states.includes('pending')) return 'pending'
  return states.includes('not-run') ? 'not-run' : 'inconclusive'
}

function isBehind(source: LineState, sum: LineState): boolean {
  return source === sum || (sum === 'inconclusive' && source === 'unclaimed')
}

function reasonOf({ requirement, state }: RequirementView): string {
  return state === 'unclaimed' ? `${requirement.id} has no claim` : `${requirement.id} is ${state}`
}
