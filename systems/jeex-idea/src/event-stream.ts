import { EventEmitter, once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Actor } from './actor.ts'
import { pacedWrite } from './paced-write.ts'
import type { Service } from './service.ts'
import { eventsAfter, type EventRow } from './store/event.ts'

/** Where a listener is: after this event of this transaction. */
export interface EventPlace {
  readonly xid: string
  readonly id: string
}

const idPattern = /^(\d{1,20})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/
const xidMax = 2n ** 64n - 1n
const aliveMs = 15_000
/** How often it is asked whether a listener is still who may listen. */
const askAgainMs = 5_000
/** How long a listener may leave untaken what he was sent. */
const patienceMs = 10_000

/** Somebody who listens to a project. */
export interface ProjectListener {
  readonly actor: Actor
  readonly projectId: string
  /** What happened after this is told. */
  readonly from: EventPlace
  readonly response: ServerResponse
  /** Whether the account and what it came with are still good. */
  readonly isWelcome: () => Promise<boolean>
}

/** Reads the place from the `Last-Event-ID` that a listener comes back with. */
export function readPlace(lastEventId: string): EventPlace | undefined {
  const [, xid, id] = idPattern.exec(lastEventId) ?? []
  if (xid === undefined || id === undefined || BigInt(xid) > xidMax) return undefined
  return { xid, id }
}

/** The place before everything that a transaction and those after it change. */
export function placeBefore(xid: string): EventPlace {
  return { xid, id: '00000000-0000-0000-0000-000000000000' }
}

/** Those who listen to changes of projects, in this process. */
export class EventStreams {
  readonly #service: Service
  readonly #changes = new EventEmitter().setMaxListeners(0)
  readonly #closing = new AbortController()
  readonly #openOf = new Map<string, number>()
  #open = 0

  constructor(service: Service) {
    this.#service = service
  }

  get open(): number {
    return this.#open
  }

  /** How many streams a user has. */
  openOf(userId: string): number {
    return this.#openOf.get(userId) ?? 0
  }

  /** Counts a stream until its response is closed; from before its user is let in. */
  enter(userId: string, response: ServerResponse): void {
    if (response.destroyed) return
    this.#count(userId, 1)
    response.once('close', () => this.#count(userId, -1))
  }

  #count(userId: string, change: 1 | -1): void {
    const own = this.openOf(userId) + change
    if (own === 0) this.#openOf.delete(userId)
    else this.#openOf.set(userId, own)
    this.#open += change
  }

  /** Has the listeners of a project look at once. */
  wake(projectId: string): void {
    this.#changes.emit(projectId)
  }

  /** Ends every stream. */
  close(): void {
    this.#closing.abort()
  }

  /**
   * Sends what happened in a project after a place, and goes on until the listener goes away, is
   * not welcome any more, or does not take what he is sent; or until he was told that the project
   * is deleted, for what happens to it after that is nobody's to hear.
   */
  async serve(listener: ProjectListener): Promise<void> {
    const { actor, projectId, from, response, isWelcome } = listener
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    // He may have gone while he was let in.
    if (response.destroyed) return
    const signal = AbortSignal.any([gone.signal, this.#closing.signal])
    const isStillWelcome = askedNowAndThen(isWelcome)
    const goesOn = async (): Promise<boolean> => !signal.aborted && (await isStillWelcome())
    try {
      let place = from
      let silentSinceMs = performance.now()
      while (await goesOn()) {
        const events = await this.#after(actor, projectId, place)
        for (const event of events) {
          if (!(await goesOn())) return
          place = event
          await pacedWrite(response, wire(event), { patienceMs, signal })
          if (event.action === 'project.delete') return
        }
        if (events.length > 0) silentSinceMs = performance.now()
        if (performance.now() - silentSinceMs > aliveMs) {
          await pacedWrite(response, ': still here\n\n', { patienceMs, signal })
          silentSinceMs = performance.now()
        }
        if (events.length === 0) await this.#pause(projectId, signal)
      }
    } finally {
      response.end()
    }
  }

  /** While the database is away there is nothing to tell; the listener stays. */
  async #after(actor: Actor, projectId: string, { xid, id }: EventPlace): Promise<EventRow[]> {
    try {
      return await this.#service.database.read(actor, (sql) =>
        eventsAfter(sql, projectId, actor.id, xid, id),
      )
    } catch (error) {
      this.#service.log.warn({ err: error }, 'events could not be read')
      return []
    }
  }

  async #pause(projectId: string, signal: AbortSignal): Promise<void> {
    const woken = new AbortController()
    const either = AbortSignal.any([signal, woken.signal])
    const { EVENT_INTERVAL_MS: intervalMs } = this.#service.env
    await Promise.race([
      delay(Math.min(intervalMs, askAgainMs), undefined, { signal: either }),
      once(this.#changes, projectId, { signal: either }),
    ]).catch(() => undefined)
    woken.abort()
  }
}

/** Whoever cannot be looked up now is looked up with the next question. */
function askedNowAndThen(isWelcome: () => Promise<boolean>): () => Promise<boolean> {
  let askedMs = performance.now()
  return async () => {
    if (performance.now() - askedMs < askAgainMs) return true
    askedMs = performance.now()
    return isWelcome().catch(() => true)
  }
}

function wire({ xid, id, ...event }: EventRow): string {
  return `id: ${xid}.${id}\nevent: ${event.action}\ndata: ${JSON.stringify(event)}\n\n`
}
