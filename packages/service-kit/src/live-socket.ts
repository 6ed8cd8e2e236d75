import type { Identity } from './auth.ts'

/** What a {@link LiveSocket} uses of a WebSocket of the library `ws`. */
export interface Wire {
  /** Bytes that were handed over and have not left yet. */
  readonly bufferedAmount: number
  send(text: string, sent: () => void): void
  ping(): void
  close(code: number, reason: string): void
  terminate(): void
  on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): void
  on(event: 'pong' | 'close' | 'error', listener: () => void): void
}

/** How much may wait for a client that reads slowly. */
export interface QueueLimit {
  readonly messagesMax: number
  /** Characters of all that wait. */
  readonly lengthMax: number
  /** The `type` of what a client is told who has to begin anew; `resync` unless given. */
  readonly resyncType?: string
}

/** Why a socket is closed, as RFC 6455 and its registry of codes number it. */
export const closeCodes = { goingAway: 1001, refused: 1008, tryAgain: 1013 } as const

/** What the operating system is given ahead; the rest waits here, where it is counted. */
const aheadBytesMax = 65_536

/** Pings that a client may leave unanswered until the next is due. */
const unansweredMax = 2

/** How long a client may take to read what is left and to say goodbye. */
const goodbyeMs = 2_000

/**
 * One client's end of a lasting connection. What it is sent waits in a queue with a bound: a client
 * that reads too slowly is told to begin anew and let go, so that it costs no memory and no other
 * client waits for it.
 */
export class LiveSocket {
  readonly identity: Identity
  readonly #wire: Wire
  readonly #limit: QueueLimit
  readonly #closed = new AbortController()
  #queue: string[] = []
  #length = 0
  #isEnding = false
  /** Pings since it last answered one. */
  #unanswered = 0
  #drained: (() => void)[] = []

  constructor(wire: Wire, identity: Identity, limit: QueueLimit) {
    this.#wire = wire
    this.identity = identity
    this.#limit = limit
    wire.on('pong', () => {
      this.#unanswered = 0
    })
    wire.on('error', () => wire.terminate())
    wire.on('close', () => this.#release())
  }

  /** Aborts when the connection is gone, whoever ended it. */
  get closed(): AbortSignal {
    return this.#closed.signal
  }

  /** Whether what is sent now can still arrive. */
  get isOpen(): boolean {
    return !this.#isEnding && !this.#closed.signal.aborted
  }

  /** Calls `listener` with every text that the client sends; anything else ends the connection. */
  onText(listener: (text: string) => void): void {
    this.#wire.on('message', (data, isBinary) => {
      if (isBinary) this.end(closeCodes.refused, 'text only')
      else if (this.isOpen) listener(data.toString('utf8'))
    })
  }

  /**
   * Sends one message of JSON after those before. A client for whom too much waits already gets
   * {@link resync} after what has left, and is let go.
   */
  send(text: string): void {
    if (!this.isOpen) return
    this.#queue.push(text)
    this.#length += text.length
    this.#pump()
    const { messagesMax, lengthMax } = this.#limit
    if (this.#queue.length > messagesMax || this.#length > lengthMax) this.resync('too slow')
  }

  /** Waits until nothing waits for this client, or it is gone. */
  async drained(): Promise<void> {
    if (this.#queue.length === 0 || this.closed.aborted) return
    await new Promise<void>((resolve) => this.#drained.push(resolve))
  }

  /** Has the client begin anew: drops what waits, says why, and lets it go. */
  resync(reason: string): void {
    if (!this.isOpen) return
    this.#queue = []
    this.#length = 0
    this.send(JSON.stringify({ type: this.#limit.resyncType ?? 'resync', reason }))
    this.end(closeCodes.tryAgain, reason)
  }

  /** Ends the connection after what waits; a client that does not read it is not waited for. */
  end(code: number, reason: string): void {
    if (!this.isOpen) return
    this.#isEnding = true
    const impatience = setTimeout(() => this.#wire.terminate(), goodbyeMs)
    this.closed.addEventListener('abort', () => clearTimeout(impatience), { once: true })
    void this.drained().then(() => {
      if (!this.closed.aborted) this.#wire.close(code, reason)
    })
  }

  /** Asks whether anybody is there; who was asked twice and has not answered is let go. */
  beat(): void {
    if (this.#unanswered >= unansweredMax) return this.#wire.terminate()
    this.#unanswered += 1
    this.#wire.ping()
  }

  #pump(): void {
    while (this.#queue.length > 0 && this.#wire.bufferedAmount < aheadBytesMax) {
      const text = this.#queue.shift() ?? ''
      this.#length -= text.length
      this.#wire.send(text, () => this.#pump())
    }
    if (this.#queue.length > 0) return
    for (const resolve of this.#drained.splice(0)) resolve()
  }

  #release(): void {
    this.#queue = []
    this.#length = 0
    this.#closed.abort()
    for (const resolve of this.#drained.splice(0)) resolve()
  }
}
