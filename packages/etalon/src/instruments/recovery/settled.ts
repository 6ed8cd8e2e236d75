import type { TrafficOperation } from './operation.ts'

/**
 * When answers count as good again: with the first good one from which on none fails, over at least
 * so many answers and so much time. An answer is good when its operation ended `ok` in time.
 */
export interface Settled {
  readonly answers: number
  readonly forMs: number
  /** An answer that takes longer is not good, whatever it says. */
  readonly answerMsMax: number
}

/** Operations as far as it matters here. */
type Answered = Pick<TrafficOperation, 'startedAtMs' | 'endedAtMs' | 'outcome'>

/** Whether an answer is what it should be, in time. */
export function isGood(
  { startedAtMs, endedAtMs, outcome }: Answered,
  { answerMsMax }: Pick<Settled, 'answerMsMax'>,
): boolean {
  return outcome.kind === 'ok' && endedAtMs - startedAtMs <= answerMsMax
}

/**
 * The moment from which on answers are good, or `undefined` while that cannot be said.
 *
 * @param operations those that were started after the fault was healed, in the order of their
 *   starts; `undefined` stands for one that is still under way
 */
export function settledAtMs(
  operations: readonly (Answered | undefined)[],
  settled: Settled,
): number | undefined {
  let first = 0
  for (const [at, operation] of operations.entries()) {
    // What is under way may still fail, and would break the row.
    if (operation === undefined) return undefined
    if (!isGood(operation, settled)) {
      first = at + 1
      continue
    }
    const beginning = operations[first] as Answered
    const isLong = operation.startedAtMs - beginning.startedAtMs >= settled.forMs
    if (isLong && at - first + 1 >= settled.answers) return beginning.endedAtMs
  }
  return undefined
}
