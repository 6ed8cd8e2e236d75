import { joinedDoubts } from '../../../kernel/doubt.ts'
import { withDoubts, type Estimate } from '../../../kernel/estimate.ts'
import { pairedRatioOf } from '../../../kernel/statistics/paired-ratio.ts'
import type { LoadRun } from './load-run.ts'

export interface LoadComparison {
  /** How many times as long the subject takes as the reference; below 1 means faster. */
  readonly ratio: Estimate
  readonly subject: readonly LoadRun[]
  readonly reference: readonly LoadRun[]
}

// Of two equal sides at most one in twenty is told different, in whichever direction.
const confidence = 0.95

/** What paired rounds of two targets come to; nothing where one was not answered in some round. */
export function comparisonOf(
  runs: Pick<LoadComparison, 'subject' | 'reference'>,
  p: number,
): LoadComparison {
  const latencyMs = (run: LoadRun | undefined): number => run?.latency.quantile(p).value ?? NaN
  const pairs = runs.subject.map((run, round) => ({
    subject: latencyMs(run),
    reference: latencyMs(runs.reference[round]),
  }))
  const unanswered = pairs.some((pair) => !Number.isFinite(pair.subject + pair.reference))
  const ratio = pairedRatioOf(unanswered ? [] : pairs, { confidence })
  const all = [...runs.subject, ...runs.reference]
  return { ratio: withDoubts(ratio, joinedDoubts(...all.map(({ doubts }) => doubts))), ...runs }
}
