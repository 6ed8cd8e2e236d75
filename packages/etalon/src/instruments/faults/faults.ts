import type { Doubt } from '../../kernel/doubt.ts'
import type { Session } from '../session.ts'
import type { FaultSpec, FaultTouch } from './fault.ts'
import type { InjectedFault, Link } from './link.ts'

/** Disturbs the links between a system and its services, and always heals what it disturbed. */
export interface Faults {
  /** The link to a service, named in the claim's option `links`. */
  link(service: string): Link
  /**
   * Runs `work` under a fault and heals it afterwards, whatever happens. A fault that touched
   * nothing makes the claim inconclusive, because nothing was tried.
   */
  during<Result>(
    service: string,
    spec: FaultSpec,
    work: (fault: InjectedFault) => Promise<Result>,
  ): Promise<Result>
  /** Heals everything that is still at work. */
  healAll(): Promise<void>
}

/** Opens the instrument over links that exist. */
export function createFaults(session: Session, links: ReadonlyMap<string, Link>): Faults {
  const atWork = new Set<InjectedFault>()
  const linkTo = (service: string): Link => {
    const link = links.get(service)
    if (link) return link
    const known = [...links.keys()].join(', ') || 'none'
    throw new RangeError(
      `expected a link named in the claim's option links (${known}), found ${service}`,
    )
  }
  const inject = async (link: Link, spec: FaultSpec): Promise<InjectedFault> => {
    const fault = await link.inject(spec)
    session.evidence.record('fault', { injected: spec })
    const watched: InjectedFault = {
      ...fault,
      held: (options) => fault.held({ signal: session.signal, ...options }),
      heal: async () => {
        const touch = await fault.heal()
        if (atWork.delete(watched)) recordHealed(session, spec, touch)
        return touch
      },
    }
    atWork.add(watched)
    return watched
  }
  return {
    link: (service) => {
      const link = linkTo(service)
      return { ...link, inject: (spec) => inject(link, spec) }
    },
    during: async (service, spec, work) => {
      const fault = await inject(linkTo(service), spec)
      try {
        return await work(fault)
      } finally {
        await fault.heal()
      }
    },
    healAll: async () => {
      for (const fault of atWork) await fault.heal()
    },
  }
}

function recordHealed(session: Session, spec: FaultSpec, touch: FaultTouch): void {
  session.evidence.record('fault', { healed: spec, touch })
  if (touch.connections > 0) return
  const message = `the fault ${JSON.stringify(spec)} touched nothing, so that nothing was tried`
  const doubt: Doubt = { kind: 'fault-missed', message }
  session.evidence.record('doubt', { doubt })
}
