import type { SparseHistogram } from '../histogram/sparse.ts'
import type { LoadPlan } from '../plan.ts'
import type { ThreadHealth } from './self-watch.ts'

/** To the process of the driver. */
export interface DriverTask {
  readonly plan: LoadPlan
}

/** A series in one second of the run, of all threads together. */
export interface SeriesSecond {
  /** How the starts ended that were due in it, by outcome. */
  readonly outcomes: readonly number[]
  /** Answers that came in it, and the bytes of their bodies. */
  readonly answered: number
  readonly bytes: number
  readonly fromDue: SparseHistogram
  readonly fromSent: SparseHistogram
}

/** One second of the run, sealed. */
export interface SealedSecond {
  readonly second: number
  readonly series: readonly SeriesSecond[]
}

/** How it goes, for those who watch. */
export interface LoadProgress {
  /** Since the measured part began; negative during warm-up. */
  readonly elapsedMs: number
  readonly started: number
  readonly ended: number
  readonly failed: number
  readonly underWay: number
  /** Starts that are due and find no connection free. */
  readonly waiting: number
  /** Memory of the driver. */
  readonly residentBytes: number
}

/** What the driver saw of itself. */
export interface DriverReport {
  readonly threads: readonly ThreadHealth[]
  /** How late the driver was to send what was due, in microseconds. */
  readonly lateness: SparseHistogram
  /** Results that came so late that their second was sealed; they are lost. */
  readonly misplaced: number
  /** How often each status was answered. */
  readonly statuses: readonly (readonly [status: number, count: number])[]
  /** Processor time of the whole driver, from its start, and the memory it held at the end. */
  readonly cpuS: number
  readonly residentBytes: number
}

/** From the process of the driver. */
export type DriverMessage =
  | { readonly event: 'began'; readonly measuredFromMs: number }
  | { readonly event: 'sealed'; readonly sealed: SealedSecond }
  | { readonly event: 'progress'; readonly progress: LoadProgress }
  | { readonly event: 'ended'; readonly report: DriverReport }
  | { readonly event: 'problem'; readonly problem: string }
