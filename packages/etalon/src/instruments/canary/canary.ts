import { messageOf } from '../../kernel/errors.ts'
import type { Session } from '../session.ts'
import type { CanaryOptions } from './plan.ts'
import { openRollout, type CanaryResult } from './rollout.ts'

/** Where the traffic of a rollout goes, and until when. */
export interface CanaryTraffic {
  readonly url: string
  /** Aborted once the rollout is decided. */
  readonly signal: AbortSignal
}

/** Rolls a new revision out beside the stable one, under traffic, and back if it is worse. */
export interface Canary {
  /**
   * Rolls out while `traffic` sends requests to its URL until its signal aborts. Traffic that ends
   * earlier ends the rollout with what was shown until then; traffic that throws ends it too, and
   * its error is passed on.
   *
   * @throws ETALON_CANARY_INVALID_PLAN, ETALON_CANARY_UNREACHABLE, ETALON_PORT_TAKEN
   */
  rollOut(
    options: CanaryOptions,
    traffic: (to: CanaryTraffic) => Promise<unknown>,
  ): Promise<CanaryResult>
}

/** Opens the instrument. */
export function createCanary(session: Session): Canary {
  return {
    rollOut: async (options, traffic) => {
      const rollout = await openRollout(options, session)
      const decided = new AbortController()
      const driving = traffic({ url: rollout.url, signal: decided.signal }).finally(() =>
        rollout.endTraffic(),
      )
      // Its error is passed on below; until then it must not count as unhandled.
      driving.catch((error: unknown) =>
        session.evidence.record('note', { text: 'the traffic ended', problem: messageOf(error) }),
      )
      try {
        const result = await rollout.result
        decided.abort()
        await driving
        return result
      } finally {
        decided.abort()
        await rollout.close()
      }
    },
  }
}
