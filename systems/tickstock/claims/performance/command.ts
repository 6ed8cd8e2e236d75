import type { Estimate, SystemHandle } from 'etalon'
import { quantileOf } from 'etalon/statistics/quantile'
import { command } from '../command.ts'

/** Runs one of the producer's commands and gives what it printed. @throws Error when it failed */
export async function done<Result>(
  system: SystemHandle,
  ...words: readonly string[]
): Promise<Result> {
  const { code, stderr, result } = await command<Result>(system, ...words)
  if (code === 0) return result
  throw new Error(`${words.join(' ')} ended with ${code}: ${stderr.slice(-500)}`)
}

/** How long a piece of work takes, in milliseconds. */
export async function durationOf(work: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now()
  await work()
  return performance.now() - startedAtMs
}

/** Durations of a command, and of one that only starts and ends, one right after the other. */
export interface CommandDurations {
  readonly wholeMs: number[]
  readonly startMs: number[]
}

/** The median of what a command takes beyond starting and ending, of the rounds that have both. */
export function workOf({ wholeMs, startMs }: CommandDurations): Estimate {
  return medianOf(startMs.map((start, round) => (wholeMs[round] ?? 0) - start))
}

/** The median, which has bounds from five durations on. */
export function medianOf(durationsMs: readonly number[]): Estimate {
  return quantileOf(durationsMs, 0.5, { unit: 'ms' })
}
