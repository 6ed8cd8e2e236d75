/** The states of an execution. The last four are ends, and final. */
export const executionStates = [
  'pending',
  'running',
  'completed',
  'failed',
  'cancelled',
  'timed_out',
] as const

export type ExecutionState = (typeof executionStates)[number]

const next: Readonly<Record<ExecutionState, readonly ExecutionState[]>> = {
  pending: ['running', 'cancelled'],
  running: ['completed', 'failed', 'cancelled', 'timed_out'],
  completed: [],
  failed: [],
  cancelled: [],
  timed_out: [],
}

/** Whether an execution may go from one state to another. */
export function mayBecome(from: ExecutionState, to: ExecutionState): boolean {
  return next[from].includes(to)
}

/** Whether nothing about the execution may change any more. */
export function isEnd(state: ExecutionState): boolean {
  return next[state].length === 0
}

/** Whether another attempt may be made: what succeeded or still goes on is not repeated. */
export function mayBeRetried(state: ExecutionState): boolean {
  return isEnd(state) && state !== 'completed'
}

/** When an execution started and ended. */
export interface ExecutionTimes {
  readonly started_at: Date
  readonly completed_at: Date | null
  readonly duration_ms: number | null
}

/**
 * The times after a change of state: running starts the clock, an end stops it. What was cancelled
 * while it was pending took no time.
 */
export function timesAfter(
  before: { readonly status: ExecutionState; readonly started_at: Date },
  to: ExecutionState,
  now: Date,
): ExecutionTimes {
  const { status, started_at } = before
  if (to === 'running') return { started_at: now, completed_at: null, duration_ms: null }
  if (!isEnd(to)) return { started_at, completed_at: null, duration_ms: null }
  const duration_ms = status === 'running' ? Math.max(0, now.getTime() - started_at.getTime()) : 0
  return { started_at, completed_at: now, duration_ms }
}
