import type { Doubt } from '../../../kernel/doubt.ts'
import { withDoubts, type Estimate } from '../../../kernel/estimate.ts'
import { rateOfSlices } from '../../../kernel/statistics/block-bootstrap.ts'
import { meanOf } from '../../../kernel/statistics/mean.ts'
import { formatQuantity } from '../../../kernel/units.ts'
import type { Driven } from '../driver/driver.ts'
import type { DriverReport, SeriesSecond } from '../driver/driver-message.ts'
import { addUp } from '../histogram/sparse.ts'
import type { LoadPlan } from '../plan.ts'
import { outcome, outcomeNames } from '../recording/book.ts'
import type { ResourceSample } from '../resources/probe.ts'
import { shapeOf } from '../shapes/index.ts'
import { driverDoubts } from './driver-doubt.ts'
import { latencyOf, type Latency } from './latency.ts'

/** How starts ended, by outcome. */
export type OutcomeCounts = Readonly<Record<keyof typeof outcome, number>>

/** What was measured of one series: of a request's name, of a step, or of everything. */
export interface SeriesRun {
  /** From the moment a start was due: what somebody who came then had to wait. */
  readonly latency: Latency
  /** From the moment it was sent: what the system took, without the wait for a connection. */
  readonly service: Latency
  /** The share of starts that got a good answer. */
  readonly success: Estimate
  /** Good answers a second. */
  readonly throughput: Estimate
  readonly counts: OutcomeCounts
  readonly seconds: readonly SeriesSecond[]
}

/** A load that was driven, with what it showed. */
export interface LoadRun extends SeriesRun {
  readonly plan: LoadPlan
  /** By the names of requests or steps. @throws RangeError for a name that the load does not have */
  named(name: string): SeriesRun
  /** How often each status was answered. */
  readonly statuses: ReadonlyMap<number, number>
  readonly driver: DriverReport
  readonly doubts: readonly Doubt[]
  /** What the probes saw meanwhile; times count from the beginning of the measured part. */
  readonly resources: readonly ResourceSample[]
}

/** Makes a run of what a driver has measured. */
export function loadRunOf(
  plan: LoadPlan,
  { seconds, report }: Driven,
  resources: readonly ResourceSample[] = [],
): LoadRun {
  const { model } = shapeOf(plan.shape)
  const bySeries = plan.series.map((_name, place) =>
    seconds.map(({ series }) => series[place] as SeriesSecond),
  )
  const scenario = plan.work.lane === 'full'
  // Of a scenario the whole runs are everything; its steps are parts of them.
  const [whole = []] = scenario ? bySeries : [sumOf(bySeries)]
  const doubts = [...driverDoubts(report, model), ...warmUpDoubts(whole)]
  return {
    ...seriesRunOf(whole, doubts),
    plan,
    named: (name) => {
      const found = bySeries[plan.series.indexOf(name)]
      if (found) return seriesRunOf(found, doubts)
      throw new RangeError(`expected one of ${plan.series.join(', ')}, found ${name}`)
    },
    statuses: new Map(report.statuses),
    driver: report,
    doubts,
    resources,
  }
}

function seriesRunOf(seconds: readonly SeriesSecond[], doubts: readonly Doubt[]): SeriesRun {
  const tallies = seconds.map(({ outcomes }) => ({
    successes: outcomes[outcome.ok] ?? 0,
    trials: outcomes.reduce((sum, count) => sum + count, 0),
  }))
  const answered = seconds.map(({ answered }) => answered)
  const counts = countsBy(seconds)
  // A driver that was late makes nobody answer wrongly; it can only have let somebody wait too long.
  const blameless = counts.timeout + counts.notStarted === 0
  return {
    latency: latencyOf(seconds, ({ fromDue }) => fromDue, doubts),
    service: latencyOf(seconds, ({ fromSent }) => fromSent, doubts),
    success: withDoubts(rateOfSlices(tallies), blameless ? [] : doubts),
    throughput: withDoubts(meanOf(answered, { unit: 'Hz', resolution: 1 }), doubts),
    counts,
    seconds,
  }
}

function countsBy(seconds: readonly SeriesSecond[]): OutcomeCounts {
  const entries = outcomeNames.map((name) => {
    const count = seconds.reduce((sum, { outcomes }) => sum + (outcomes[outcome[name]] ?? 0), 0)
    return [name, count] as const
  })
  return Object.fromEntries(entries) as OutcomeCounts
}

function sumOf(bySeries: readonly (readonly SeriesSecond[])[]): SeriesSecond[] {
  const [first = []] = bySeries
  if (bySeries.length === 1) return [...first]
  return first.map((_second, at) => {
    const parts = bySeries.map((seconds) => seconds[at] as SeriesSecond)
    const sum = (part: (second: SeriesSecond) => number): number =>
      parts.reduce((total, second) => total + part(second), 0)
    return {
      outcomes: outcomeNames.map((_name, code) => sum(({ outcomes }) => outcomes[code] ?? 0)),
      answered: sum(({ answered }) => answered),
      bytes: sum(({ bytes }) => bytes),
      fromDue: addUp(parts.map(({ fromDue }) => fromDue)),
      fromSent: addUp(parts.map(({ fromSent }) => fromSent)),
    }
  })
}

/** A first second much slower than the rest is a system that was still warming up. */
function warmUpDoubts(seconds: readonly SeriesSecond[]): Doubt[] {
  const medians = latencyOf(seconds, ({ fromSent }) => fromSent, []).bySecond(0.5)
  const [first, ...rest] = medians.map(({ latencyMs }) => latencyMs)
  const usual = rest.sort((a, b) => a - b)[Math.floor(rest.length / 2)]
  if (first === undefined || usual === undefined || !(first > 2 * usual + 1)) return []
  const [slow, quick] = [formatQuantity(first, 'ms'), formatQuantity(usual, 'ms')]
  const message = `the first second had a median of ${slow}, the others of ${quick}: warm up longer`
  return [{ kind: 'warm-up', message }]
}
