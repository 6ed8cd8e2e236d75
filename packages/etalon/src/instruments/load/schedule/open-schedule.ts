import type { OpenShape } from '../shapes/shape.ts'
import type { Schedule, Span } from './schedule.ts'

/**
 * The starts of an open shape that fall to one thread: of all starts every `threads`-th, so that
 * threads need not agree on anything. During warm-up they come at the shape's initial rate.
 */
export class OpenSchedule implements Schedule {
  nextDueUs: number
  readonly #shape: OpenShape
  readonly #span: Span
  readonly #threads: number
  readonly #warmUpStarts: number
  #next: number

  constructor(shape: OpenShape, span: Span, thread: number, threads: number) {
    this.#shape = shape
    this.#span = span
    this.#threads = threads
    const warmUpS = (span.measuredFromUs - span.beginUs) / 1_000_000
    this.#warmUpStarts = Math.floor(shape.initialRateHz * warmUpS)
    this.#next = thread
    this.nextDueUs = this.#dueOf(thread)
  }

  take(): number {
    const ticket = this.#next
    this.#next += this.#threads
    this.nextDueUs = this.#dueOf(this.#next)
    return ticket
  }

  ended(): void {}

  #dueOf(start: number): number {
    const { beginUs, measuredFromUs, endUs } = this.#span
    const warmUp = this.#warmUpStarts
    if (start < warmUp) return beginUs + (start * 1_000_000) / this.#shape.initialRateHz
    const dueUs = measuredFromUs + this.#shape.dueAtMs(start - warmUp) * 1_000
    return dueUs < endUs ? dueUs : Number.POSITIVE_INFINITY
  }
}
