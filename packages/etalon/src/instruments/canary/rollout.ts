import { monotonicMs, until } from '../../kernel/clock.ts'
import type { Session } from '../session.ts'
import { decide, reasonsOf, type CanaryDecision } from './decision.ts'
import { planOf, type CanaryOptions, type CanaryPlan } from './plan.ts'
import { openProxy, type CanaryProxy } from './proxy.ts'
import { openSideLog, type SideLog, type SideName } from './side-log.ts'
import { createSplit, type Split } from './split.ts'
import { watchStep, type StepResult } from './step.ts'

/** What a rollout found, as plain data. */
export interface CanaryResult {
  readonly decision: CanaryDecision
  /** The step that decided, in per cent of the traffic. */
  readonly percent: number
  /** Where all traffic goes since. */
  readonly servedBy: SideName
  readonly reasons: readonly string[]
  readonly steps: readonly StepResult[]
  readonly plan: CanaryPlan
  /** Gives each client the same place again. */
  readonly seed: string
}

/** A rollout under way. */
export interface Rollout {
  /** Where the clients send their requests. */
  readonly url: string
  readonly result: Promise<CanaryResult>
  /** Ends it: undecided, all traffic goes back to stable. */
  interrupt(): void
  /** The step under way is the last one and ends now: no more traffic comes. */
  endTraffic(): void
  /** Answers what is under way and stops listening. */
  close(): Promise<void>
}

/** Told while a rollout goes on. */
export interface RolloutWatcher {
  readonly began?: (percent: number) => void
  readonly passed?: (step: StepResult) => void
}

/**
 * Opens the proxy and begins to roll out. After the decision it goes on forwarding to the side that
 * won, until it is closed.
 *
 * @throws ETALON_CANARY_INVALID_PLAN, ETALON_CANARY_UNREACHABLE, ETALON_PORT_TAKEN
 */
export async function openRollout(
  options: CanaryOptions,
  session: Session,
  watcher: RolloutWatcher = {},
): Promise<Rollout> {
  const plan = planOf(options)
  const random = session.random.fork('canary')
  const split = createSplit(plan.clientBy, random)
  let current = openLogs(0)
  const proxy = await openProxy({ ...plan, split, logOf: (side) => current[side] })
  const interrupted = new AbortController()
  const trafficOver = new AbortController()
  const stopped = AbortSignal.any([interrupted.signal, session.signal])
  const beginStep = (percent: number, warmUp: number): typeof current => {
    // Nothing goes to stable at 100 %: it is compared with what stable did just before.
    current = percent === 100 ? { ...openLogs(0), stable: current.stable } : openLogs(warmUp)
    split.weight = percent / 100
    watcher.began?.(percent)
    return current
  }

  const rollOut = async (): Promise<CanaryResult> => {
    const steps: StepResult[] = []
    const over = AbortSignal.any([stopped, trafficOver.signal])
    for (const [index, percent] of plan.stepsPercent.entries()) {
      const logs = beginStep(percent, index === 0 ? plan.warmUp : 0)
      const step = await watchStep({
        percent,
        plan,
        over,
        simultaneous: percent < 100,
        ...logs,
      })
      steps.push(step)
      watcher.passed?.(step)
      if (!goesOn(step, plan, over)) break
    }
    const result = concluded(plan, steps, {
      interrupted: stopped.aborted,
      seed: session.random.seed,
    })
    await settle(result, split, proxy)
    session.evidence.record('canary', { ...result })
    return result
  }
  return {
    url: proxy.url,
    result: rollOut(),
    interrupt: () => interrupted.abort(),
    endTraffic: () => trafficOver.abort(),
    close: () => proxy.close(),
  }
}

function openLogs(warmUp: number): Readonly<Record<SideName, SideLog>> {
  const nowMs = monotonicMs()
  return { stable: openSideLog(nowMs, warmUp), candidate: openSideLog(nowMs, warmUp) }
}

function goesOn({ finding }: StepResult, plan: CanaryPlan, over: AbortSignal): boolean {
  if (over.aborted) return false
  return finding === 'not-worse' || (finding === 'open' && plan.undecided === 'promote')
}

function concluded(
  plan: CanaryPlan,
  steps: readonly StepResult[],
  facts: { readonly interrupted: boolean; readonly seed: string },
): CanaryResult {
  const last = steps.at(-1) as StepResult
  const decision = decide(last, plan, facts.interrupted)
  return {
    decision,
    percent: last.percent,
    servedBy: decision === 'promoted' ? 'candidate' : 'stable',
    reasons: reasonsOf(decision, last, plan),
    steps,
    plan,
    seed: facts.seed,
  }
}

/** Sends everything to the side that won; what is under way at the other one may end. */
async function settle(result: CanaryResult, split: Split, proxy: CanaryProxy): Promise<void> {
  split.weight = result.servedBy === 'candidate' ? 1 : 0
  const other = result.servedBy === 'candidate' ? 'stable' : 'candidate'
  const ended = (): true | undefined => (proxy.inFlight(other) === 0 ? true : undefined)
  await until(ended, { timeoutMs: result.plan.timeoutMs })
}
