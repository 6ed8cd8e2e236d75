import { setTimeout as delay } from 'node:timers/promises'
import { allChannels, type Channel } from '../../message/channel.ts'
import { streamIdOf } from '../../message/envelope.ts'
import { problemOf } from '../intake/entry.ts'
import type { Archive, Told } from './archive.ts'

/** Hears every message as it is told. */
export type Listener = (told: Told) => void

/** How long after a failure the archive is asked again. */
const tryAgainMs = 200

/** The target while it has to be asked how far a stream is. */
const toTheEnd = Number.POSITIVE_INFINITY

interface Lane {
  /** The number of the last message that was handed on; nothing before the first look. */
  last: number | undefined
  /** How far is known to have been told. */
  target: number
  isFilling: boolean
}

/**
 * What is told in every channel, in order, each once: from pub-sub as long as no number is passed
 * over, else from the archive until it is level again. Pub-sub only says what is new: it loses
 * what is told while nobody is connected, and a stream has everything before it is told.
 */
export class Feed {
  readonly #archive: Archive
  readonly #onError: (error: unknown) => void
  readonly #lanes = new Map<Channel, Lane>(
    allChannels.map((channel) => [channel, { last: undefined, target: 0, isFilling: false }]),
  )
  readonly #listeners = new Set<Listener>()
  readonly #stopping = new AbortController()

  constructor(archive: Archive, onError: (error: unknown) => void) {
    this.#archive = archive
    this.#onError = onError
  }

  /** Whether it is known where every channel stands. */
  get isReady(): boolean {
    return [...this.#lanes.values()].every(({ last }) => last !== undefined)
  }

  /** The number of the last message of a channel that was handed on. */
  position(channel: Channel): number {
    return this.#lanes.get(channel)?.last ?? 0
  }

  positions(): Record<Channel, number> {
    const entries = allChannels.map((channel) => [channel, this.position(channel)])
    return Object.fromEntries(entries) as Record<Channel, number>
  }

  /** Calls `listener` with every message from now on; gives what ends it. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Takes what pub-sub says. */
  hear(channel: Channel, text: string): void {
    const lane = this.#laneOf(channel)
    const seq = seqOf(text)
    if (seq === undefined || seq <= (lane.last ?? 0)) return
    lane.target = Math.max(lane.target, seq)
    if (lane.isFilling) return
    if (lane.last === undefined || seq > lane.last + 1) return void this.#fill(channel)
    const entry = { channel, id: streamIdOf(seq), seq, text }
    this.#handOn(lane, seq, problemOf(entry) === undefined ? [entry] : [])
  }

  /** Looks where the streams are; for whenever the subscription begins anew. */
  look(): void {
    for (const channel of allChannels) void this.#fill(channel, true)
  }

  stop(): void {
    this.#stopping.abort()
    this.#listeners.clear()
  }

  async #fill(channel: Channel, looks = false): Promise<void> {
    const lane = this.#laneOf(channel)
    if (lane.isFilling) {
      // The one under way would not see what was told while nobody heard.
      if (looks) lane.target = toTheEnd
      return
    }
    lane.isFilling = true
    if (looks) lane.target = toTheEnd
    for (let tries = 0; !this.#stopping.signal.aborted; tries += 1) {
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
  }

  /** Hands on what lies between the last message and the target. */
  async #level(channel: Channel, lane: Lane): Promise<void> {
    while (lane.last === undefined || lane.last < lane.target) {
      if (lane.last === undefined || lane.target === toTheEnd) {
        lane.target = lane.last ?? 0
        const end = await this.#archive.lastSeq(channel)
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

  #handOn(lane: Lane, last: number, messages: readonly Told[]): void {
    lane.last = last
    for (const told of messages) for (const listener of this.#listeners) listener(told)
  }

  #laneOf(channel: Channel): Lane {
    return this.#lanes.get(channel) as Lane
  }
}

/** The number that a message says; nothing when it says none. */
function seqOf(text: string): number | undefined {
  try {
    const { seq } = JSON.parse(text) as { readonly seq?: unknown }
    return typeof seq === 'number' && Number.isSafeInteger(seq) ? seq : undefined
  } catch {
    return undefined
  }
}
