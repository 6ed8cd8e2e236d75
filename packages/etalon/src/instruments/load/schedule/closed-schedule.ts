import type { Random } from '../../../kernel/random.ts'
import type { ClosedShape } from '../shapes/shape.ts'
import { drawThinkMs } from '../shapes/think-time.ts'
import { DueQueue } from './due-queue.ts'
import type { Schedule, Span } from './schedule.ts'

// A thousand connections at one instant overflow the queue of a listening socket, and the kernel
// repeats what it dropped only a second later.
const arrivalMsMax = 1_000

/**
 * The users of a closed shape that fall to one thread: of all users every `threads`-th. Each comes,
 * and after each answer thinks and comes again until the shape, or the time, is over. Those there
 * from the beginning come within the first second of the warm-up.
 */
export class ClosedSchedule implements Schedule {
  readonly #shape: ClosedShape
  readonly #span: Span
  readonly #waiting = new DueQueue()
  readonly #thinks = new Map<number, Random>()
  readonly #random: Random

  constructor(
    shape: ClosedShape,
    span: Span,
    share: { thread: number; threads: number },
    random: Random,
  ) {
    this.#shape = shape
    this.#span = span
    this.#random = random
    const arrivalUs = Math.min(arrivalMsMax * 1_000, span.measuredFromUs - span.beginUs)
    for (let user = share.thread; user < shape.usersMax; user += share.threads) {
      const fromMs = shape.activeFromMs(user)
      const dueUs =
        fromMs === 0
          ? span.beginUs + (user / shape.usersMax) * arrivalUs
          : span.measuredFromUs + fromMs * 1_000
      if (dueUs < span.endUs) this.#waiting.push(dueUs, user)
    }
  }

  get nextDueUs(): number {
    return this.#waiting.nextDueUs
  }

  take(): number {
    return this.#waiting.pop()
  }

  ended(ticket: number, nowUs: number): void {
    const user = ticket % this.#shape.usersMax
    const dueUs = nowUs + this.#thinkUs(user)
    const untilUs = this.#span.measuredFromUs + this.#shape.activeUntilMs(user) * 1_000
    if (dueUs < Math.min(untilUs, this.#span.endUs)) {
      this.#waiting.push(dueUs, ticket + this.#shape.usersMax)
    }
  }

  #thinkUs(user: number): number {
    const { think } = this.#shape
    if (think.law === 'none') return 0
    const known = this.#thinks.get(user) ?? this.#random.fork(`user/${user}`)
    this.#thinks.set(user, known)
    return drawThinkMs(think, known) * 1_000
  }
}
