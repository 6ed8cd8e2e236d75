import { bucketOf } from '../histogram/log-linear.ts'
import { live, outcome, type Book, type OutcomeCode } from './book.ts'

/** What came of a request. It is read at once, so that one object may serve for all. */
export interface Ended {
  series: number
  dueUs: number
  sentUs: number
  code: OutcomeCode
  status: number
  bytes: number
}

/** Writes what happens into a thread's book. What was due before or after the measured part is not kept. */
export class Recorder {
  readonly #book: Book
  readonly #durationS: number
  #measuredFromUs = Number.POSITIVE_INFINITY

  constructor(book: Book, durationMs: number) {
    this.#book = book
    this.#durationS = Math.ceil(durationMs / 1_000)
  }

  /** Says when the warm-up ends. */
  measureFrom(measuredFromUs: number): void {
    this.#measuredFromUs = measuredFromUs
  }

  /** A request was sent. `latenessUs` is what the driver itself added, where it can be told. */
  sent(dueUs: number, latenessUs: number): void {
    this.#add(live.started, 1)
    this.#add(live.underWay, 1)
    this.#late(dueUs, latenessUs)
  }

  /** A request has ended at `nowUs`. */
  ended(ended: Ended, nowUs: number): void {
    this.#add(live.underWay, -1)
    this.#add(live.ended, 1)
    if (ended.code !== outcome.ok) this.#add(live.failed, 1)
    if (ended.dueUs < this.#measuredFromUs) return
    const { statuses } = this.#book
    const { status } = ended
    if (status > 0) statuses[status] = (statuses[status] as number) + 1
    this.measured(ended, nowUs)
  }

  /** Like `ended`, for a part of a start, such as a step of a scenario. */
  measured({ series, dueUs, sentUs, code, bytes }: Ended, nowUs: number): void {
    if (dueUs < this.#measuredFromUs) return
    const second = Math.floor((dueUs - this.#measuredFromUs) / 1_000_000)
    // A step of a scenario that goes on after the end.
    if (second >= this.#durationS) return
    this.#book.count(second, series, code)
    if (code === outcome.ok) {
      const fromDueUs = Math.max(0, Math.round(nowUs - dueUs))
      this.#book.time(second, series, fromDueUs, Math.max(0, Math.round(nowUs - sentUs)))
    }
    const answeredAt = Math.floor((nowUs - this.#measuredFromUs) / 1_000_000)
    if (code === outcome.ok && answeredAt < this.#durationS)
      this.#book.answer(answeredAt, series, bytes)
  }

  /** A start that was due waits for a connection, or no longer does. */
  waiting(change: 1 | -1): void {
    this.#add(live.waiting, change)
  }

  /** A start that was due never began. */
  notStarted(series: number, dueUs: number, latenessUs: number): void {
    this.#add(live.failed, 1)
    this.#late(dueUs, latenessUs)
    if (dueUs < this.#measuredFromUs) return
    const second = Math.floor((dueUs - this.#measuredFromUs) / 1_000_000)
    this.#book.count(second, series, outcome.notStarted)
  }

  #late(dueUs: number, latenessUs: number): void {
    if (dueUs < this.#measuredFromUs) return
    const { lateness, layout } = this.#book
    const bucket = Math.min(layout.buckets - 1, bucketOf(Math.max(0, Math.round(latenessUs))))
    lateness[bucket] = (lateness[bucket] as number) + 1
  }

  #add(place: number, change: number): void {
    const { live } = this.#book
    live[place] = (live[place] as number) + change
  }
}
