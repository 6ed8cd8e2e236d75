import { setTimeout as delay } from 'node:timers/promises'
import { monotonicMs } from '../../kernel/clock.ts'
import type { Random } from '../../kernel/random.ts'
import type { FaultSpec, FaultTouch } from './fault.ts'
import type { InjectedFault } from './link.ts'

/** What a schedule is drawn from. */
export interface SchedulePlan {
  /** From the first fault that is possible to the healing of the last one. */
  readonly durationMs: number
  /** What can happen, each as likely as the others; name one twice to make it twice as likely. */
  readonly faults: readonly PossibleFault[]
  /** Least and longest time without a fault before each. */
  readonly quietMs: readonly [number, number]
  /** Least and longest time that each is at work. */
  readonly lastsMs: readonly [number, number]
}

export interface PossibleFault {
  /** A service with a link, or a process or server, as for `during`. */
  readonly target: string
  readonly fault: FaultSpec
}

/** A fault with its place in time, counted from the start of the schedule. */
export interface ScheduledFault {
  readonly target: string
  readonly fault: FaultSpec
  readonly atMs: number
  readonly lastsMs: number
}

/** A scheduled fault that came, and what it touched. */
export interface Disturbance extends ScheduledFault {
  readonly injectedAtMs: number
  readonly healedAtMs: number
  readonly touch: FaultTouch
}

/**
 * Draws a schedule: one fault after another, each healed before the next one comes and before the
 * schedule ends. The same plan and the same seed give the same schedule.
 *
 * @throws RangeError for a plan in which no fault has room
 */
export function drawSchedule(plan: SchedulePlan, random: Random): readonly ScheduledFault[] {
  const { durationMs, faults, quietMs, lastsMs } = plan
  const drawn: ScheduledFault[] = []
  for (let atMs = random.integer(...quietMs); ; atMs += random.integer(...quietMs)) {
    const { target, fault } = random.pick(faults)
    const time = random.integer(...lastsMs)
    if (atMs + time > durationMs) break
    drawn.push({ target, fault, atMs, lastsMs: time })
    atMs += time
  }
  if (drawn.length > 0) return drawn
  throw new RangeError(
    `schedule: expected room for a fault of ${lastsMs.join(' to ')} ms after ${quietMs.join(' to ')} ms, found ${durationMs} ms in all`,
  )
}

/**
 * Lets scheduled faults come and go until the schedule or `signal` ends. The one at work then is
 * healed; those that did not come are left out of what is given back.
 */
export async function followSchedule(
  scheduled: readonly ScheduledFault[],
  inject: (target: string, spec: FaultSpec) => Promise<InjectedFault>,
  signal: AbortSignal,
): Promise<Disturbance[]> {
  const startedAtMs = monotonicMs()
  const sinceStartMs = (): number => monotonicMs() - startedAtMs
  const waitUntil = async (dueMs: number): Promise<void> => {
    const waitMs = Math.max(0, dueMs - sinceStartMs())
    await delay(waitMs, undefined, { signal }).catch(() => {})
  }
  const disturbances: Disturbance[] = []
  for (const next of scheduled) {
    await waitUntil(next.atMs)
    if (signal.aborted) break
    const fault = await inject(next.target, next.fault)
    const injectedAtMs = sinceStartMs()
    await waitUntil(injectedAtMs + next.lastsMs)
    const touch = await fault.heal()
    disturbances.push({ ...next, injectedAtMs, healedAtMs: sinceStartMs(), touch })
  }
  return disturbances
}
