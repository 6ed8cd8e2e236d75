import type { Client } from 'pg'
import type { Counter, Gauge } from 'service-kit'
import { allChannels, type Channel } from '../../message/channel.ts'
import type { Consumer } from '../consumer.ts'
import { keepDeadLetter, noteMessages, readCursors, recordGaps } from '../store/intake.ts'
import { problemOf, type Entry } from './entry.ts'
import { Progress, type SeqRange } from './progress.ts'
import type { Streams } from './stream.ts'

/** Options of {@link Intake}. */
export interface IntakeOptions {
  readonly streams: Streams
  /** Messages of a channel that are asked for at once. */
  readonly batch: number
  readonly log: Consumer['log']
  readonly figures: IntakeFigures
}

/** What the intake measures, by channel. */
export interface IntakeFigures {
  readonly noted: Counter<'channel'>
  readonly deadLetters: Counter<'channel'>
  readonly missing: Counter<'channel'>
  readonly lag: Gauge<'channel'>
}

/** After so many failed tries a message is given up. */
const triesMax = 5

/** How long after a failed try the next one comes. */
const tryAgainMs = 200

/** How often the reader looks for what it and others have left undone. */
const lookAroundMs = 1_000

/** What one statement takes, beside a number of messages. */
const textLengthMax = 4_000_000

/**
 * Takes in every message of every stream, once and in order, until `signal` aborts. Throws when
 * PostgreSQL or Redis fail; begun again, it goes on where the database says.
 *
 * @param connection the one that holds the intake's lease
 */
export async function takeIn(
  connection: Client,
  signal: AbortSignal,
  options: IntakeOptions,
): Promise<void> {
  const intake = new Intake(connection, options)
  await intake.begin()
  let lookAtMs = performance.now() + lookAroundMs
  while (!signal.aborted) {
    const waitMs = intake.hasOpen ? tryAgainMs : lookAroundMs
    await intake.take(await options.streams.next(options.batch, waitMs, signal))
    const nowMs = performance.now()
    if (nowMs < lookAtMs && !intake.hasOpen) continue
    await intake.tryAgain()
    if (nowMs < lookAtMs) continue
    await intake.measure()
    lookAtMs = nowMs + lookAroundMs
  }
}

/** One reader's time in office. */
class Intake {
  readonly #connection: Client
  readonly #options: IntakeOptions
  readonly #progress = new Map<Channel, Progress>()

  constructor(connection: Client, options: IntakeOptions) {
    this.#connection = connection
    this.#options = options
  }

  /** Whether there are messages that were met and could not be noted yet. */
  get hasOpen(): boolean {
    return [...this.#progress.values()].some(({ isOpen }) => isOpen)
  }

  /** Goes on where the database says, with what a reader before has left undone. */
  async begin(): Promise<void> {
    const { streams } = this.#options
    const cursors = await readCursors(this.#connection)
    for (const channel of allChannels) {
      const cursor = cursors.find((each) => each.channel === channel)?.last_seq ?? 0
      this.#progress.set(channel, new Progress(cursor))
      await streams.join(channel, cursor)
      let from: string | undefined
      do {
        const page = await streams.unacknowledged(channel, 0, from)
        await this.take(page.entries)
        from = page.next
      } while (from !== undefined)
      await streams.goOnAfter(channel, this.#of(channel).last)
      await streams.forgetOthers(channel)
    }
  }

  /** Notes what is fit to be noted; the rest stays open. Entries of a channel come in order. */
  async take(entries: readonly Entry[]): Promise<void> {
    let met: Entry[] = []
    for (const entry of entries) {
      const progress = this.#of(entry.channel)
      const gap = progress.gapBefore(entry.seq)
      if (gap !== undefined) {
        await this.#noteFit(met)
        met = []
        await this.#close(entry.channel, gap)
      }
      progress.meet(entry.seq)
      met.push(entry)
    }
    await this.#noteFit(met)
  }

  /** Tries again what is open, the oldest first, and gives up what was tried often enough. */
  async tryAgain(): Promise<void> {
    const { streams } = this.#options
    for (const channel of allChannels) {
      const { entries } = await streams.unacknowledged(channel, tryAgainMs)
      if (entries.length === 0) continue
      await this.take(entries)
      const owed = await streams.deliveries(channel, entries)
      for (const entry of entries) {
        if ((owed.get(entry.id) ?? 0) >= triesMax) await this.#giveUp(entry)
      }
    }
  }

  async measure(): Promise<void> {
    const { streams, figures } = this.#options
    for (const channel of allChannels) {
      const lag = (await streams.lastSeq(channel)) - this.#of(channel).cursor
      figures.lag.set({ channel }, Math.max(0, lag))
    }
  }

  async #noteFit(entries: readonly Entry[]): Promise<void> {
    let fit: Entry[] = []
    let length = 0
    for (const entry of entries) {
      if (problemOf(entry) !== undefined) continue
      fit.push(entry)
      length += entry.text.length
      if (fit.length < this.#options.batch && length < textLengthMax) continue
      await this.#note(fit)
      fit = []
      length = 0
    }
    if (fit.length > 0) await this.#note(fit)
  }

  /** Notes entries, then acknowledges them. Those that the database refuses stay open. */
  async #note(entries: readonly Entry[]): Promise<void> {
    const byChannel = Map.groupBy(entries, ({ channel }) => channel)
    const channels = [...byChannel.keys()]
    for (const { channel, seq } of entries) this.#of(channel).settle(seq)
    const cursors = channels.map((channel) => this.#of(channel).cursor)
    const messages = `[${entries.map(({ text }) => text).join(',')}]`
    try {
      await noteMessages(this.#connection, messages, channels, cursors)
    } catch (error) {
      if (!isOfTheData(error)) throw error
      for (const { channel, seq } of entries) this.#of(channel).reopen(seq)
      if (entries.length === 1) return
      // One of them is at fault; the others are noted without it.
      const half = entries.length >> 1
      await this.#note(entries.slice(0, half))
      await this.#note(entries.slice(half))
      return
    }
    const { streams, figures } = this.#options
    await streams.acknowledge(byChannel)
    for (const [channel, { length }] of byChannel) figures.noted.inc({ channel }, length)
  }

  /** Gives a message up that is still not noted after its last try. */
  async #giveUp(entry: Entry): Promise<void> {
    const { streams, figures, log } = this.#options
    const { channel, id, seq, text } = entry
    const reason = problemOf(entry) ?? 'the database refuses it'
    const progress = this.#of(channel)
    progress.settle(seq)
    const kept = text.replaceAll('\0', '\u{fffd}')
    await keepDeadLetter(this.#connection, channel, id, reason, kept, progress.cursor)
    await streams.bury(entry, reason)
    await streams.acknowledge(new Map([[channel, [entry]]]))
    figures.deadLetters.inc({ channel })
    log.error({ channel, id, reason }, 'a message was given up')
  }

  /** Takes in what was passed over as far as the stream has it, and records what is lost. */
  async #close(channel: Channel, { first, last }: SeqRange): Promise<void> {
    const { streams } = this.#options
    const progress = this.#of(channel)
    for await (const entries of streams.between(channel, first, last)) {
      for (const { seq } of entries) {
        await this.#record(channel, progress.gapBefore(seq))
        progress.meet(seq)
      }
      await this.#noteFit(entries)
      const open = entries.filter(({ seq }) => progress.has(seq))
      // Nobody was given them, and only what somebody was given is tried again.
      if (open.length > 0) await streams.owe(channel, open)
    }
    await this.#record(channel, progress.gapBefore(last + 1))
  }

  async #record(channel: Channel, gap: SeqRange | undefined): Promise<void> {
    if (gap === undefined) return
    const { figures, log } = this.#options
    const lost = await recordGaps(this.#connection, channel, gap.first, gap.last)
    for (const { first_seq, last_seq } of lost) {
      figures.missing.inc({ channel }, last_seq - first_seq + 1)
      log.error({ channel, first_seq, last_seq }, 'messages were lost before they were read')
    }
    this.#of(channel).pass(gap.last)
  }

  #of(channel: Channel): Progress {
    return this.#progress.get(channel) as Progress
  }
}

/** Whether the database refuses what a message says, rather than being unable to note anything. */
function isOfTheData(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^2[23]...$/.test(code)
}
