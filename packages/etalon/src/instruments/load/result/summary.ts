import type { Estimate } from '../../../kernel/estimate.ts'
import type { LoadRun, OutcomeCounts } from './load-run.ts'
import { latenessMsOf } from './driver-doubt.ts'

/** An estimate as numbers; `null` stands for no bound. */
export interface Figure {
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
}

/** A run in a few numbers: what is kept as evidence and exported as JSON. */
export interface LoadSummary {
  readonly shape: LoadRun['plan']['shape']
  readonly durationMs: number
  readonly counts: OutcomeCounts
  readonly statuses: Readonly<Record<string, number>>
  readonly successShare: Figure
  readonly throughputHz: Figure
  /** From the due time and from the sending, by quantile: `p95`. */
  readonly latencyMs: Readonly<Record<string, Figure>>
  readonly serviceMs: Readonly<Record<string, Figure>>
  readonly driver: {
    readonly latenessMsP99: number
    readonly cpuShare: readonly number[]
    readonly residentBytes: number
  }
  readonly doubts: readonly string[]
}

/** The quantiles that reports show. */
export const shownQuantiles = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999 } as const

/** Sums a run up. */
export function summaryOf(run: LoadRun): LoadSummary {
  const { latency, service, plan, driver } = run
  const quantiles = (of: typeof latency): Record<string, Figure> =>
    Object.fromEntries(
      Object.entries(shownQuantiles).map(([name, p]) => [name, figureOf(of.quantile(p))]),
    )
  return {
    shape: plan.shape,
    durationMs: plan.durationMs,
    counts: run.counts,
    statuses: Object.fromEntries(run.statuses),
    successShare: figureOf(run.success),
    throughputHz: figureOf(run.throughput),
    latencyMs: quantiles(latency),
    serviceMs: quantiles(service),
    driver: {
      latenessMsP99: latenessMsOf(driver),
      cpuShare: driver.threads.map(({ cpuShare }) => Number(cpuShare.toFixed(3))),
      residentBytes: driver.residentBytes,
    },
    doubts: run.doubts.map(({ message }) => message),
  }
}

function figureOf({ value, low, high }: Estimate): Figure {
  const finite = (number: number): number | null => (Number.isFinite(number) ? number : null)
  return { value: finite(value), low: finite(low), high: finite(high) }
}
