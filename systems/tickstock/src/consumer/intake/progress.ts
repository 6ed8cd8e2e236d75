/** Numbers from `first` to `last`. */
export interface SeqRange {
  readonly first: number
  readonly last: number
}

/**
 * How far one channel was taken in. A number is open from when it is met until it is settled, that
 * is noted, given up as a dead letter, or recorded as a gap.
 */
export class Progress {
  readonly #open = new Set<number>()
  #last: number

  /** @param cursor the number up to which everything is settled */
  constructor(cursor: number) {
    this.#last = cursor
  }

  /** The largest number that was met. */
  get last(): number {
    return this.#last
  }

  /** The number up to which everything is settled. */
  get cursor(): number {
    let cursor = this.#last
    for (const seq of this.#open) cursor = Math.min(cursor, seq - 1)
    return cursor
  }

  /** Whether anything was met that is not settled. */
  get isOpen(): boolean {
    return this.#open.size > 0
  }

  /** The numbers between the last one that was met and this one; none when it is the next. */
  gapBefore(seq: number): SeqRange | undefined {
    const first = this.#last + 1
    return seq > first ? { first, last: seq - 1 } : undefined
  }

  /** Opens a number that was not met before. What is settled already stays so. */
  meet(seq: number): void {
    if (seq <= this.#last) return
    this.#open.add(seq)
    this.#last = seq
  }

  /** Everything up to a number was met, and what of it is not open is settled. */
  pass(seq: number): void {
    this.#last = Math.max(this.#last, seq)
  }

  settle(seq: number): void {
    this.#open.delete(seq)
  }

  /** Takes back that a number was settled: what settled it was undone. */
  reopen(seq: number): void {
    this.#open.add(seq)
  }

  /** Whether a number was met and is not settled. */
  has(seq: number): boolean {
    return this.#open.has(seq)
  }
}
