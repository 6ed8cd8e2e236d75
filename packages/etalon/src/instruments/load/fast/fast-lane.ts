import { reconnectPauseUs, type Lane, type StartEnded } from '../driver/lane.ts'
import { outcome, type OutcomeCode } from '../recording/book.ts'
import type { Ended, Recorder } from '../recording/recorder.ts'
import { Backlog } from '../schedule/backlog.ts'
import { Connection, type ConnectionOptions } from './connection.ts'
import type { PreparedRequest } from './request-bytes.ts'

// Servers close connections that were idle for some seconds, Node.js after five. One that might be
// closed at any moment is not used again: the request would fail for no fault of the system.
const idleUsMax = 3_000_000

export interface FastLaneOptions {
  readonly host: string
  readonly port: number
  readonly requests: readonly PreparedRequest[]
  /** At most, of this thread. */
  readonly connections: number
  readonly timeoutMs: number
  readonly recorder: Recorder
  readonly onEnded: StartEnded
}

/** Single requests over sockets, as cheaply as they can be sent and read. */
export class FastLane implements Lane {
  readonly #options: FastLaneOptions
  readonly #connecting: ConnectionOptions
  readonly #open = new Set<Connection>()
  /** Those that wait for a request, the longest waiting first. */
  readonly #free = new Set<Connection>()
  readonly #backlog = new Backlog()
  readonly #ended: Ended = { series: 0, dueUs: 0, sentUs: 0, code: 0, status: 0, bytes: 0 }

  constructor(options: FastLaneOptions) {
    this.#options = options
    const { host, port } = options
    this.#connecting = { host, port, buffer: Buffer.allocUnsafeSlow(65_536), owner: this }
  }

  get idle(): boolean {
    return this.#free.size === this.#open.size && this.#backlog.size === 0
  }

  begin(ticket: number, dueUs: number, nowUs: number): void {
    const connection = this.#backlog.size === 0 ? this.#take(nowUs) : undefined
    if (connection) {
      this.#options.recorder.sent(dueUs, nowUs - dueUs)
      connection.send(this.#requestOf(ticket), ticket, dueUs, nowUs)
    } else {
      this.#options.recorder.waiting(1)
      this.#backlog.push(dueUs, ticket, nowUs)
    }
  }

  sweep(nowUs: number): void {
    const timeoutUs = this.#options.timeoutMs * 1_000
    for (const connection of this.#open) {
      if (!connection.request || nowUs - connection.sentUs < timeoutUs) continue
      connection.drop()
      this.ended(connection, outcome.timeout, nowUs)
    }
    while (nowUs - this.#backlog.firstDueUs >= timeoutUs) {
      const { firstDueUs: dueUs, firstLatenessUs: latenessUs } = this.#backlog
      const ticket = this.#backlog.shift()
      this.#options.recorder.waiting(-1)
      this.#options.recorder.notStarted(this.#requestOf(ticket).series, dueUs, latenessUs)
      this.#options.onEnded(ticket, nowUs, nowUs)
    }
  }

  ended(connection: Connection, code: OutcomeCode, nowUs: number): void {
    const { ticket, parser } = connection
    const answered = code === outcome.ok || code === outcome.status || code === outcome.check
    const ended = this.#ended
    ended.series = this.#requestOf(ticket).series
    ended.dueUs = connection.dueUs
    ended.sentUs = connection.sentUs
    ended.code = code
    ended.status = answered ? parser.status : 0
    ended.bytes = parser.bodyBytes
    this.#options.recorder.ended(ended, nowUs)
    connection.request = undefined
    if (connection.reusable) {
      connection.idleSinceUs = nowUs
      this.#free.add(connection)
    } else this.#open.delete(connection)
    this.#serveBacklog(nowUs)
    const pauseUs = code === outcome.connection ? reconnectPauseUs : 0
    this.#options.onEnded(ticket, nowUs, nowUs + pauseUs)
  }

  gone(connection: Connection): void {
    this.#open.delete(connection)
    this.#free.delete(connection)
  }

  close(): void {
    for (const connection of this.#open) connection.drop()
    this.#open.clear()
    this.#free.clear()
  }

  #requestOf(ticket: number): PreparedRequest {
    const { requests } = this.#options
    return requests[ticket % requests.length] as PreparedRequest
  }

  #serveBacklog(nowUs: number): void {
    while (this.#backlog.size > 0) {
      const connection = this.#take(nowUs)
      if (!connection) return
      // Since it was noticed it has waited for the system, not for the driver.
      const { firstDueUs: dueUs, firstLatenessUs: latenessUs } = this.#backlog
      const ticket = this.#backlog.shift()
      this.#options.recorder.waiting(-1)
      this.#options.recorder.sent(dueUs, latenessUs)
      connection.send(this.#requestOf(ticket), ticket, dueUs, nowUs)
    }
  }

  /**
   * A connection that is free, or a new one; nothing when there are as many as there may be. They
   * take turns: were the last one taken first, those opened for a rush would grow too old to be used
   * and all be opened again, at once, in the next rush, which would be the driver's doing.
   */
  #take(nowUs: number): Connection | undefined {
    for (const free of this.#free) {
      this.#free.delete(free)
      if (nowUs - free.idleSinceUs < idleUsMax) return free
      free.drop()
      this.#open.delete(free)
    }
    if (this.#open.size >= this.#options.connections) return undefined
    const connection = new Connection(this.#connecting)
    this.#open.add(connection)
    return connection
  }
}
