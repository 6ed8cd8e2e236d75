import type { AnyShape } from './shapes/index.ts'

/** What the body of an answer is held against. */
export type BodyCheck = { readonly equals: string } | { readonly includes: string }

/** A request of the fast lane, as plain data. */
export interface PlannedRequest {
  /** Place of its name among the plan's series. */
  readonly series: number
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
  /** Statuses that are an answer; 200 to 399 unless given. */
  readonly statuses?: readonly number[] | undefined
  readonly bodyCheck?: BodyCheck | undefined
}

/** What every start does. */
export type PlannedWork =
  | { readonly lane: 'fast'; readonly requests: readonly PlannedRequest[] }
  | {
      readonly lane: 'full'
      /** URL of the module whose default export is the scenario. */
      readonly module: string
      readonly data: unknown
    }

/** A whole load, as plain data: all that the process of the driver is told. */
export interface LoadPlan {
  readonly host: string
  readonly port: number
  readonly shape: AnyShape
  readonly durationMs: number
  readonly warmUpMs: number
  readonly timeoutMs: number
  readonly threads: number
  /** At most, of all threads, for open shapes; closed ones have as many as users. */
  readonly connections: number
  readonly seed: string
  /** Names under which latencies are kept apart. */
  readonly series: readonly string[]
  readonly work: PlannedWork
}

/** The share of something that falls to one thread: every `threads`-th, from its own number on. */
export function shareOf(total: number, thread: number, threads: number): number {
  return Math.max(0, Math.ceil((total - thread) / threads))
}
