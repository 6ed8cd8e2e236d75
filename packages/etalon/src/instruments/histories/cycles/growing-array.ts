/** A list of 32-bit integers that grows without an object for each. */
export class GrowingArray {
  #items: Int32Array
  #length = 0

  constructor(capacity = 16) {
    this.#items = new Int32Array(capacity)
  }

  get length(): number {
    return this.#length
  }

  push(item: number): void {
    if (this.#length === this.#items.length) {
      const items = new Int32Array(this.#items.length * 2)
      items.set(this.#items)
      this.#items = items
    }
    this.#items[this.#length] = item
    this.#length += 1
  }

  at(index: number): number {
    return this.#items[index] as number
  }

  set(index: number, item: number): void {
    this.#items[index] = item
  }
}
