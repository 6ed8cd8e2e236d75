import { joinedDoubts } from '../../../kernel/doubt.ts'
import type { Estimate } from '../../../kernel/estimate.ts'
import { judgeEstimate } from '../../../kernel/judge.ts'
import { decidingSamples } from '../../../kernel/statistics/bisection.ts'
import type { Unit } from '../../../kernel/units.ts'
import type { Verdict } from '../../../kernel/verdict.ts'
import type { Load, LoadOptions } from '../load.ts'
import type { LoadRun } from '../result/load-run.ts'
import { constantRate } from '../shapes/constant-rate.ts'
import { users } from '../shapes/constant-users.ts'
import type { ThinkTime } from '../shapes/think-time.ts'
import { fitScalabilityLaw, type Level, type ScalabilityLaw } from './scalability-law.ts'

/** What a level of load has to keep to. */
export interface Budget {
  /** The quantile that is held against the latency: 0.95 for P95. */
  readonly p: number
  readonly latencyMs: number
  /** The least share of good answers; not looked at unless given. */
  readonly success?: number
}

/** Levels of load, in ascending order. */
export type Levels =
  | { readonly users: readonly number[]; readonly think?: ThinkTime }
  | { readonly ratesHz: readonly number[] }

/** One level of load, with what it came to. */
export interface CapacityStep {
  readonly level: number
  readonly run: LoadRun
  /** Whether the budget was kept. */
  readonly verdict: Verdict
}

/** How much load a system carries. */
export interface Capacity {
  readonly steps: readonly CapacityStep[]
  /**
   * The knee: the most load within the budget. `low` is the highest level up to which every level
   * kept the budget for sure, `high` the least that broke it for sure, `value` the highest that
   * kept it as measured.
   */
  readonly knee: Estimate
  /**
   * Throughput at a level by what the least level would give if it scaled evenly: 1 is linear. The
   * bounds are those of both rates together, so that they are rather too wide.
   *
   * @throws RangeError for a level that was not measured
   */
  efficiencyAt(level: number): Estimate
  /** The scalability law through all levels of users; rates are not levels of it. */
  readonly law: ScalabilityLaw | undefined
}

/**
 * Raises the load step by step until the budget is broken for sure, and tells where it broke.
 *
 * @param options the load of each step; `durationMs` is that of one step
 */
export async function findCapacity(
  load: Load,
  levels: Levels,
  budget: Budget,
  options: LoadOptions,
): Promise<Capacity> {
  const closed = 'users' in levels
  const values = closed ? levels.users : levels.ratesHz
  if (values.length === 0) throw new RangeError('capacity: expected at least one level, found none')
  const steps: CapacityStep[] = []
  for (const level of values) {
    const shape = closed ? users(level, levels.think) : constantRate(level)
    const run = await load(shape, options)
    const verdict = verdictOf(run, budget)
    steps.push({ level, run, verdict })
    // Without a law to fit there is nothing to learn beyond the break.
    if (verdict === 'refuted' && !closed) break
  }
  return capacityOf(steps, closed)
}

/** What steps of ascending load tell together. */
function capacityOf(steps: readonly CapacityStep[], closed: boolean): Capacity {
  const levelOf = ({ level, run: { throughput, doubts } }: CapacityStep): Level => ({
    users: level,
    throughputHz: throughput.value,
    doubts,
  })
  return {
    steps,
    knee: kneeOf(steps, closed ? 'count' : 'Hz'),
    efficiencyAt: (level) => efficiencyOf(steps, level),
    law: closed && steps.length > 3 ? fitScalabilityLaw(steps.map(levelOf)) : undefined,
  }
}

function verdictOf(run: LoadRun, { p, latencyMs, success }: Budget): Verdict {
  const latency = judgeEstimate(run.latency.quantile(p), { kind: 'at-most', bound: latencyMs })
  if (success === undefined || latency.verdict === 'refuted') return latency.verdict
  const answered = judgeEstimate(run.success, { kind: 'at-least', bound: success })
  return answered.verdict === 'upheld' ? latency.verdict : answered.verdict
}

function kneeOf(steps: readonly CapacityStep[], unit: Unit): Estimate {
  const firstUnsure = steps.findIndex(({ verdict }) => verdict !== 'upheld')
  const kept = firstUnsure === -1 ? steps : steps.slice(0, firstUnsure)
  const broken = steps.find(({ verdict }) => verdict === 'refuted')
  const before = broken ? steps.slice(0, steps.indexOf(broken)) : steps
  return {
    value: before.at(-1)?.level ?? 0,
    low: kept.at(-1)?.level ?? 0,
    high: broken?.level ?? Infinity,
    unit,
    confidence: steps[0]?.run.success.confidence ?? 0,
    samples: steps.length,
    method: 'the last level that kept the budget and the first that broke it',
    doubts: joinedDoubts(...steps.map(({ run }) => run.doubts)),
    samplesToDecide: () => undefined,
  }
}

function efficiencyOf(steps: readonly CapacityStep[], level: number): Estimate {
  const [first] = steps
  const step = steps.find((one) => one.level === level)
  if (!first || !step) {
    const known = steps.map((one) => one.level).join(', ')
    throw new RangeError(`efficiency: expected one of the levels ${known}, found ${level}`)
  }
  const [least, found] = [first.run.throughput, step.run.throughput]
  const even = level / first.level
  const value = found.value / (even * least.value)
  const low = Math.max(0, found.low) / (even * least.high)
  const high = least.low > 0 ? found.high / (even * least.low) : Infinity
  return {
    ...found,
    value,
    low,
    high,
    unit: 'share',
    method: `${found.method}, of both rates`,
    doubts: joinedDoubts(least.doubts, found.doubts),
    // Seconds of both levels: the interval narrows with the square root of them.
    samplesToDecide: (bound) =>
      decidingSamples(found.samples, (inAll) => {
        const narrower = Math.sqrt(inAll / found.samples)
        return bound < value - (value - low) / narrower || bound > value + (high - value) / narrower
      }),
  }
}
