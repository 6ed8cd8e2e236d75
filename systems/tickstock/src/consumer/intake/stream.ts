import { createClient } from '@redis/client'
import { lastingConnection } from 'service-kit'
import { allChannels, deadLetterStream, type Channel } from '../../message/channel.ts'
import { messageField, seqOfStreamId, streamIdOf } from '../../message/envelope.ts'
import { entryFrom, type Entry } from './entry.ts'

/** The group of readers that this service is, on every stream. */
export const group = 'tickstock'

/** Shorter than what a silent connection is given up after. */
const waitMsMax = 1_000

const pageSize = 500

/** The dead letter stream keeps at least so many; the table keeps all. */
const deadLettersKept = 10_000

/** The streams, as their one reader sees them. */
export class Streams {
  readonly #name: string
  /** Has a connection of its own, so that nothing waits while it does. */
  readonly #waiting: RedisConnection
  readonly #asking: RedisConnection
  /** What is waited for on it; it outlasts a time in office that ends meanwhile. */
  #reading: Promise<Entry[]> | undefined

  /** @param name of this reader in its group; differs from that of every other process */
  constructor(url: string, name: string, onError: (error: Error) => void) {
    this.#name = name
    this.#waiting = connection(url, onError)
    this.#asking = connection(url, onError)
  }

  /** Makes the group of a channel's stream where there is none, after `cursor`. */
  async join(channel: Channel, cursor: number): Promise<void> {
    try {
      await this.#asking.xGroupCreate(channel, group, streamIdOf(cursor), { MKSTREAM: true })
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('BUSYGROUP')) throw error
    }
  }

  /** Has the group of a channel go on after `last`. */
  async goOnAfter(channel: Channel, last: number): Promise<void> {
    await this.#asking.xGroupSetId(channel, group, streamIdOf(last))
  }

  /**
   * What nobody of the group was given yet; waits for it, but not for long, and gives nothing when
   * `signal` aborts meanwhile: what comes then is given to who asks next.
   */
  async next(countMax: number, waitMs: number, signal: AbortSignal): Promise<Entry[]> {
    this.#reading ??= this.#read(countMax, waitMs)
    const entries = await unlessAborted(this.#reading, signal)
    if (entries !== undefined) this.#reading = undefined
    return entries ?? []
  }

  async #read(countMax: number, waitMs: number): Promise<Entry[]> {
    const keys = allChannels.map((key) => ({ key, id: '>' }))
    const options = { COUNT: countMax, BLOCK: Math.max(1, Math.min(waitMs, waitMsMax)) }
    try {
      const found = await this.#waiting.xReadGroup(group, this.#name, keys, options)
      return ((found ?? []) as readonly Found[]).flatMap(({ name, messages }) =>
        messages.map((each) => entryFrom(name, each)),
      )
    } catch (error) {
      this.#reading = undefined
      throw error
    }
  }

  /**
   * What somebody of the group was given, this reader included, and has not acknowledged for
   * `idleMs`. It is this reader's from now on, and counts as delivered once more.
   */
  async unacknowledged(
    channel: Channel,
    idleMs: number,
    from = '0-0',
  ): Promise<{ readonly entries: Entry[]; readonly next: string | undefined }> {
    const [name, page] = [this.#name, { COUNT: pageSize }]
    const found = await this.#asking.xAutoClaim(channel, group, name, idleMs, from, page)
    const entries = found.messages
      .filter((each) => each !== null)
      .map((each) => entryFrom(channel, each))
    return { entries, next: found.nextId === '0-0' ? undefined : found.nextId }
  }

  /** How often entries were delivered; those that are acknowledged are left out. */
  async deliveries(channel: Channel, entries: readonly Entry[]): Promise<Map<string, number>> {
    const [first, last] = [entries[0]?.id ?? '-', entries.at(-1)?.id ?? '+']
    const owed = await this.#asking.xPendingRange(channel, group, first, last, entries.length)
    return new Map(owed.map((each) => [each.id, each.deliveriesCounter]))
  }

  /** Has this reader owe entries that nobody of the group was given. */
  async owe(channel: Channel, entries: readonly Entry[]): Promise<void> {
    const ids = entries.map(({ id }) => id)
    await this.#asking.xClaimJustId(channel, group, this.#name, 0, ids, { FORCE: true })
  }

  /** What the stream still has between two numbers, both included. */
  async *between(channel: Channel, first: number, last: number): AsyncGenerator<Entry[]> {
    let from = first
    while (from <= last) {
      const [start, end] = [streamIdOf(from), streamIdOf(last)]
      const page = (await this.#asking.xRange(channel, start, end, { COUNT: pageSize })) ?? []
      if (page.length === 0) return
      yield page.map((each) => entryFrom(channel, each))
      from = seqOfStreamId(page.at(-1)?.id ?? '') + 1
    }
  }

  async acknowledge(byChannel: ReadonlyMap<Channel, readonly Entry[]>): Promise<void> {
    await Promise.all(
      [...byChannel].map(([channel, entries]) => {
        const ids = entries.map(({ id }) => id)
        return this.#asking.xAck(channel, group, ids)
      }),
    )
  }

  /** Tells those who look after messages that could not be noted. */
  async bury({ channel, id, text }: Entry, reason: string): Promise<void> {
    const letter = { channel, id, reason, [messageField]: text }
    const TRIM = { strategy: 'MAXLEN', strategyModifier: '~', threshold: deadLettersKept } as const
    await this.#asking.xAdd(deadLetterStream, '*', letter, { TRIM })
  }

  /** Forgets the readers that are gone and owe nothing. */
  async forgetOthers(channel: Channel): Promise<void> {
    const readers = await this.#asking.xInfoConsumers(channel, group)
    for (const { name, pending } of readers) {
      if (name === this.#name || pending > 0) continue
      await this.#asking.xGroupDelConsumer(channel, group, name)
    }
  }

  /** The number of the last message that was put into a channel's stream. */
  async lastSeq(channel: Channel): Promise<number> {
    const info = await this.#asking.xInfoStream(channel)
    return seqOfStreamId(info['last-generated-id'])
  }

  close(): void {
    this.#waiting.destroy()
    this.#asking.destroy()
  }
}

/** What a promise gives, or nothing when `signal` aborts before. */
function unlessAborted<Given>(
  promise: Promise<Given>,
  signal: AbortSignal,
): Promise<Given | undefined> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => resolve(undefined)
    signal.addEventListener('abort', giveUp, { once: true })
    const leave = (): void => signal.removeEventListener('abort', giveUp)
    promise.then(resolve, reject).finally(leave)
  })
}

/** What the library's types leave open: new entries of one stream. */
interface Found {
  readonly name: Channel
  readonly messages: readonly { readonly id: string; readonly message: Record<string, string> }[]
}

type RedisConnection = ReturnType<typeof createConnection>

function connection(url: string, onError: (error: Error) => void): RedisConnection {
  const client = createConnection(url)
  client.on('error', onError)
  // A connection that cannot be made yet is reported by the listener and tried again.
  void client.connect().catch(() => undefined)
  return client
}

// eslint-disable-next-line typescript/explicit-function-return-type -- the type is the library's
function createConnection(url: string) {
  return createClient(lastingConnection(url))
}
