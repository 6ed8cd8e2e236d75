import { monotonicMs, until } from '../../kernel/clock.ts'
import type { Doubt } from '../../kernel/doubt.ts'
import { compareSides, findingOf, type Comparison, type Finding, type Sides } from './comparison.ts'
import { createLooks, type LookConfidence } from './look.ts'
import type { CanaryPlan } from './plan.ts'
import type { SideSample } from './side-log.ts'

/** What a step of a rollout has shown. */
export interface StepResult {
  readonly percent: number
  readonly durationMs: number
  readonly finding: Finding
  readonly stable: SideSample
  readonly candidate: SideSample
  /** At 100 % nothing goes to stable any more: its sample is that of the step before. */
  readonly simultaneous: boolean
  readonly comparisons: readonly Comparison[]
  readonly doubts: readonly Doubt[]
}

export interface StepWatch extends Sides {
  readonly percent: number
  readonly plan: CanaryPlan
  /** No more traffic comes, or nobody wants to know any more. */
  readonly over: AbortSignal
}

interface Look {
  readonly finding: Finding
  readonly comparisons: readonly Comparison[]
}

/** Fewer clients than this are a doubt: what one of them does weighs too much. */
const clientsFew = 10

/** Watches one step until it is decided or its time is over. */
export async function watchStep(watch: StepWatch): Promise<StepResult> {
  const { plan, candidate } = watch
  const startedAtMs = monotonicMs()
  const isOver = (): boolean => watch.over.aborted || monotonicMs() - startedAtMs >= plan.stepForMs
  const looks = createLooks()
  let look: Look
  let final = false
  do {
    await until(() => isOver() || candidate.requests >= looks.dueAt || undefined, {
      timeoutMs: plan.stepForMs,
      everyMs: 20,
    })
    final = isOver()
    look = await lookAt(watch, looks.take(candidate.requests))
    if (look.comparisons.every(({ compared }) => compared)) looks.comparedLatencies()
  } while (look.finding === 'open' && !final)
  const sides = samplesOf(watch)
  return {
    percent: watch.percent,
    durationMs: monotonicMs() - startedAtMs,
    ...look,
    ...sides,
    simultaneous: watch.simultaneous,
    doubts: doubtsOf(sides),
  }
}

async function lookAt(watch: StepWatch, confidence: LookConfidence): Promise<Look> {
  const { plan, stable, candidate } = watch
  const first = compare(watch, confidence)
  if (first.finding !== 'not-worse') return first
  if (Math.min(stable.requests, candidate.requests) < plan.samplesMin) {
    return { ...first, finding: 'open' }
  }
  // What still waits may be what is slow or stuck: it counts before the step is passed.
  await answersTo(watch)
  return compare(watch, confidence)
}

function compare(watch: StepWatch, confidence: LookConfidence): Look {
  const comparisons = compareSides(watch, watch.plan, confidence)
  return { finding: findingOf(comparisons, watch.simultaneous), comparisons }
}

async function answersTo({ candidate, plan }: StepWatch): Promise<void> {
  const stillWaiting = candidate.stillWaiting()
  await until(() => (stillWaiting() ? undefined : true), { timeoutMs: plan.timeoutMs, everyMs: 5 })
}

function samplesOf(watch: StepWatch): { stable: SideSample; candidate: SideSample } {
  return { stable: watch.stable.sample(), candidate: watch.candidate.sample() }
}

function doubtsOf(sides: { readonly [side: string]: SideSample }): readonly Doubt[] {
  return Object.entries(sides).flatMap(([side, { clients, requests }]) => {
    if (clients === 0 || clients >= clientsFew || requests === 0) return []
    const message = `the requests to ${side} come from ${clients} clients, who may not be like the others`
    return [{ kind: 'few-samples', message } as const]
  })
}
