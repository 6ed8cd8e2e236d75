import { monotonicMs } from '../../kernel/clock.ts'
import type { Doubt } from '../../kernel/doubt.ts'
import { withDoubts, type Estimate } from '../../kernel/estimate.ts'
import { meanOf } from '../../kernel/statistics/mean.ts'
import { pairedRatioOf } from '../../kernel/statistics/paired-ratio.ts'
import { quantileOf } from '../../kernel/statistics/quantile.ts'
import type { Session } from '../session.ts'

/** Something whose duration is measured. `round` counts from 0 and does not count warm-up. */
export type TimedOperation = (round: number) => Promise<unknown>

export interface RepeatOptions {
  readonly iterations: number
  /** Unmeasured runs before the first measured one; a tenth of the iterations unless given. */
  readonly warmUp?: number
  /** How many things each run does; durations are those of one of them. 1 unless given. */
  readonly perRun?: number
}

export interface CompareOptions {
  /** Rounds; each gives one pair of durations. */
  readonly rounds: number
  /** Runs of each operation within a round, added up; 1 unless given. */
  readonly perRound?: number
  readonly warmUp?: number
}

/** Durations of a repeated operation. */
export interface Timed {
  readonly durationsMs: readonly number[]
  readonly totalMs: number
  mean(): Estimate
  quantile(p: number): Estimate
}

export interface Compared {
  /** How many times as long the subject takes as the reference; below 1 means faster. */
  readonly ratio: Estimate
  readonly subject: Timed
  readonly reference: Timed
}

/** Measures how long operations take, one after another. */
export interface Timing {
  repeat(options: RepeatOptions, operation: TimedOperation): Promise<Timed>
  /**
   * Compares two operations in paired rounds. Within a round their order is drawn, so that a
   * machine that gets slower or faster meanwhile favours neither.
   */
  compare(
    options: CompareOptions,
    subject: TimedOperation,
    reference: TimedOperation,
  ): Promise<Compared>
}

/** Opens the instrument. */
export function createTiming(session: Session): Timing {
  return {
    repeat: async (options, operation) => {
      const warmUp = options.warmUp ?? Math.ceil(options.iterations / 10)
      for (let round = 0; round < warmUp; round += 1) await operation(round)
      const durationsMs: number[] = []
      for (let round = 0; round < options.iterations; round += 1) {
        session.signal.throwIfAborted()
        durationsMs.push((await durationOf(() => operation(round))) / (options.perRun ?? 1))
      }
      const timed = timedOf(durationsMs)
      session.evidence.record('timing', { iterations: options.iterations, durationsMs })
      return timed
    },
    compare: async (options, subject, reference) => {
      const random = session.random.fork('timing')
      const perRound = options.perRound ?? 1
      const warmUp = options.warmUp ?? Math.ceil(options.rounds / 10)
      const durationsMs = { subject: [] as number[], reference: [] as number[] }
      for (let round = -warmUp; round < options.rounds; round += 1) {
        session.signal.throwIfAborted()
        for (const side of random.shuffle(['subject', 'reference'] as const)) {
          const operation = side === 'subject' ? subject : reference
          const first = Math.max(0, round) * perRound
          const durationMs = await durationOf(async () => {
            for (let run = 0; run < perRound; run += 1) await operation(first + run)
          })
          if (round >= 0) durationsMs[side].push(durationMs)
        }
      }
      session.evidence.record('comparison', { rounds: options.rounds, perRound, durationsMs })
      return comparedOf(durationsMs)
    },
  }
}

async function durationOf(operation: () => Promise<unknown>): Promise<number> {
  const startedAtMs = monotonicMs()
  await operation()
  return monotonicMs() - startedAtMs
}

function comparedOf(durationsMs: {
  readonly subject: number[]
  readonly reference: number[]
}): Compared {
  const rounds = durationsMs.subject.map((subject, round) => ({
    subject,
    reference: durationsMs.reference[round] as number,
  }))
  return {
    ratio: pairedRatioOf(rounds),
    subject: timedOf(durationsMs.subject),
    reference: timedOf(durationsMs.reference),
  }
}

/** Durations with their estimates. */
function timedOf(durationsMs: readonly number[]): Timed {
  const doubts = outlierDoubts(durationsMs)
  return {
    durationsMs,
    totalMs: durationsMs.reduce((total, durationMs) => total + durationMs, 0),
    mean: () => withDoubts(meanOf(durationsMs, { unit: 'ms' }), doubts),
    quantile: (p) => withDoubts(quantileOf(durationsMs, p, { unit: 'ms' }), doubts),
  }
}

/**
 * Tells when single durations lie far out: more than 14.826 median absolute deviations, the
 * threshold of the modified z-score that hyperfine uses too (Iglewicz & Hoaglin 1993).
 */
function outlierDoubts(durationsMs: readonly number[]): Doubt[] {
  const median = medianOf(durationsMs)
  const deviation = medianOf(durationsMs.map((durationMs) => Math.abs(durationMs - median)))
  if (deviation === 0) return []
  const far = durationsMs.filter((duration) => Math.abs(duration - median) > 14.826 * deviation)
  const share = far.length / durationsMs.length
  if (share <= 0.01) return []
  const percent = (share * 100).toFixed(1)
  const message = `${percent} % of the durations lie far outside the others: something else ran meanwhile`
  return [{ kind: 'outliers', message }]
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
