import type { LineState } from './line-state.ts'
import type { RequirementView } from './requirement-view.ts'

/**
 * Decides the lines that sum up others: refuted when one of those is, upheld when all are. A line
 * that sums up what has no claim is inconclusive, because nothing is known of a part of it.
 */
export function decideDerived(lines: readonly RequirementView[]): RequirementView[] {
  const byId = new Map(lines.map((line) => [line.requirement.id, line]))
  const decided = new Map<string, RequirementView>()
  // A sum may stand before the sums that it sums up. One that sums up itself finds itself undecided.
  const decide = (line: RequirementView): RequirementView => {
    const { id, derivedFrom = [] } = line.requirement
    const known = decided.get(id)
    if (known) return known
    decided.set(id, line)
    const sources = derivedFrom.flatMap((source) => byId.get(source) ?? []).map(decide)
    const next = sources.length === 0 ? line : sumOf(line, sources)
    decided.set(id, next)
    return next
  }
  return lines.map(decide)
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
