import type { Client } from 'pg'
import { bellOf, type Counter, type Gauge } from 'service-kit'
import { allChannels } from '../../message/channel.ts'
import type { Log } from '../producer.ts'
import {
  attend,
  channelPositions,
  markPublished,
  numberedAfter,
  numberMessages,
  outboxBacklog,
  setReadSeq,
  skipNumbers,
  sweepOutbox,
  type ChannelPosition,
  type NumberedMessage,
} from '../store/outbox.ts'
import { entryOf } from './entry.ts'
import { lastSeq, readSeq, type Batch, type Streams } from './stream.ts'

/** Options of {@link relay}. */
export interface RelayOptions {
  readonly streams: Streams
  readonly streamLengthMax: number
  readonly batch: number
  readonly intervalMs: number
  /** How long a message stays in the outbox after it was published and read. */
  readonly keepMs: number
  readonly log: Log
  readonly figures: RelayFigures
}

/** What the relay measures. */
export interface RelayFigures {
  readonly published: Counter<'channel'>
  readonly unpublished: Gauge
  readonly lagMs: Gauge
}

/** More messages without a number are not counted. */
const countedMax = 100_000

const sweepBatch = 5_000

/**
 * Sends what is in the outbox, in order, until `signal` aborts. Every message is numbered and the
 * number committed before Redis hears of it, so a number never means two messages. Throws when
 * PostgreSQL or Redis fail; begun again, it sends what the streams do not have.
 *
 * @param connection the one that holds the relay's lease
 */
export async function relay(
  connection: Client,
  signal: AbortSignal,
  options: RelayOptions,
): Promise<void> {
  const bell = bellOf(connection, signal)
  await attend(connection)
  await goOnAfterStreams(connection, options)
  while (!signal.aborted) {
    await lookAround(connection, options)
    const lookAgainAtMs = performance.now() + options.intervalMs
    while (!signal.aborted && performance.now() < lookAgainAtMs) {
      const isTime = (): boolean => signal.aborted || performance.now() >= lookAgainAtMs
      await sendWaiting(connection, options, isTime)
      await bell.rings(lookAgainAtMs - performance.now())
    }
  }
}

/**
 * A database that was made anew or brought back from a backup has forgotten numbers that streams
 * and readers know. Given to other messages, they would be taken for messages that are there.
 */
async function goOnAfterStreams(connection: Client, { streams, log }: RelayOptions): Promise<void> {
  const positions = await channelPositions(connection)
  for (const channel of allChannels) {
    const known = positions.find((each) => each.channel === channel)?.last_seq ?? 0
    const found = await lastSeq(streams, channel)
    if (found <= known) continue
    log.warn({ channel, known, found }, 'a stream is ahead of the database; numbers go on after it')
    await skipNumbers(connection, channel, found)
  }
}

/**
 * Numbers the messages that wait and sends them, until there are none or something else is to be
 * done. While some are sent the next ones are numbered.
 */
async function sendWaiting(
  connection: Client,
  options: RelayOptions,
  isTime: () => boolean,
): Promise<void> {
  const number = (): Promise<NumberedMessage[]> => {
    const numbered = numberMessages(connection, options.batch)
    // What fails while nobody waits for it fails again for who does.
    numbered.catch(() => undefined)
    return numbered
  }
  let marked: Promise<unknown> = Promise.resolve()
  let isLast = false
  let next = number()
  while (!isLast) {
    const messages = await next
    isLast = messages.length === 0 || isTime()
    if (!isLast) next = number()
    const [last] = await Promise.all([sendNumbered(connection, options, messages), marked])
    if (last.size === 0) return
    marked = markPublished(connection, [...last.keys()], [...last.values()])
    marked.catch(() => undefined)
  }
  await marked
}

/** Sends messages that have a number, and gives the last number of each of their channels. */
async function sendNumbered(
  connection: Client,
  options: RelayOptions,
  messages: NumberedMessage[],
): Promise<Map<string, number>> {
  const inOrder = messages.sort((one, other) => one.seq - other.seq)
  const byChannel = Map.groupBy(inOrder, ({ channel }) => channel)
  await Promise.all(
    [...byChannel].map(async ([channel, next]) => {
      const after = (next[0] as NumberedMessage).seq - 1
      const isTaken = await send(options, { channel, after, entries: next.map(entryOf) })
      if (!isTaken) await fill(connection, options, channel)
    }),
  )
  return new Map(inOrder.map(({ channel, seq }) => [channel, seq]))
}

/** @returns false when the stream is behind where the batch begins */
async function send(options: RelayOptions, batch: Batch): Promise<boolean> {
  const outcome = await options.streams.addAndTell(options.streamLengthMax, batch)
  if (outcome.kind === 'refused') throw new Error(`Redis refused a message: ${outcome.reason}`)
  if (outcome.kind === 'behind') return false
  options.figures.published.inc({ channel: batch.channel }, batch.entries.length)
  return true
}

/** What is done now and then: finds what a stream lost, how far readers are, and what is too old. */
async function lookAround(connection: Client, options: RelayOptions): Promise<void> {
  for (const position of await channelPositions(connection)) {
    await noteReaders(connection, options, position)
    const last = await lastSeq(options.streams, position.channel)
    const isWhole = Math.max(last, position.read_seq) >= position.last_seq
    if (!isWhole || position.published_seq < position.last_seq) {
      await fill(connection, options, position.channel)
    }
  }
  await sweepOutbox(connection, new Date(Date.now() - options.keepMs), sweepBatch)
  const [backlog] = await outboxBacklog(connection, countedMax)
  options.figures.unpublished.set(backlog?.unpublished ?? 0)
  options.figures.lagMs.set(backlog?.lag_ms ?? 0)
}

async function noteReaders(
  connection: Client,
  { streams }: RelayOptions,
  { channel, read_seq }: ChannelPosition,
): Promise<void> {
  const read = await readSeq(streams, channel)
  if (read !== undefined && read !== read_seq) await setReadSeq(connection, channel, read)
}

/**
 * Puts into a stream what it does not have: what was numbered but not sent when a relay ended, and
 * what Redis lost. What every group of readers has acknowledged is not put back.
 */
async function fill(connection: Client, options: RelayOptions, channel: string): Promise<void> {
  const positions = await channelPositions(connection)
  const position = positions.find((each) => each.channel === channel)
  if (position === undefined) return
  const found = await lastSeq(options.streams, channel)
  const bound = position.last_seq - options.streamLengthMax
  let after = Math.max(found, position.read_seq, bound)
  let reached = found
  const lost = position.published_seq - after
  if (lost > 0) options.log.warn({ channel, lost }, 'a stream lost messages and is filled again')
  while (after < position.last_seq) {
    const next = await numberedAfter(connection, channel, after, options.batch)
    const last = next.at(-1)
    if (last === undefined) break
    const isTaken = await send(options, { channel, after: reached, entries: next.map(entryOf) })
    if (!isTaken) throw new Error(`Redis lost messages while ${channel} was filled`)
    after = last.seq
    reached = last.seq
  }
  await markPublished(connection, [channel], [position.last_seq])
}
