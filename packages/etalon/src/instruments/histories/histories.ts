import { monotonicMs } from '../../kernel/clock.ts'
import { messageOf } from '../../kernel/errors.ts'
import type { Random } from '../../kernel/random.ts'
import type { Session } from '../session.ts'
import { historyOf, type History, type Operation, type Outcome } from './history.ts'
import { unknown } from './outcome.ts'

/** How many operations, by how many callers at once. */
export interface ConcurrentOptions<Input> {
  readonly actors: number
  readonly operations: number
  /** The input of each operation, drawn before anything starts. */
  readonly input?: (index: number, random: Random) => Input
}

/** Records what concurrent callers do to a system. */
export interface Histories {
  /**
   * Runs the operations, each caller one at a time, all callers starting together. What `call`
   * gives is the outcome; what it throws leaves the outcome unknown.
   */
  concurrently<Input, Output>(
    options: ConcurrentOptions<Input>,
    call: (input: Input, actor: number, index: number) => Promise<Outcome<Output>>,
  ): Promise<History<Input, Output>>
}

/** Opens the instrument. */
export function createHistories(session: Session): Histories {
  return {
    concurrently: async (options, call) => {
      const random = session.random.fork('histories')
      const inputs = Array.from(
        { length: options.operations },
        (_none, index) => options.input?.(index, random) as never,
      )
      const operations: Operation<never, never>[] = []
      let next = 0
      const work = async (actor: number): Promise<void> => {
        while (next < inputs.length) {
          session.signal.throwIfAborted()
          const index = next
          next += 1
          const input = inputs[index] as never
          const startedAtMs = monotonicMs()
          const outcome = await call(input, actor, index).catch((error: unknown) =>
            unknown(messageOf(error)),
          )
          const endedAtMs = monotonicMs()
          const operation = { index, actor, input, startedAtMs, endedAtMs, outcome }
          operations.push(operation as Operation<never, never>)
          session.evidence.record('operation', operation)
        }
      }
      await Promise.all(Array.from({ length: options.actors }, (_none, actor) => work(actor)))
      return historyOf(operations.sort((a, b) => a.index - b.index))
    },
  }
}
