import { formatCount, formatDuration, formatQuantity } from '../../kernel/units.ts'
import type { Comparison } from './comparison.ts'
import type { CanaryPlan } from './plan.ts'
import type { StepResult } from './step.ts'

/**
 * How a rollout ended. `rolled-back`: the candidate was shown worse; `inconclusive`: nothing was
 * shown in time, and the traffic went back to stable; `interrupted`: somebody stopped it, and so too.
 */
export type CanaryDecision = 'promoted' | 'rolled-back' | 'inconclusive' | 'interrupted'

const worse: Readonly<Record<Comparison['figure'], string>> = {
  failed: 'fails more often than stable, in the share of requests without an answer or with 5xx',
  refused: 'refuses more often than stable, in the share of requests answered 4xx',
  P50: 'is slower than stable, in its P50',
  P95: 'is slower than stable, in its P95',
}

/** Decides a rollout by its last step. */
export function decide(last: StepResult, plan: CanaryPlan, interrupted: boolean): CanaryDecision {
  if (last.finding === 'worse') return 'rolled-back'
  if (interrupted) return 'interrupted'
  const passed = last.finding === 'not-worse' || plan.undecided === 'promote'
  return passed && last.percent === plan.stepsPercent.at(-1) ? 'promoted' : 'inconclusive'
}

/** Why a rollout ended as it did, in sentences. */
export function reasonsOf(
  decision: CanaryDecision,
  step: StepResult,
  plan: CanaryPlan,
): readonly string[] {
  const at = `at ${step.percent} %`
  switch (decision) {
    case 'promoted':
      return [`${at} the candidate ${shown(step)}`]
    case 'rolled-back':
      return step.comparisons
        .filter(({ finding }) => finding === 'worse')
        .map((one) => `${at} the candidate ${worse[one.figure]}: ${intervalOf(one)}, ${one.target}`)
    case 'interrupted':
      return [`it was stopped ${at}, after ${formatDuration(step.durationMs)}`]
    case 'inconclusive':
      return missing(step, plan).map((reason) => `${at} ${reason}`)
  }
}

/** A figure's difference or ratio with its interval. */
export function intervalOf({ figure, estimate }: Comparison): string {
  const { value, low, high, unit } = estimate
  if (Number.isNaN(value)) return `${figure} nothing`
  const sign = unit === 'share' && value >= 0 ? '+' : ''
  const [from, to] = [low, high].map((bound) => formatQuantity(bound, unit))
  return `${figure} ${sign}${formatQuantity(value, unit)} [${from}, ${to}]`
}

function shown({ finding, simultaneous }: StepResult): string {
  if (finding !== 'not-worse') return 'is not shown worse'
  return simultaneous
    ? 'is shown not worse in all figures'
    : 'is shown to fail and refuse no more often than stable did, and not shown slower'
}

function missing(step: StepResult, plan: CanaryPlan): readonly string[] {
  const { candidate, stable, comparisons } = step
  if (candidate.requests === 0) {
    return ['no request reached the candidate: more traffic, more clients or more time would do']
  }
  const few = Object.entries({ candidate, stable })
    .filter(([, { requests }]) => requests < plan.samplesMin)
    .map(([side, { requests }]) => {
      const more = formatCount(plan.samplesMin - requests)
      return `${side} answered ${formatCount(requests)} requests, ${more} more are needed`
    })
  const open = comparisons
    .filter(({ finding }) => finding === 'open')
    .map((one) => `nothing is shown of ${intervalOf(one)}, ${one.target}: ${one.reason}`)
  const reasons = [...few, ...open]
  return reasons.length > 0 ? reasons : ['the traffic ended before the last step']
}
