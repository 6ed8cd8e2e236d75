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

/** Tells when operations did not start when they were due, so that some of the traffic is missing. */
function lateDoubts(operations: readonly TrafficOperation[], rateHz: number): Doubt[] {
  if (operations.length === 0) return []
  const periodMs = 1_000 / rateHz
  const late = operations.filter(({ dueAtMs, startedAtMs }) => startedAtMs - dueAtMs > periodMs)
  const share = late.length / operations.length
  if (share <= 0.05) return []
  const percent = Math.round(share * 100)
  const message = `${percent} % of the traffic started more than ${periodMs} ms late: the machine is busy`
  return [{ kind: 'late-driver', message }]
}
