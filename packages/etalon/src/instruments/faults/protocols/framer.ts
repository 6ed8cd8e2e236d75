import type { Direction, Message } from '../fault.ts'

/** A message with its bytes. */
export interface Frame {
  readonly data: Buffer
  readonly message: Message
}

/** Splits both directions of one connection into the messages of a protocol. */
export interface Framer {
  /** Complete messages in what has come so far; the rest is kept for the next call. */
  push(data: Buffer, direction: Direction): Frame[]
  /** How many bytes of a message that is not complete are kept. */
  pendingBytes(direction: Direction): number
  /** Gives up the incomplete message, as at the end of a stream. */
  flush(direction: Direction): Buffer
}

/** Names of the protocols that links understand. */
export type Protocol = 'tcp' | 'postgres' | 'redis'

/** Length of the first message in a buffer, as soon as its beginning tells it. */
export type MeasureMessage = (buffer: Buffer) => number | undefined

/**
 * Collects bytes until a message is complete. Bytes are joined once a message, not once a read, so
 * that a large message costs no more than its length.
 */
export class MessageBuffer {
  #parts: Buffer[] = []
  #length = 0
  #needed = 1

  get length(): number {
    return this.#length
  }

  push(data: Buffer): void {
    this.#parts.push(data)
    this.#length += data.length
  }

  /** The next complete message, or `undefined` until there is one. */
  take(measure: MeasureMessage): Buffer | undefined {
    if (this.#length < this.#needed) return undefined
    const buffer = this.#joined()
    const length = measure(buffer)
    if (length === undefined || buffer.length < length) {
      this.#needed = length ?? buffer.length + 1
      return undefined
    }
    this.#parts = [buffer.subarray(length)]
    this.#length = buffer.length - length
    this.#needed = 1
    return buffer.subarray(0, length)
  }

  takeAll(): Buffer {
    const all = this.#joined()
    this.#parts = []
    this.#length = 0
    this.#needed = 1
    return all
  }

  #joined(): Buffer {
    const [only] = this.#parts
    const joined = this.#parts.length === 1 && only ? only : Buffer.concat(this.#parts)
    this.#parts = [joined]
    return joined
  }
}
