import type { Direction, Message } from '../fault.ts'

/** A message with its bytes. */
export interface Frame {
  readonly data: Buffer
  readonly message: Message
}

/** Splits both directions of one connection into the messages of a protocol. */
export interface Framer {
  /** Looks at bytes that are passed on as they come, because nobody wants their messages. */
  follow(data: Buffer, direction: Direction): void
  /**
   * Complete messages in what has come so far; the rest is withheld until it is complete. What
   * follows of a message whose beginning was passed on comes as bytes without text.
   */
  push(data: Buffer, direction: Direction): Frame[]
  /** Gives up what is withheld, as at the end of a stream; more of the same message may follow. */
  release(direction: Direction): Buffer
}

/** How the messages of one direction are told apart and what is read of them. */
export interface MessageReader {
  /** Length of the message that begins at `start`, as soon as its beginning tells it. */
  measure(bytes: Buffer, start: number): number | undefined
  /** Whether the message has to be read whole; if not, `read` gets as much of it as has come. */
  matters(bytes: Buffer, start: number): boolean
  /** Reads a message; called once for each, in order. */
  read(message: Buffer): Message
}

const nothing = Buffer.alloc(0)

/**
 * Tells the messages of one direction apart. Bytes of a message that is not complete are joined once
 * it is, not once a read, so that a large one costs no more than its length; of one that was passed
 * on already and does not matter, nothing is kept.
 */
export class MessageStream {
  readonly #reader: MessageReader
  #parts: Buffer[] = []
  #length = 0
  /** How many bytes have to be there before it is worth looking again. */
  #needed = 1
  /** How many of the kept bytes were passed on already. */
  #passed = 0
  /** Bytes still to come of a message that was read from its beginning. */
  #skip = 0

  constructor(reader: MessageReader) {
    this.#reader = reader
  }

  follow(data: Buffer): void {
    this.#keep(this.#skipped(data))
    if (this.#length >= this.#needed) {
      const bytes = this.#joined()
      let start = 0
      for (let next = this.#next(bytes, 0); next; next = this.#next(bytes, start)) {
        if (next.missing > 0 && next.matters) break
        this.#reader.read(bytes.subarray(start, start + next.length))
        this.#skip = next.missing
        start += next.length
      }
      // What is kept must not keep the whole read with it.
      this.#reset(Buffer.from(bytes.subarray(start)))
    }
    this.#passed = this.#length
  }

  push(data: Buffer): Frame[] {
    const frames: Frame[] = []
    const fresh = this.#skipped(data)
    if (fresh.length < data.length) {
      frames.push({ data: data.subarray(0, data.length - fresh.length), message: {} })
    }
    this.#keep(fresh)
    if (this.#length < this.#needed) return frames
    const bytes = this.#joined()
    let start = 0
    for (let next = this.#next(bytes, 0); next?.missing === 0; next = this.#next(bytes, start)) {
      const whole = bytes.subarray(start, start + next.length)
      const { text, ...message } = this.#reader.read(whole)
      // Of a message that was begun, only the rest is left to do anything with.
      const frame = { ...message, ...(text === undefined || this.#passed > 0 ? {} : { text }) }
      frames.push({ data: whole.subarray(this.#passed), message: frame })
      this.#passed = 0
      start += next.length
    }
    this.#reset(bytes.subarray(start))
    return frames
  }

  release(): Buffer {
    if (this.#length === this.#passed) return nothing
    const withheld = this.#joined().subarray(this.#passed)
    this.#passed = this.#length
    return withheld
  }

  /** The message that begins at `start`, and how many of its bytes have yet to come. */
  #next(
    bytes: Buffer,
    start: number,
  ): { length: number; missing: number; matters: boolean } | undefined {
    const there = bytes.length - start
    const length = there > 0 ? this.#reader.measure(bytes, start) : undefined
    this.#needed = length ?? there + 1
    if (length === undefined) return undefined
    const matters = length > there && this.#reader.matters(bytes, start)
    return { length, missing: Math.max(0, length - there), matters }
  }

  #skipped(data: Buffer): Buffer {
    const skipped = Math.min(this.#skip, data.length)
    this.#skip -= skipped
    return data.subarray(skipped)
  }

  #keep(data: Buffer): void {
    if (data.length === 0) return
    this.#parts.push(data)
    this.#length += data.length
  }

  #reset(kept: Buffer): void {
    this.#parts = kept.length === 0 ? [] : [kept]
    this.#length = kept.length
  }

  #joined(): Buffer {
    const [only] = this.#parts
    const joined = this.#parts.length === 1 && only ? only : Buffer.concat(this.#parts)
    this.#parts = joined.length === 0 ? [] : [joined]
    return joined
  }
}
