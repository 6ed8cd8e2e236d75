import type { Verdict } from '../kernel/verdict.ts'

/**
 * What a line of a requirements document shows. `pending` is a claim of a run that goes on;
 * `unclaimed` a requirement that no claim covers; `not-run` one of which not all claims were chosen,
 * while those that were leave nothing refuted or open.
 */
export type LineState = Verdict | 'pending' | 'unclaimed' | 'not-run'

/** Every state with the words a reader sees, what needs attention first. */
export const lineStates = {
  refuted: 'refuted',
  inconclusive: 'inconclusive',
  pending: 'pending',
  upheld: 'upheld',
  unclaimed: 'without a claim',
  'not-run': 'not run',
} as const satisfies Record<LineState, string>

/** The states of {@link lineStates}, in its order. */
export const lineStateOrder = Object.keys(lineStates) as readonly LineState[]

/** Numbers of lines by state. */
export type LineCounts = Readonly<Record<LineState, number>>

/** Counts states; a state that does not occur is 0. */
export function countStates(states: Iterable<LineState>): LineCounts {
  const counts = Object.fromEntries(lineStateOrder.map((state) => [state, 0]))
  for (const state of states) counts[state] = (counts[state] ?? 0) + 1
  return counts as LineCounts
}
