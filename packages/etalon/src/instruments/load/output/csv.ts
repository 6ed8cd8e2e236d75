import { outcomeNames } from '../recording/book.ts'
import type { LoadRun } from '../result/load-run.ts'
import { shownQuantiles } from '../result/summary.ts'

/** A run as a table, one line a second: outcomes of what was due in it, and its quantiles. */
export function csvOf(run: LoadRun): string {
  const names = Object.keys(shownQuantiles)
  const quantiles = Object.values(shownQuantiles)
  const due = quantiles.map((p) => run.latency.bySecond(p))
  const sent = quantiles.map((p) => run.service.bySecond(p))
  const header = [
    'second',
    'answered',
    'bytes',
    ...outcomeNames,
    ...names.map((name) => `latency_ms_${name}`),
    ...names.map((name) => `service_ms_${name}`),
  ]
  const lines = run.seconds.map(({ answered, bytes, outcomes }, second) => {
    const latencies = [...due, ...sent].map((series) => series[second]?.latencyMs ?? Number.NaN)
    const shown = latencies.map((latencyMs) => (Number.isFinite(latencyMs) ? latencyMs : ''))
    return [second, answered, bytes, ...outcomes, ...shown].join(',')
  })
  return [header.join(','), ...lines, ''].join('\n')
}
