/**
 * What somebody may do in a second: at once, and then as often as time goes by (a token bucket that
 * begins full).
 */
export class Allowance {
  readonly #perSMax: number
  #left: number
  #countedAtMs = Number.NEGATIVE_INFINITY

  constructor(perSMax: number) {
    this.#perSMax = perSMax
    this.#left = perSMax
  }

  /** Whether it covers one more at a moment; such a one is spent. */
  covers(nowMs: number): boolean {
    const earned = ((nowMs - this.#countedAtMs) / 1_000) * this.#perSMax
    this.#left = Math.min(this.#perSMax, this.#left + earned)
    this.#countedAtMs = nowMs
    if (this.#left < 1) return false
    this.#left -= 1
    return true
  }
}
