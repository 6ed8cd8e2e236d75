import { EventEmitter, once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Actor } from './actor.ts'
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
  #open = 0

  constructor(service: Service) {
    this.#service = service
  }

  get open(): number {
    return this.#open
  }

  /** Has the listeners of a project look at once. */
  wake(projectId: string): void {
    this.#changes.emit(projectId)
  }

  /** Ends every stream. */
  close(): void {
    this.#closing.abort()
  }

  /** Sends what happened in a project after a place, and goes on until the listener goes away. */
  async serve(
    actor: Actor,
    projectId: string,
    from: EventPlace,
    response: ServerResponse,
  ): Promise<void> {
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const signal = AbortSignal.any([gone.signal, this.#closing.signal])
    this.#open += 1
    try {
      let place = from
      let silentSinceMs = performance.now()
      while (!signal.aborted) {
        const events = await this.#after(actor, projectId, place)
        for (const event of events) {
          place = event
          response.write(wire(event))
        }
        if (events.length > 0) silentSinceMs = performance.now()
        if (performance.now() - silentSinceMs > aliveMs) {
          response.write(': still here\n\n')
          silentSinceMs = performance.now()
        }
        if (events.length === 0) await this.#pause(projectId, signal)
      }
    } finally {
      this.#open -= 1
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
      delay(intervalMs, undefined, { signal: either }),
      once(this.#changes, projectId, { signal: either }),
    ]).catch(() => undefined)
    woken.abort()
  }
}

function wire({ xid, id, ...event }: EventRow): string {
  return `id: ${xid}.${id}\nevent: ${event.action}\ndata: ${JSON.stringify(event)}\n\n`
}
