import { setTimeout as delay } from 'node:timers/promises'

/** Something that was told on a channel, with its number there. */
export interface Told<Channel extends string = string> {
  readonly channel: Channel
  readonly seq: number
  /** What goes to clients. */
  readonly text: string
}

/** Where is found what was told before. */
export interface Archive<Channel extends string = string> {
  /** What was told after one number and up to another, in order, in pages. */
  between(channel: Channel, after: number, upTo: number): AsyncIterable<readonly Told<Channel>[]>
  /** The last number of a channel. */
  lastSeq(channel: Channel): Promise<number>
}

/** Hears everything that is told on a channel. */
export type Listener<Channel extends string = string> = (told: Told<Channel>) => void

/** How long after a failure the archive is asked again. */
const tryAgainMs = 200

/** The target while the archive has to be asked how far a channel is. */
const toTheEnd = Number.POSITIVE_INFINITY

interface Lane<Channel extends string> {
  /** The number of the last message that was handed on; nothing before the first look. */
  last: number | undefined
  /** How far is known to have been told. */
  target: number
  isFilling: boolean
  readonly listeners: Set<Listener<Channel>>
  readonly opened: PromiseWithResolvers<void>
}

/**
 * What is told on channels, in the order of its numbers, each once: as it is heard as long as no
 * number is passed over, else from the archive until it is level again. Hearing only says what is
 * new: it loses what is told while nobody is connected, and the archive has everything before it is
 * told.
 */
export class LiveFeed<Channel extends string = string> {
  readonly #archive: Archive<Channel>
  readonly #onError: (error: unknown) => void
  readonly #lanes = new Map<Channel, Lane<Channel>>()
  readonly #stopping = new AbortController()

  constructor(archive: Archive<Channel>, onError: (error: unknown) => void) {
    this.#archive = archive
    this.#onError = onError
  }

  /** Begins to follow a channel; done when it is known where it stands. */
  open(channel: Channel): Promise<void> {
    const known = this.#lanes.get(channel)
    if (known !== undefined) return known.opened.promise
    const lane: Lane<Channel> = {
      last: undefined,
      target: 0,
      isFilling: false,
      listeners: new Set(),
      opened: Promise.withResolvers(),
    }
    this.#lanes.set(channel, lane)
    void this.#fill(channel, lane, true)
    return lane.opened.promise
  }

  /** Follows a channel no more. */
  close(channel: Channel): void {
    this.#lanes.delete(channel)
  }

  /** The number of the last message of a channel that was handed on. */
  position(channel: Channel): number {
    return this.#lanes.get(channel)?.last ?? 0
  }

  /** Calls `listener` with everything on an open channel from now on; gives what ends it. */
  listen(channel: Channel, listener: Listener<Channel>): () => void {
    const lane = this.#lanes.get(channel)
    lane?.listeners.add(listener)
    return () => void lane?.listeners.delete(listener)
  }

  /** Whether anybody listens to a channel. */
  hasListeners(channel: Channel): boolean {
    return (this.#lanes.get(channel)?.listeners.size ?? 0) > 0
  }

  /** Takes what was heard; what is not `valid` is passed over, and its number counts. */
  hear({ channel, seq, text }: Told<Channel>, isValid = true): void {
    const lane = this.#lanes.get(channel)
    if (lane === undefined || seq <= (lane.last ?? 0)) return
    lane.target = Math.max(lane.target, seq)
    if (lane.isFilling) return
    if (lane.last === undefined || seq > lane.last + 1) return void this.#fill(channel, lane)
    this.#handOn(lane, seq, isValid ? [{ channel, seq, text }] : [])
  }

  /** Looks where every channel is; for whenever hearing begins anew, or cannot be had. */
  look(): void {
    for (const [channel, lane] of this.#lanes) void this.#fill(channel, lane, true)
  }

  stop(): void {
    this.#stopping.abort()
    this.#lanes.clear()
  }

  async #fill(channel: Channel, lane: Lane<Channel>, looks = false): Promise<void> {
    // A fill under way would not see what was told while nobody heard.
    if (looks) lane.target = toTheEnd
    if (lane.isFilling) return
    lane.isFilling = true
    for (let tries = 0; this.#follows(channel, lane); tries += 1) {
      try {
        await this.#level(channel, lane)
        break
      } catch (error) {
        if (tries === 0) this.#onError(error)
        const { signal } = this.#stopping
        await delay(tryAgainMs, undefined, { signal }).catch(() => undefined)
      }
    }
    lane.isFilling = false
    lane.opened.resolve()
  }

  #follows(channel: Channel, lane: Lane<Channel>): boolean {
    return !this.#stopping.signal.aborted && this.#lanes.get(channel) === lane
  }

  /** Hands on what lies between the last message and the target. */
  async #level(channel: Channel, lane: Lane<Channel>): Promise<void> {
    while (lane.last === undefined || lane.last < lane.target) {
      if (lane.last === undefined || lane.target === toTheEnd) {
        lane.target = lane.last ?? 0
        const end = await this.#endOf(channel, lane)
        lane.last ??= end
        lane.target = Math.max(lane.target, end)
        continue
      }
      const goal = lane.target
      for await (const page of this.#archive.between(channel, lane.last, goal)) {
        this.#handOn(lane, page.at(-1)?.seq ?? lane.last, page)
      }
      this.#handOn(lane, goal, [])
    }
  }

  async #endOf(channel: Channel, lane: Lane<Channel>): Promise<number> {
    try {
      return await this.#archive.lastSeq(channel)
    } catch (error) {
      lane.target = toTheEnd
      throw error
    }
  }

  #handOn(lane: Lane<Channel>, last: number, messages: readonly Told<Channel>[]): void {
    lane.last = last
    for (const told of messages) for (const listener of lane.listeners) listener(told)
  }
}
