import { bucketOf } from '../histogram/log-linear.ts'

/** How a start ended. Only `ok` has a latency; all others count as never answered. */
export const outcome = {
  ok: 0,
  /** Answered with a status that was not expected. */
  status: 1,
  /** Answered with a body that fails its check. */
  check: 2,
  timeout: 3,
  /** The connection was refused, reset or closed before the answer was whole. */
  connection: 4,
  /** The answer is not HTTP, or not a kind that the lane reads. */
  malformed: 5,
  /** It was due, and no connection was free until its time was up. */
  notStarted: 6,
} as const
export type OutcomeCode = (typeof outcome)[keyof typeof outcome]
export const outcomeNames = Object.keys(outcome) as (keyof typeof outcome)[]

/** Sizes of a book, alike for all threads. */
export interface BookLayout {
  /** Seconds held at once; a second's place is used again when it is sealed. */
  readonly ring: number
  readonly series: number
  /** Buckets of a histogram. */
  readonly buckets: number
}

/** Places in a second's counters. */
export const counter = { outcomes: 0, answered: 7, bytes: 8 } as const
const countersPerSeries = 9
const statusCount = 600
const header = 16

/** Places in the header, which the driver reads while threads write. */
export const live = { started: 0, ended: 1, failed: 2, underWay: 3, waiting: 4, misplaced: 5 }

/** What the layout of the latencies needs for times up to this. */
export function bucketsFor(latencyMsMax: number): number {
  return bucketOf(Math.min(2 ** 31 - 1, Math.ceil(latencyMsMax * 1_000))) + 1
}

/** Bytes of one thread's book. */
export function bookBytes({ ring, series, buckets }: BookLayout): number {
  const slot = 1 + series * (countersPerSeries + 2 * buckets)
  return 4 * (header + statusCount + buckets + ring * slot)
}

/**
 * What one thread has recorded, in memory that the driver reads without a message: for each second
 * in which starts were due, their outcomes and two histograms, of the latency from the due time and
 * of that from the sending. Its size depends on the time a request may take, not on how many there
 * are.
 */
export class Book {
  readonly live: Int32Array
  readonly statuses: Uint32Array
  /** How late the thread itself was to send what was due, in microseconds. */
  readonly lateness: Uint32Array
  readonly layout: BookLayout
  readonly #words: Uint32Array
  readonly #slot: number
  readonly #slots: number
  readonly #series: number

  constructor(memory: SharedArrayBuffer, layout: BookLayout) {
    this.layout = layout
    this.live = new Int32Array(memory, 0, header)
    this.statuses = new Uint32Array(memory, 4 * header, statusCount)
    this.lateness = new Uint32Array(memory, 4 * (header + statusCount), layout.buckets)
    this.#words = new Uint32Array(memory)
    this.#slots = header + statusCount + layout.buckets
    this.#series = countersPerSeries + 2 * layout.buckets
    this.#slot = 1 + layout.series * this.#series
  }

  /** Gives a second its place, emptied. */
  open(second: number): void {
    const start = this.#startOf(second)
    this.#words.fill(0, start, start + this.#slot)
    this.#words[start] = second
  }

  /** Counters of a series in a second: outcomes, then answers and bytes that came in it. */
  counters(second: number, series: number): Uint32Array {
    const start = this.#startOf(second) + 1 + series * this.#series
    return this.#words.subarray(start, start + countersPerSeries)
  }

  /** The latencies of a series from due (`0`) or from sent (`1`). */
  histogram(second: number, series: number, from: 0 | 1): Uint32Array {
    const { buckets } = this.layout
    const start =
      this.#startOf(second) + 1 + series * this.#series + countersPerSeries + from * buckets
    return this.#words.subarray(start, start + buckets)
  }

  /** Counts an outcome in the second in which its start was due. */
  count(second: number, series: number, code: OutcomeCode): void {
    const at = this.#counterAt(second, series)
    if (at < 0) return
    this.#words[at + code] = (this.#words[at + code] as number) + 1
  }

  /** Adds latencies, in whole microseconds, to the second in which the start was due. */
  time(second: number, series: number, fromDueUs: number, fromSentUs: number): void {
    const at = this.#counterAt(second, series)
    if (at < 0) return
    const { buckets } = this.layout
    const due = at + countersPerSeries + Math.min(bucketOf(fromDueUs), buckets - 1)
    const sent = at + countersPerSeries + buckets + Math.min(bucketOf(fromSentUs), buckets - 1)
    this.#words[due] = (this.#words[due] as number) + 1
    this.#words[sent] = (this.#words[sent] as number) + 1
  }

  /** Counts a good answer in the second in which it came. */
  answer(second: number, series: number, bytes: number): void {
    const at = this.#counterAt(second, series)
    if (at < 0) return
    this.#words[at + counter.answered] = (this.#words[at + counter.answered] as number) + 1
    this.#words[at + counter.bytes] = (this.#words[at + counter.bytes] as number) + bytes
  }

  #startOf(second: number): number {
    return this.#slots + (second % this.layout.ring) * this.#slot
  }

  /** Where the counters are; -1 for a second whose place has another by now, which is counted. */
  #counterAt(second: number, series: number): number {
    const start = this.#startOf(second)
    if (this.#words[start] === second) return start + 1 + series * this.#series
    this.live[live.misplaced] = (this.live[live.misplaced] as number) + 1
    return -1
  }
}
