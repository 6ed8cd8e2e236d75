/** `closed` lets work through, `open` refuses it, `half-open` lets one try through. */
export type BreakerState = 'closed' | 'open' | 'half-open'

/** Options of {@link CircuitBreaker}. */
export interface BreakerOptions {
  /** So many failures in a row open it. */
  readonly failuresMax: number
  /** How long it stays open before one try. */
  readonly openMs: number
  /** Monotonic time. */
  readonly nowMs?: () => number
}

/**
 * Spares a dependency that is down, and its callers, the tries that would fail: after some
 * failures in a row nothing is tried for a while, then one try decides.
 */
export class CircuitBreaker {
  readonly #options: BreakerOptions
  readonly #nowMs: () => number
  #failures = 0
  #openedAtMs: number | undefined
  #isTrying = false
  #openings = 0

  constructor(options: BreakerOptions) {
    this.#options = options
    this.#nowMs = options.nowMs ?? (() => performance.now())
  }

  get state(): BreakerState {
    if (this.#openedAtMs === undefined) return 'closed'
    return this.#nowMs() - this.#openedAtMs < this.#options.openMs ? 'open' : 'half-open'
  }

  /** How often it has opened. */
  get openings(): number {
    return this.#openings
  }

  /** Whether the caller may try now. Who may must say how it went. */
  allows(): boolean {
    if (this.state === 'closed') return true
    if (this.state === 'open' || this.#isTrying) return false
    this.#isTrying = true
    return true
  }

  succeeded(): void {
    this.#failures = 0
    this.#openedAtMs = undefined
    this.#isTrying = false
  }

  failed(): void {
    this.#failures += 1
    this.#isTrying = false
    if (this.#failures < this.#options.failuresMax) return
    if (this.#openedAtMs === undefined) this.#openings += 1
    this.#openedAtMs = this.#nowMs()
  }
}
