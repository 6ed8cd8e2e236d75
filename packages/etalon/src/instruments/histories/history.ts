/**
 * How an operation ended, as far as its caller can know.
 *
 * - `ok`: it was done.
 * - `failed`: it was certainly not done.
 * - `unknown`: it may have been done (a timeout, a cut connection, a 5xx). Taking it for a failure
 *   would invent anomalies.
 */
export type Outcome<Output = unknown> =
  | { readonly kind: 'ok'; readonly output: Output }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string }

/** One operation: who called what, when, and what came back. Times are of one monotonic clock. */
export interface Operation<Input = unknown, Output = unknown> {
  readonly index: number
  /** Number of the caller, from 0. A caller does one thing at a time. */
  readonly actor: number
  readonly input: Input
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly outcome: Outcome<Output>
}

/** What was called and what came back, with the simple questions answered. */
export interface History<Input = unknown, Output = unknown> {
  readonly operations: readonly Operation<Input, Output>[]
  readonly ok: readonly Operation<Input, Output>[]
  readonly failed: readonly Operation<Input, Output>[]
  readonly unknown: readonly Operation<Input, Output>[]
  /** The most operations that were under way at one moment; 1 means that nothing was concurrent. */
  readonly overlapMax: number
  readonly durationMs: number
}

/** Builds a history from its operations. */
export function historyOf<Input, Output>(
  operations: readonly Operation<Input, Output>[],
): History<Input, Output> {
  const of = (kind: Outcome['kind']): Operation<Input, Output>[] =>
    operations.filter(({ outcome }) => outcome.kind === kind)
  const starts = operations.map(({ startedAtMs }) => startedAtMs)
  const ends = operations.map(({ endedAtMs }) => endedAtMs)
  return {
    operations,
    ok: of('ok'),
    failed: of('failed'),
    unknown: of('unknown'),
    overlapMax: overlapOf(starts, ends),
    durationMs: operations.length === 0 ? 0 : latest(ends) - earliest(starts),
  }
}

// As arguments of Math.max a long history would not fit on the stack.
const latest = (atMs: readonly number[]): number => atMs.reduce((a, b) => Math.max(a, b))
const earliest = (atMs: readonly number[]): number => atMs.reduce((a, b) => Math.min(a, b))

function overlapOf(starts: readonly number[], ends: readonly number[]): number {
  const moments = [
    ...starts.map((atMs) => ({ atMs, change: 1 })),
    ...ends.map((atMs) => ({ atMs, change: -1 })),
  ].sort((a, b) => a.atMs - b.atMs || a.change - b.change)
  let underWay = 0
  let most = 0
  for (const { change } of moments) {
    underWay += change
    most = Math.max(most, underWay)
  }
  return most
}
