import type { Doubt } from '../../kernel/doubt.ts'
import { messageOf } from '../../kernel/errors.ts'
import type { Session } from '../session.ts'
import type { FaultSpec, FaultTouch } from './fault.ts'
import { isProcessFault } from './kinds/index.ts'
import type { InjectedFault, Link } from './link.ts'
import { injectIntoProcess } from './process-fault.ts'
import type { ProcessTarget } from './process-target.ts'
import { drawSchedule, followSchedule, type Disturbance, type SchedulePlan } from './schedule.ts'

/** Disturbs a system's processes, its services and the links to them, and always heals them. */
export interface Faults {
  /** The link to a service, named in the claim's option `links`. */
  link(service: string): Link
  /**
   * Injects a fault, which is at work when this resolves.
   *
   * @param target for faults of links a service named in the claim's option `links`; for faults of
   *   processes `postgres`, `redis` or a process of the system
   */
  inject(target: string, spec: FaultSpec): Promise<InjectedFault>
  /**
   * Runs `work` under a fault and heals it afterwards, whatever happens. A fault that touched
   * nothing makes the claim inconclusive, because nothing was tried.
   */
  during<Result>(
    target: string,
    spec: FaultSpec,
    work: (fault: InjectedFault) => Promise<Result>,
  ): Promise<Result>
  /**
   * Runs `work` while faults drawn from the plan by the claim's seed come and go. When the work ends,
   * the fault at work is healed and no further one comes.
   */
  follow<Result>(plan: SchedulePlan, work: () => Promise<Result>): Promise<FollowedSchedule<Result>>
  /**
   * Heals everything that is still at work. One that cannot be healed makes the claim inconclusive
   * and keeps none of the others from being healed.
   *
   * @throws AggregateError of what healing failed by
   */
  healAll(): Promise<void>
}

export interface FollowedSchedule<Result> {
  readonly result: Result
  /** The faults that came, in order, with what each touched. */
  readonly disturbances: readonly Disturbance[]
}

/** What faults can be injected into. */
export interface FaultTargets {
  readonly links: ReadonlyMap<string, Link>
  readonly processes: ReadonlyMap<string, ProcessTarget>
}

/** Opens the instrument over links and processes that exist. */
export function createFaults(session: Session, { links, processes }: FaultTargets): Faults {
  const atWork = new Set<InjectedFault>()
  const watch = (target: string, fault: InjectedFault): InjectedFault => {
    const { spec } = fault
    session.evidence.record('fault', { target, injected: spec })
    const watched: InjectedFault = {
      ...fault,
      held: (options) => fault.held({ signal: session.signal, ...options }),
      heal: async () => {
        try {
          const touch = await fault.heal()
          if (atWork.delete(watched)) recordHealed(session, target, spec, touch)
          return touch
        } catch (error) {
          if (atWork.delete(watched)) recordUnhealed(session, target, spec, error)
          throw error
        }
      },
    }
    atWork.add(watched)
    return watched
  }
  const inject = async (target: string, spec: FaultSpec): Promise<InjectedFault> =>
    watch(
      target,
      isProcessFault(spec)
        ? await injectIntoProcess(processOf(processes, target), spec)
        : await linkTo(links, target).inject(spec),
    )
  return {
    link: (service) => ({ ...linkTo(links, service), inject: (spec) => inject(service, spec) }),
    inject,
    during: async (target, spec, work) => {
      const fault = await inject(target, spec)
      try {
        return await work(fault)
      } finally {
        await fault.heal()
      }
    },
    follow: async (plan, work) => {
      const scheduled = drawSchedule(plan, session.random.fork('schedule'))
      session.evidence.record('fault', { scheduled })
      const over = new AbortController()
      const signal = AbortSignal.any([over.signal, session.signal])
      const following = followSchedule(scheduled, inject, signal)
      const [worked, followed] = await Promise.allSettled([
        work().finally(() => over.abort()),
        following,
      ])
      if (worked.status === 'rejected') throw worked.reason
      if (followed.status === 'rejected') throw followed.reason
      return { result: worked.value, disturbances: followed.value }
    },
    healAll: async () => {
      const problems: unknown[] = []
      for (const fault of [...atWork].toReversed()) {
        await fault.heal().catch((error: unknown) => problems.push(error))
      }
      if (problems.length > 0) throw new AggregateError(problems)
    },
  }
}

function linkTo(links: FaultTargets['links'], service: string): Link {
  const link = links.get(service)
  if (link) return link
  const known = [...links.keys()].join(', ') || 'none'
  throw new RangeError(
    `expected a link named in the claim's option links (${known}), found ${service}`,
  )
}

function processOf(processes: FaultTargets['processes'], name: string): ProcessTarget {
  const target = processes.get(name)
  if (target) return target
  const known = [...processes.keys()].join(', ')
  throw new RangeError(
    `expected one of ${known} (postgres with the claim's option durability: 'honest'), found ${name}`,
  )
}

function recordHealed(session: Session, target: string, spec: FaultSpec, touch: FaultTouch): void {
  session.evidence.record('fault', { target, healed: spec, touch })
  if (touch.connections > 0 || (touch.processes ?? 0) > 0) return
  const message = `the fault ${JSON.stringify(spec)} of ${target} touched nothing, so that nothing was tried`
  const doubt: Doubt = { kind: 'fault-missed', message }
  session.evidence.record('doubt', { doubt })
}

function recordUnhealed(session: Session, target: string, spec: FaultSpec, error: unknown): void {
  const message = `the fault ${JSON.stringify(spec)} of ${target} could not be healed: ${messageOf(error)}`
  const doubt: Doubt = { kind: 'fault-unhealed', message }
  session.evidence.record('doubt', { doubt })
}
