/** How a read relates to what was known of its list before. */
export interface PrefixAnswer {
  /** False where neither list is the beginning of the other. */
  readonly agrees: boolean
  /** Place of the first element that differs. */
  readonly at: number
}

const agreeing: PrefixAnswer = { agrees: true, at: -1 }

/**
 * The order in which one list grew, as far as reads have shown it: the longest list that was read.
 * A read that agrees is the beginning of it, so its length says all there is to say.
 */
export class ListOrder {
  readonly values: number[] = []

  /** Compares a read of `length` elements, and learns from it where it is longer. */
  take(read: readonly number[], length: number): PrefixAnswer {
    const known = this.values
    const common = Math.min(length, known.length)
    for (let place = 0; place < common; place += 1) {
      if (read[place] !== known[place]) return { agrees: false, at: place }
    }
    for (let place = known.length; place < length; place += 1) known.push(read[place] as number)
    return agreeing
  }
}
