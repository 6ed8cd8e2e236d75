import { EtalonError } from '../../kernel/errors.ts'
import type { CanaryLimits } from './comparison.ts'
import type { ClientMark } from './split.ts'

/** What to roll out, and how carefully. */
export interface CanaryOptions extends Partial<CanaryLimits> {
  /** Base URLs of the two revisions. */
  readonly stable: string
  readonly candidate: string
  /** Port on the loopback address; a free one unless given. */
  readonly port?: number
  /** Per cent of the traffic in each step, rising; 5, 25, 50, 100 unless given. */
  readonly stepsPercent?: readonly number[]
  /** A step takes this long at most, and less when it is decided sooner; 60 s unless given. */
  readonly stepForMs?: number
  /** Requests that each side must have answered before a step can be passed; 100 unless given. */
  readonly samplesMin?: number
  /** The first so many answers of each side have no latency that counts; 50 unless given. */
  readonly warmUp?: number
  /** What to do when a step's time is over and nothing is shown; `rollback` unless given. */
  readonly undecided?: 'rollback' | 'promote'
  /** What tells clients apart; the authorization header unless given. */
  readonly clientBy?: readonly ClientMark[]
  /** A revision that has not answered by then has failed; 30 s unless given. */
  readonly timeoutMs?: number
}

/** The options with every default in place. */
export type CanaryPlan = Required<CanaryOptions>

const defaults = {
  port: 0,
  stepsPercent: [5, 25, 50, 100],
  stepForMs: 60_000,
  samplesMin: 100,
  warmUp: 50,
  undecided: 'rollback',
  clientBy: ['authorization'],
  timeoutMs: 30_000,
  failedShareMax: 0.01,
  refusedShareMax: 0.05,
  latencyRatioMax: 1.25,
} as const satisfies Omit<CanaryPlan, 'stable' | 'candidate'>

/**
 * Completes and checks a plan.
 *
 * @throws ETALON_CANARY_INVALID_PLAN
 */
export function planOf(options: CanaryOptions): CanaryPlan {
  const plan: CanaryPlan = { ...defaults, ...options }
  const problem = problemOf(plan)
  if (problem !== undefined) throw new EtalonError('ETALON_CANARY_INVALID_PLAN', { problem })
  return plan
}

function problemOf(plan: CanaryPlan): string | undefined {
  for (const side of ['stable', 'candidate'] as const) {
    const url = URL.canParse(plan[side]) ? new URL(plan[side]) : undefined
    if (!url || !['http:', 'https:'].includes(url.protocol)) {
      return `${side}: expected an http or https URL, found ${plan[side]}`
    }
  }
  const [first = 0] = plan.stepsPercent
  const rising = plan.stepsPercent.every((percent, at, all) => percent > (all[at - 1] ?? 0))
  if (!rising || (plan.stepsPercent.at(-1) ?? 101) > 100 || first >= 100) {
    const found = plan.stepsPercent.join(', ')
    return `steps: expected rising per cent up to 100, the first below it, found ${found || 'none'}`
  }
  const mark = plan.clientBy.find((one) => !/^(authorization|(cookie|header):.+)$/.test(one))
  if (mark !== undefined) {
    return `clients: expected authorization, cookie:NAME or header:NAME, found ${mark}`
  }
  return numberProblem(plan)
}

function numberProblem(plan: CanaryPlan): string | undefined {
  const rules: readonly (readonly [string, number, boolean, string])[] = [
    ['port', plan.port, isWhole(plan.port) && plan.port < 65_536, 'a port'],
    ['step time', plan.stepForMs, plan.stepForMs > 0, 'a time above 0 ms'],
    ['timeout', plan.timeoutMs, plan.timeoutMs > 0, 'a time above 0 ms'],
    ['samples', plan.samplesMin, isWhole(plan.samplesMin) && plan.samplesMin >= 20, '20 or more'],
    ['warm-up', plan.warmUp, isWhole(plan.warmUp), 'a whole number of requests'],
    ['failed share', plan.failedShareMax, isShare(plan.failedShareMax), 'a share from 0 to 1'],
    ['refused share', plan.refusedShareMax, isShare(plan.refusedShareMax), 'a share from 0 to 1'],
    ['latency ratio', plan.latencyRatioMax, plan.latencyRatioMax > 1, 'a ratio above 1'],
  ]
  const broken = rules.find(([, , holds]) => !holds)
  return broken && `${broken[0]}: expected ${broken[3]}, found ${broken[1]}`
}

function isWhole(value: number): boolean {
  return Number.isInteger(value) && value >= 0
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1
}
