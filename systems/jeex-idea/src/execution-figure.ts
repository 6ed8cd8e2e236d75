import type { ExecutionState } from './execution.ts'

/** Sums over executions of one agent type in one state. */
export interface ExecutionSum {
  readonly agent_type: string
  readonly status: ExecutionState
  readonly executions: number
  readonly duration_ms: number
  /** Of them those that were cancelled before they ran, and how long they waited. */
  readonly waited: number
  readonly waited_ms: number
  readonly tokens_in: number
  readonly tokens_out: number
  readonly cost: number
}

/** What the metrics say of a group of executions. */
export interface ExecutionFigures {
  readonly total: number
  readonly pending: number
  readonly running: number
  readonly successful: number
  readonly failed: number
  readonly timed_out: number
  readonly cancelled: number
  /** Successful ones among those that ran to an end and were not cancelled; null without any. */
  readonly success_rate: number | null
  /** Mean over those that have ended; what still runs or never ran does not count. Null without. */
  readonly average_seconds: number | null
  readonly tokens_in: number
  readonly tokens_out: number
  readonly cost: number
}

/** Adds sums up. */
export function toFigures(sums: readonly ExecutionSum[]): ExecutionFigures {
  const inState = (state: ExecutionState): number =>
    total(
      sums.filter(({ status }) => status === state),
      'executions',
    )
  const [successful, failed] = [inState('completed'), inState('failed')]
  const [timedOut, cancelled] = [inState('timed_out'), inState('cancelled')]
  const judged = successful + failed + timedOut
  const ran = judged + cancelled - total(sums, 'waited')
  const ranMs = total(sums, 'duration_ms') - total(sums, 'waited_ms')
  return {
    total: total(sums, 'executions'),
    pending: inState('pending'),
    running: inState('running'),
    successful,
    failed,
    timed_out: timedOut,
    cancelled,
    success_rate: judged === 0 ? null : successful / judged,
    average_seconds: ran === 0 ? null : ranMs / (1_000 * ran),
    tokens_in: total(sums, 'tokens_in'),
    tokens_out: total(sums, 'tokens_out'),
    cost: totalCost(sums),
  }
}

type Summed = 'executions' | 'duration_ms' | 'waited' | 'waited_ms' | 'tokens_in' | 'tokens_out'

function total(sums: readonly ExecutionSum[], what: Summed): number {
  return sums.reduce((sum, each) => sum + each[what], 0)
}

/** Costs have six decimals; whole millionths add up without an error. */
function totalCost(sums: readonly ExecutionSum[]): number {
  return sums.reduce((sum, { cost }) => sum + Math.round(cost * 1e6), 0) / 1e6
}
