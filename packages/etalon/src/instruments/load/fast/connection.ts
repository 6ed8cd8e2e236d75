import { connect, type Socket } from 'node:net'
import { nowUs } from '../driver/clock.ts'
import { outcome, type OutcomeCode } from '../recording/book.ts'
import { DirectWriter } from './direct-writer.ts'
import type { PreparedRequest } from './request-bytes.ts'
import { ResponseParser } from './response-parser.ts'

/** What a connection tells the lane it belongs to. */
export interface ConnectionOwner {
  ended(connection: Connection, code: OutcomeCode, nowUs: number): void
  /** The connection is gone; it was idle, or has told its end before. */
  gone(connection: Connection): void
}

export interface ConnectionOptions {
  readonly host: string
  readonly port: number
  /** Bytes are read into it and parsed at once, so all connections of a thread share one. */
  readonly buffer: Buffer
  readonly owner: ConnectionOwner
}

/** One keep-alive connection with at most one request under way. */
export class Connection {
  readonly parser = new ResponseParser()
  request: PreparedRequest | undefined
  ticket = 0
  dueUs = 0
  sentUs = 0
  idleSinceUs = 0
  readonly #owner: ConnectionOwner
  readonly #socket: Socket
  readonly #writer: DirectWriter
  #isBroken = false

  constructor({ host, port, buffer, owner }: ConnectionOptions) {
    this.#owner = owner
    this.#socket = connect({
      host,
      port,
      noDelay: true,
      onread: {
        buffer,
        callback: (size) => {
          this.#read(buffer, size)
          return true
        },
      },
    })
    this.#writer = new DirectWriter(this.#socket)
    this.#socket.on('error', () => {
      this.#isBroken = true
    })
    this.#socket.on('end', () => this.#closed())
    this.#socket.on('close', () => this.#closed())
  }

  send(request: PreparedRequest, ticket: number, dueUs: number, sentUs: number): void {
    this.request = request
    this.ticket = ticket
    this.dueUs = dueUs
    this.sentUs = sentUs
    this.parser.begin(request.bodiless, request.checkBody !== undefined)
    this.#writer.write(request.bytes)
  }

  /** Ends it without a word to its owner. */
  drop(): void {
    this.request = undefined
    this.#socket.removeAllListeners('close').removeAllListeners('end')
    this.#socket.destroy()
  }

  #read(buffer: Buffer, size: number): void {
    const { request, parser } = this
    if (!request) {
      // Bytes nobody asked for: whatever they are, the next answer could not be told from them.
      this.#socket.destroy()
      return
    }
    const stopped = parser.feed(buffer, 0, size)
    if (parser.complete) {
      if (stopped < size) this.#finish(outcome.malformed)
      else this.#finish(this.#judge(request))
    } else if (parser.problem !== '') this.#finish(outcome.malformed)
  }

  #judge({ expected, checkBody }: PreparedRequest): OutcomeCode {
    if (expected[this.parser.status] !== 1) return outcome.status
    return checkBody && !checkBody(this.parser.body()) ? outcome.check : outcome.ok
  }

  #finish(code: OutcomeCode): void {
    const reusable = code !== outcome.malformed && this.parser.keepAlive
    if (!reusable) this.drop()
    this.request = undefined
    this.#owner.ended(this, code, nowUs())
  }

  #closed(): void {
    const { request } = this
    this.drop()
    if (!request) this.#owner.gone(this)
    // A body without a length ends with the connection, if nothing broke it.
    else if (!this.#isBroken && this.parser.close())
      this.#owner.ended(this, this.#judge(request), nowUs())
    else this.#owner.ended(this, outcome.connection, nowUs())
  }

  /** Whether another request may be sent. */
  get reusable(): boolean {
    return !this.#socket.destroyed
  }
}
