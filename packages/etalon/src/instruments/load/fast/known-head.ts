// A head that is longer is hardly ever the same twice.
const bytesMax = 1_024

/**
 * The head that was read last, to be known again: what a server answers within a second mostly
 * differs in the body only, and comparing costs a fraction of reading.
 */
export class KnownHead {
  #bytes = Buffer.alloc(0)
  #length = 0

  /** Where the known head ends when the bytes from `start` begin with it; -1 when they do not. */
  endIn(bytes: Buffer, start: number, end: number): number {
    const [known, length] = [this.#bytes, this.#length]
    if (length === 0 || end - start < length) return -1
    for (let at = 0; at < length; at += 1) {
      if (bytes[start + at] !== known[at]) return -1
    }
    return start + length
  }

  /** Keeps a head from `start` to before `end`. */
  keep(bytes: Buffer, start: number, end: number): void {
    this.#length = end - start <= bytesMax ? end - start : 0
    if (this.#bytes.length < this.#length) this.#bytes = Buffer.allocUnsafeSlow(this.#length)
    bytes.copy(this.#bytes, 0, start, start + this.#length)
  }

  forget(): void {
    this.#length = 0
  }
}
