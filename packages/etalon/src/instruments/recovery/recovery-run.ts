import type { Doubt } from '../../kernel/doubt.ts'
import { withDoubts, type Estimate } from '../../kernel/estimate.ts'
import { meanOf } from '../../kernel/statistics/mean.ts'
import { quantileOf } from '../../kernel/statistics/quantile.ts'
import { rateOf } from '../../kernel/statistics/rate.ts'
import type { TrafficOperation } from './operation.ts'
import { isGood, type Settled } from './settled.ts'

/** How a system came through one fault. */
export interface Recovered {
  readonly name: string
  readonly struckAtMs: number
  readonly healedAtMs: number
  /** `Infinity` when answers were not good again before patience ended. */
  readonly recoveredAtMs: number
  /** From the end of the fault to the first answer of those that stayed good. */
  readonly recoveryMs: number
}

/** What a traffic met under repeated faults. */
export interface RecoveryRun<Input = unknown, Output = unknown> {
  readonly operations: readonly TrafficOperation<Input, Output>[]
  readonly recoveries: readonly Recovered[]
  /** A quantile of the time to recover, over the faults whose name begins so; all unless given. */
  quantile(p: number, name?: string): Estimate
  /** Share of good answers among the operations that no fault disturbed. */
  readonly undisturbed: Estimate
  /**
   * What one fault costs on average, in milliseconds of answers that were not good: the time which
   * an error budget has to spare for it.
   */
  cost(name?: string): Estimate
}

/** Puts a run together. Operations are in the order of their starts. */
export function recoveryRunOf<Input, Output>(
  operations: readonly TrafficOperation<Input, Output>[],
  recoveries: readonly Recovered[],
  { settled, rateHz }: { readonly settled: Settled; readonly rateHz: number },
): RecoveryRun<Input, Output> {
  const doubts = lateDoubts(operations, rateHz)
  const named = (name: string): Recovered[] =>
    recoveries.filter((recovered) => recovered.name.startsWith(name))
  const goodOnes = (among: readonly TrafficOperation[]): number =>
    among.filter((operation) => isGood(operation, settled)).length
  const calm = operations.filter((operation) => !recoveries.some((each) => meets(operation, each)))
  return {
    operations,
    recoveries,
    quantile: (p, name = '') => {
      const recoveryMs = named(name).map((recovered) => recovered.recoveryMs)
      return withDoubts(quantileOf(recoveryMs, p, { unit: 'ms' }), doubts)
    },
    undisturbed: withDoubts(rateOf({ successes: goodOnes(calm), trials: calm.length }), doubts),
    cost: (name = '') => {
      const costsMs = named(name).map((recovered) => {
        const disturbed = operations.filter((operation) => meets(operation, recovered))
        return ((disturbed.length - goodOnes(disturbed)) * 1_000) / rateHz
      })
      return withDoubts(meanOf(costsMs, { unit: 'ms' }), doubts)
    },
  }
}

/** Whether an operation was under way at any time from the strike to the recovery. */
function meets(operation: TrafficOperation, recovered: Recovered): boolean {
  const { startedAtMs, endedAtMs } = operation
  return endedAtMs >= recovered.struckAtMs && startedAtMs <= recovered.recoveredAtMs
}

/** A start that is later than this says that the machine stood still for the system too. */
const stallMs = 100

/**
 * Tells when operations did not start when they were due: some of the traffic then came in bursts.
 * Where many waited for a machine that stood still, neither good nor bad answers say anything.
 */
function lateDoubts(operations: readonly TrafficOperation[], rateHz: number): Doubt[] {
  if (operations.length === 0) return []
  const periodMs = 1_000 / rateHz
  const shareLate = (byMs: number): number =>
    operations.filter(({ dueAtMs, startedAtMs }) => startedAtMs - dueAtMs > byMs).length /
    operations.length
  const told = (share: number, byMs: number): string =>
    `${(share * 100).toFixed(1)} % of the traffic started more than ${byMs} ms late: other work kept the machine busy`
  const stalled = shareLate(Math.max(stallMs, periodMs))
  if (stalled > 0.02) {
    return [{ kind: 'overloaded-driver', message: told(stalled, Math.max(stallMs, periodMs)) }]
  }
  const late = shareLate(periodMs)
  return late > 0.05 ? [{ kind: 'late-driver', message: told(late, periodMs) }] : []
}
