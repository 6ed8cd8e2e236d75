import { wallMs } from '../../kernel/clock.ts'
import { openLedger, type Ledger, type Publication } from '../../kernel/ledger/index.ts'
import type { Session } from '../session.ts'
import { openIntake, type HeardAccount, type IntakeOptions } from './intake.ts'
import { watchLateness } from '../lateness.ts'
import type { ConnectionEvents } from './redis.ts'
import { departureBy, type Departure } from './shape.ts'

export interface ReceiverOptions extends Omit<IntakeOptions, 'departure'> {
  /** A message that takes longer is late; none is unless given. */
  readonly lateAfterMs?: number
  /** What every body has to fit: a JSON Schema, or what tells how one departs from its shape. */
  readonly shape?: object | Departure
}

/** Listens to channels or streams, and holds what it hears against what was published. */
export interface Receiver {
  /** Different messages that came where they belong, so far. */
  readonly delivered: number
  /** Whether it has been connected from its beginning until now. */
  readonly wasConnected: boolean
  /** Tells of a publication, before or after it is heard: see {@link Publication}. */
  published(publication: Publication): void
  /**
   * Resolves once so many different messages were delivered, or the condition holds, or the time is
   * up; what is missing then stands in the account.
   *
   * @param options 10 s unless given
   */
  until(
    enough: number | (() => boolean),
    options?: { readonly timeoutMs?: number },
  ): Promise<HeardAccount>
  /**
   * Is without a connection while `work` goes on, as a listener is whose network is gone. What is
   * published meanwhile a subscriber misses, and a reader of streams catches up with.
   */
  offline<Result>(work: () => Promise<Result>): Promise<Result>
  /** Resolves once everything that Redis had for it when this was called has been heard. */
  settled(): Promise<HeardAccount>
  account(): HeardAccount
  /** Listens no more. What Redis may have for it still is not heard: settle first. */
  close(): Promise<HeardAccount>
}

/** Takes what a way of listening hears. */
export interface Hearing extends ConnectionEvents {
  readonly hear: (channel: string, text: string, id?: string) => void
}

/** A way of listening: how it catches up with Redis, and how it ends. */
export interface Listening {
  settle(): Promise<void>
  close(): void
}

const timeoutMsDefault = 10_000

/** A receiver that has not caught up with Redis by then tells what it has. */
export const settleMsMax = 10_000

/** Opens a receiver over a way of listening; `to` names what it listens to, in the evidence. */
export async function openReceiver(
  session: Session,
  to: string,
  { lateAfterMs, shape, ...options }: ReceiverOptions,
  listen: (hearing: Hearing) => Promise<Listening>,
): Promise<Receiver> {
  const departure = await departureBy(shape)
  const ledger = openLedger({ openedAtMs: wallMs(), lateAfterMs })
  const intake = openIntake(ledger, { ...options, departure })
  const lateness = watchLateness()
  const looks = new Set<() => void>()
  let isOpen = true
  const account = (): HeardAccount => intake.account(lateness.doubts())
  const recorded = (when: string): HeardAccount => {
    const { latency, ...facts } = account()
    const { maxMs } = latency
    const { wasConnected } = hearing
    session.evidence.record('messages', { to, when, wasConnected, ...facts, latencyMaxMs: maxMs })
    return { ...facts, latency }
  }
  const hearing = hearingOf(ledger, {
    take: (...message) => intake.take(...message),
    looks,
    isOpen: () => isOpen,
  })
  let listening = await listen(hearing)
  return {
    get delivered() {
      return ledger.delivered
    },
    get wasConnected() {
      return hearing.wasConnected
    },
    published: (publication) => ledger.published(publication),
    account,
    until: async (enough, { timeoutMs = timeoutMsDefault } = {}) => {
      const isEnough = typeof enough === 'number' ? () => ledger.delivered >= enough : enough
      await waitFor(isEnough, looks, { timeoutMs, signal: session.signal })
      return recorded('waited')
    },
    offline: async (work) => {
      listening.close()
      hearing.lost()
      try {
        return await work()
      } finally {
        listening = await listen(hearing)
        hearing.regained()
      }
    },
    settled: async () => {
      await listening.settle()
      return recorded('settled')
    },
    close: async () => {
      if (isOpen) {
        isOpen = false
        listening.close()
        lateness.stop()
      }
      return recorded('closed')
    },
  }
}

/** Hears into a ledger, and knows whether there is a connection. */
function hearingOf(
  ledger: Ledger,
  facts: {
    readonly take: Hearing['hear']
    readonly looks: ReadonlySet<() => void>
    readonly isOpen: () => boolean
  },
): Hearing & { readonly wasConnected: boolean } {
  let [isLost, wasConnected] = [false, true]
  const regained = (): void => {
    if (!isLost) return
    isLost = false
    ledger.connectionRegained(wallMs())
  }
  return {
    get wasConnected() {
      return wasConnected
    },
    hear: (...message) => {
      // It may come before the client tells that the connection is whole.
      regained()
      facts.take(...message)
      for (const look of facts.looks) look()
    },
    lost: () => {
      if (isLost || !facts.isOpen()) return
      isLost = true
      wasConnected = false
      ledger.connectionLost(wallMs())
    },
    regained,
  }
}

/** Resolves when the condition holds at one of the looks, or when the time is up. */
function waitFor(
  isEnough: () => boolean,
  looks: Set<() => void>,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<void> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer)
      looks.delete(look)
      signal.removeEventListener('abort', give)
    }
    const look = (): void => {
      if (!isEnough()) return
      end()
      resolve()
    }
    const give = (): void => {
      end()
      reject(signal.reason as Error)
    }
    const timer = setTimeout(() => {
      end()
      resolve()
    }, timeoutMs)
    signal.addEventListener('abort', give)
    looks.add(look)
    look()
  })
}
