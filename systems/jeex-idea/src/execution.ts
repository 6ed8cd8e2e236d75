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

/** The times after a change of state: running starts the clock, an end stops it. */
export function timesAfter(startedAt: Date, to: ExecutionState, now: Date): ExecutionTimes {
  if (to === 'running') return { started_at: now, completed_at: null, duration_ms: null }
  if (!isEnd(to)) return { started_at: startedAt, completed_at: null, duration_ms: null }
  const duration_ms = Math.max(0, now.getTime() - startedAt.getTime())
  return { started_at: startedAt, completed_at: now, duration_ms }
}
