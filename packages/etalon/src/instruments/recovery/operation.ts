/**
 * How an operation ended, as far as its caller can know: `ok` was done, `failed` was certainly not
 * done, `unknown` may have been done. The outcomes of the histories are such endings.
 */
export type Ending<Output = unknown> =
  | { readonly kind: 'ok'; readonly output: Output }
  | { readonly kind: 'failed' | 'unknown'; readonly reason: string }

/** One operation of a traffic. Its times are of one monotonic clock; it fits into a history. */
export interface TrafficOperation<Input = unknown, Output = unknown> {
  readonly index: number
  /** Every operation is a caller of its own: the traffic is open. */
  readonly actor: number
  readonly input: Input
  /** When it should have started. */
  readonly dueAtMs: number
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly outcome: Ending<Output>
}
