import { setTimeout as delay } from 'node:timers/promises'
import { monotonicMs } from '../../kernel/clock.ts'
import { messageOf } from '../../kernel/errors.ts'
import type { Ending, TrafficOperation } from './operation.ts'

/** One operation at its moment; what it throws leaves the ending unknown. */
export type Operate<Input, Output> = (input: Input, index: number) => Promise<Ending<Output>>

export interface TrafficPlan<Input> {
  readonly rateHz: number
  readonly inputOf: (index: number) => Input
  readonly signal: AbortSignal
}

/** Operations that start at a steady rate, whether or not those before them have been answered. */
export interface Traffic<Input, Output> {
  /** In the order of their starts; `undefined` while one is under way. */
  readonly operations: readonly (TrafficOperation<Input, Output> | undefined)[]
  /** Resolves when so many more have been started and answered. */
  pass(count: number): Promise<void>
  /** Resolves when the next one has been answered. */
  nextAnswer(): Promise<void>
  /** Starts no more and waits for those under way. */
  stop(): Promise<void>
}

/** Starts a traffic. Operation n is due n periods after the start; one that is late starts at once. */
export function startTraffic<Input, Output>(
  { rateHz, inputOf, signal }: TrafficPlan<Input>,
  operate: Operate<Input, Output>,
): Traffic<Input, Output> {
  const operations: (TrafficOperation<Input, Output> | undefined)[] = []
  const underWay = new Set<Promise<void>>()
  const waiting = new Set<() => void>()
  const stopped = new AbortController()
  const beganAtMs = monotonicMs()
  const isOver = (): boolean => stopped.signal.aborted || signal.aborted

  const tell = (): void => {
    for (const wake of waiting) wake()
    waiting.clear()
  }
  const run = async (index: number, dueAtMs: number): Promise<void> => {
    const input = inputOf(index)
    const startedAtMs = monotonicMs()
    const outcome = await operate(input, index).catch((error: unknown): Ending<Output> => ({
      kind: 'unknown',
      reason: messageOf(error),
    }))
    const endedAtMs = monotonicMs()
    operations[index] = { index, actor: index, input, dueAtMs, startedAtMs, endedAtMs, outcome }
    tell()
  }
  const pace = async (): Promise<void> => {
    for (let index = 0; !isOver(); index += 1) {
      const dueAtMs = beganAtMs + (index * 1_000) / rateHz
      const waitMs = dueAtMs - monotonicMs()
      const end = { signal: stopped.signal }
      if (waitMs > 0) await delay(waitMs, undefined, end).catch(() => {})
      if (isOver()) break
      operations.push(undefined)
      const running = run(index, dueAtMs)
      underWay.add(running)
      void running.finally(() => underWay.delete(running))
    }
    tell()
  }
  const nextAnswer = (): Promise<void> => {
    signal.throwIfAborted()
    return new Promise((resolve) => waiting.add(resolve))
  }
  const pacing = pace()
  return {
    operations,
    nextAnswer,
    pass: async (count) => {
      const first = operations.length
      const isDone = (): boolean =>
        operations.length >= first + count &&
        operations.slice(first, first + count).every((operation) => operation !== undefined)
      while (!isDone()) await nextAnswer()
    },
    stop: async () => {
      stopped.abort()
      await pacing
      await Promise.all(underWay)
    },
  }
}
