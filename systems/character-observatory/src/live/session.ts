import { closeCodes, type Archive, type LiveFeed, type LiveSocket } from 'service-kit'
import { Allowance } from './allowance.ts'
import { everything, isWanted, understand, type Filter } from './message.ts'

/** What a session works with. */
export interface SessionParts {
  readonly feed: LiveFeed
  readonly archive: Archive
  /** Missed events that are sent again; who missed more begins anew. */
  readonly resumeMax: number
  /** What a client may say in a second; who says more is let go. */
  readonly messagesPerSMax: number
  /** What a client is shown first. */
  readonly initialState: (ecosystemId: string) => Promise<object>
  /** How a client that loses its connection comes back: doubled pauses, of which a share is drawn. */
  readonly reconnection: {
    readonly first_ms: number
    readonly max_ms: number
    readonly jitter: number
  }
  readonly onError: (error: unknown) => void
}

/**
 * Serves one client of one ecosystem: `connection`, `initial_state`, then events in the order of
 * their numbers, without a gap and none twice, from where it is or from where it was (`resume`).
 *
 *   live:   feed → client
 *   behind: archive → client, until it is level with the feed
 */
export class Session {
  readonly #socket: LiveSocket
  readonly #ecosystem: string
  readonly #parts: SessionParts
  readonly #allowance: Allowance
  #filter: Filter = everything
  /** The number of the last event that the client got, or did not want. */
  #sent = 0
  /** Grows with each resume, so that a reading that is under way for an earlier one ends. */
  #resumes = 0
  #isReading = false
  #isLevel = false

  constructor(socket: LiveSocket, ecosystem: string, parts: SessionParts) {
    this.#socket = socket
    this.#ecosystem = ecosystem
    this.#parts = parts
    this.#allowance = new Allowance(parts.messagesPerSMax)
  }

  /** Begins; `lastSeq` is the last event the client has, where it comes back. */
  async start(lastSeq: number | undefined): Promise<void> {
    const { feed, initialState, reconnection } = this.#parts
    const socket = this.#socket
    // What it says at once is answered when it has been told where it is.
    const early: string[] = []
    let answer = (text: string): void => void early.push(text)
    socket.onText((text) => {
      if (this.#allowance.covers(performance.now())) answer(text)
      else socket.end(closeCodes.refused, 'too many messages')
    })
    await feed.open(this.#ecosystem)
    if (!socket.isOpen) return
    const seq = feed.position(this.#ecosystem)
    this.#sent = seq
    const stop = feed.listen(this.#ecosystem, ({ seq: told, text }) => this.#hear(told, text))
    socket.closed.addEventListener('abort', stop, { once: true })
    const place = { ecosystem_id: this.#ecosystem, seq }
    this.#say({ type: 'connection', status: 'connected', ...place, reconnection })
    this.#say({ type: 'initial_state', seq, ...(await initialState(this.#ecosystem)) })
    answer = (text) => this.#answer(text)
    for (const text of early) answer(text)
    if (this.#resumes === 0) await this.#sendFrom(lastSeq ?? seq)
  }

  #answer(text: string): void {
    const said = understand(text)
    if (typeof said === 'string') return this.#say({ type: 'error', message: said })
    if (said.type === 'ping') return this.#say({ type: 'pong', timestamp: new Date() })
    if (said.type === 'subscribe') {
      const { event_types, character_ids } = said
      this.#filter = {
        types: event_types === undefined ? undefined : new Set(event_types),
        characters: character_ids === undefined ? undefined : new Set(character_ids),
      }
      return this.#say({ type: 'subscribed', event_types, character_ids })
    }
    this.#say({ type: 'resuming', last_seq: said.last_seq })
    this.#sendFrom(said.last_seq).catch((error: unknown) => {
      this.#parts.onError(error)
      this.#socket.resync('what was missed cannot be read now')
    })
  }

  #hear(seq: number, text: string): void {
    if (this.#isLevel && seq > this.#sent) this.#send(seq, text)
  }

  /**
   * Sends what came after `lastSeq`, and goes on live from there. At most one reading is under way;
   * it begins again from where the newest resume wants it to, and the others are passed over.
   */
  async #sendFrom(lastSeq: number): Promise<void> {
    this.#resumes += 1
    this.#isLevel = false
    // Who is ahead of the feed may have heard it from another server, and hears nothing twice.
    this.#sent = lastSeq
    if (this.#isReading) return
    this.#isReading = true
    try {
      while (!this.#isLevel && this.#socket.isOpen) await this.#catchUp()
    } finally {
      this.#isReading = false
    }
  }

  /** Reads until the client is level with the feed, is gone, or wants to go on from elsewhere. */
  async #catchUp(): Promise<void> {
    const { feed, archive, resumeMax } = this.#parts
    const resume = this.#resumes
    const goesOn = (): boolean => this.#socket.isOpen && resume === this.#resumes
    if (feed.position(this.#ecosystem) - this.#sent > resumeMax) {
      return this.#socket.resync('too many events were missed')
    }
    if (this.#sent > feed.position(this.#ecosystem)) {
      const end = await archive.lastSeq(this.#ecosystem)
      if (!goesOn()) return
      if (this.#sent > end) return this.#socket.resync('no such event has been told')
    }
    while (this.#sent < feed.position(this.#ecosystem)) {
      const goal = feed.position(this.#ecosystem)
      for await (const page of archive.between(this.#ecosystem, this.#sent, goal)) {
        if (!goesOn()) return
        for (const { seq, text } of page) this.#send(seq, text)
        await this.#socket.drained()
        if (!goesOn()) return
      }
      if (!goesOn()) return
      this.#sent = Math.max(this.#sent, goal)
    }
    this.#isLevel = true
  }

  #send(seq: number, text: string): void {
    this.#sent = seq
    if (isWanted(this.#filter, text))
      this.#socket.send(`{"type":"ecosystem_event","event":${text}}`)
  }

  #say(message: object): void {
    this.#socket.send(JSON.stringify(message))
  }
}
