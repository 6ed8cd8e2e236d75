const emptySlot = -1

/**
 * A map from a pair of a key's number and a value to a number, in flat arrays: a `Map` for each
 * key would cost some hundred bytes for each value. Open addressing, at most half full.
 */
export class PairTable {
  #keys = new Int32Array(1_024).fill(emptySlot)
  #values = new Float64Array(1_024)
  #items = new Int32Array(1_024)
  #size = 0

  /** The number of the pair, or `undefined`. */
  get(key: number, value: number): number | undefined {
    const slot = this.#slotOf(key, value)
    return this.#keys[slot] === emptySlot ? undefined : this.#items[slot]
  }

  /** Keeps a number for a pair that is not there yet; false when it is there. */
  add(key: number, value: number, item: number): boolean {
    if (this.#size * 2 >= this.#keys.length) this.#grow()
    const slot = this.#slotOf(key, value)
    if (this.#keys[slot] !== emptySlot) return false
    this.#keys[slot] = key
    this.#values[slot] = value
    this.#items[slot] = item
    this.#size += 1
    return true
  }

  #slotOf(key: number, value: number): number {
    const mask = this.#keys.length - 1
    let slot = hash(key, value) & mask
    while (this.#keys[slot] !== emptySlot) {
      if (this.#keys[slot] === key && this.#values[slot] === value) return slot
      slot = (slot + 1) & mask
    }
    return slot
  }

  #grow(): void {
    const [keys, values, items] = [this.#keys, this.#values, this.#items]
    this.#keys = new Int32Array(keys.length * 2).fill(emptySlot)
    this.#values = new Float64Array(keys.length * 2)
    this.#items = new Int32Array(keys.length * 2)
    for (let from = 0; from < keys.length; from += 1) {
      if (keys[from] === emptySlot) continue
      const slot = this.#slotOf(keys[from] as number, values[from] as number)
      this.#keys[slot] = keys[from] as number
      this.#values[slot] = values[from] as number
      this.#items[slot] = items[from] as number
    }
  }
}

/** Mixes two numbers by multiplication with odd constants (Knuth, volume 3, 6.4). */
function hash(key: number, value: number): number {
  const low = value | 0
  const high = (value / 4_294_967_296) | 0
  let mixed =
    Math.imul(key + 1, 0x9e3779b1) ^ Math.imul(low, 0x85ebca6b) ^ Math.imul(high, 0xc2b2ae35)
  mixed ^= mixed >>> 15
  mixed = Math.imul(mixed, 0x2c1b3c6d)
  return (mixed ^ (mixed >>> 13)) >>> 0
}
