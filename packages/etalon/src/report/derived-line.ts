import type { LineState } from './line-state.ts'
import type { RequirementView } from './requirement-view.ts'

/**
 * Decides the lines that sum up others: refuted when one of those is, upheld when all are. A line
 * that sums up what has no claim is inconclusive, because nothing is known of a part of it. A claim
 * of its own counts as one of those.
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
  const upheld = sources.filter(({ state }) => state === 'upheld').length
  const isClaimed = line.planned.length + line.unselected.length > 0
  const parts = isClaimed ? [line, ...sources] : sources
  const isOpen = isClaimed && line.state === 'inconclusive'
  const state = stateOf(
    parts.map((part) => part.state),
    isOpen,
  )
  const standing = parts.find((part) => isBehind(part.state, state))
  return {
    ...line,
    state,
    figure: `${upheld} of ${sources.length} upheld`,
    reason: state === 'upheld' || !standing ? '' : reasonOf(standing, line),
  }
}

/** @param isOpen whether its own claims are, which no other line tells */
function stateOf(states: readonly LineState[], isOpen: boolean): LineState {
  if (states.includes('refuted')) return 'refuted'
  if (states.every((state) => state === 'upheld')) return 'upheld'
  if (states.includes('pending')) return 'pending'
  return states.includes('not-run') && !isOpen ? 'not-run' : 'inconclusive'
}

function isBehind(source: LineState, sum: LineState): boolean {
  return source === sum || (sum === 'inconclusive' && source === 'unclaimed')
}

function reasonOf(part: RequirementView, sum: RequirementView): string {
  if (part === sum) return sum.reason
  const { requirement, state } = part
  return state === 'unclaimed' ? `${requirement.id} has no claim` : `${requirement.id} is ${state}`
}
