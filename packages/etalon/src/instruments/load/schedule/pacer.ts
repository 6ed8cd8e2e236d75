import { nowUs } from '../driver/clock.ts'
import type { Schedule } from './schedule.ts'

// A timer is up to a millisecond late, and then half of one more: so it is set to ring this early,
// and the rest of the time is spent looking.
const wakeEarlyUs = 1_500

// So many starts at once, then the answers get their turn.
const startsAtOnceMax = 256

/** Starts what is due when it is due: sleeps until shortly before, then looks again and again. */
export class Pacer {
  readonly #schedule: Schedule
  readonly #start: (ticket: number, dueUs: number, nowUs: number) => void
  #timer: NodeJS.Timeout | undefined
  #looking = false
  #wakesAtUs = Number.POSITIVE_INFINITY
  readonly #look = (): void => {
    this.#looking = false
    this.pace(nowUs())
  }
  readonly #wake = (): void => {
    this.#timer = undefined
    this.#wakesAtUs = Number.POSITIVE_INFINITY
    this.pace(nowUs())
  }

  constructor(schedule: Schedule, start: (ticket: number, dueUs: number, nowUs: number) => void) {
    this.#schedule = schedule
    this.#start = start
  }

  /** Starts all that is due, and sees to it that this is called again in time. */
  pace(now: number): void {
    const schedule = this.#schedule
    let dueUs = schedule.nextDueUs
    for (let starts = 0; dueUs <= now && starts < startsAtOnceMax; starts += 1) {
      this.#start(schedule.take(), dueUs, now)
      dueUs = schedule.nextDueUs
    }
    if (dueUs === Number.POSITIVE_INFINITY || this.#looking) return
    const sleepMs = Math.floor((dueUs - now - wakeEarlyUs) / 1_000)
    if (sleepMs < 1) {
      this.#looking = true
      setImmediate(this.#look)
    } else if (dueUs < this.#wakesAtUs) {
      clearTimeout(this.#timer)
      this.#wakesAtUs = dueUs
      this.#timer = setTimeout(this.#wake, sleepMs)
    }
  }
}
