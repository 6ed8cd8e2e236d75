import { contentLength, framingNames, inValue, isName, lengthAt } from './response-head.ts'
import type { ResponseHead } from './response-head.ts'

const [lineFeed, carriageReturn, colon] = [10, 13, 58]
// A head that is longer is read anew each time.
const bytesMax = 4_096

/** A line of the known head. */
interface KnownLine {
  /** After the colon; infinity when all of the line has to be the same. */
  readonly valueFrom: number
  /** Where its line break begins. */
  readonly to: number
  readonly isLength: boolean
}

/**
 * The head that was read last, to be known again: the next one of a server mostly has the same
 * lines, and differs in values that say nothing about framing (the date, an id, what is left of a
 * limit) and in the length. So bytes are compared, which costs a fraction of reading, and only what
 * differs is read: a value that may be any text, and the length.
 */
export class KnownHead {
  #known = viewOf(Buffer.alloc(0))
  #lines: readonly KnownLine[] = []
  #length = -1
  /** The buffer that was looked at last, which is mostly that of the connection, and its view. */
  #buffer: Buffer | undefined
  #bytes = this.#known

  /**
   * Where the head from `start` ends when it is like the known one; -1 when it is not, or not all
   * there. `head` is that of the known head, and gets the length that this one says.
   */
  endIn(bytes: Buffer, start: number, end: number, head: ResponseHead): number {
    const lines = this.#lines
    if (lines.length === 0) return -1
    this.#lookAt(bytes)
    const knownEnd = this.#known.byteLength
    head.length = this.#length
    let [from, at, line] = [0, start, 0]
    for (;;) {
      const like = this.#likeUntil(from, at, end)
      if (like === knownEnd) return at + like - from
      while ((lines[line] as KnownLine).to + 2 <= like) line += 1
      const { valueFrom, to, isLength } = lines[line] as KnownLine
      if (like < valueFrom || like > to) return -1
      let valueEnd = at + like - from
      while (valueEnd < end && inValue[bytes[valueEnd] as number] === 1) valueEnd += 1
      if (valueEnd + 1 >= end) return -1
      if (bytes[valueEnd] !== carriageReturn || bytes[valueEnd + 1] !== lineFeed) return -1
      if (isLength) {
        head.length = lengthAt(bytes, at + valueFrom - from, valueEnd)
        if (head.length < 0) return -1
      }
      from = to + 2
      at = valueEnd + 2
    }
  }

  /** Keeps what was read as `head` from `start` to before `end`. */
  keep(bytes: Buffer, start: number, end: number, { length }: ResponseHead): void {
    this.forget()
    if (end - start > bytesMax) return
    const known = Buffer.from(bytes.subarray(start, end))
    this.#known = viewOf(known)
    this.#lines = linesOf(known)
    this.#length = length
  }

  forget(): void {
    this.#lines = []
  }

  #lookAt(buffer: Buffer): void {
    if (buffer === this.#buffer) return
    this.#buffer = buffer
    this.#bytes = viewOf(buffer)
  }

  /** Up to where the known bytes from one place are those from `start` to before `end`. */
  #likeUntil(from: number, start: number, end: number): number {
    const [known, bytes] = [this.#known, this.#bytes]
    const until = Math.min(known.byteLength, from + end - start)
    const away = start - from
    let like = from
    // Four bytes at a time, which takes as long as one.
    while (like + 4 <= until && known.getInt32(like) === bytes.getInt32(like + away)) like += 4
    while (like < until && known.getInt8(like) === bytes.getInt8(like + away)) like += 1
    return like
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView {
  return new DataView(buffer, byteOffset, byteLength)
}

function linesOf(head: Buffer): KnownLine[] {
  const lines: KnownLine[] = []
  for (let from = 0; from < head.length;) {
    const to = head.indexOf('\r\n', from)
    const nameEnd = head.indexOf(colon, from)
    // The status line and the empty one have no name.
    const isFixed =
      from === 0 || to === from || framingNames.some((name) => isName(head, from, nameEnd, name))
    const isLength = isName(head, from, nameEnd, contentLength)
    lines.push({ valueFrom: isFixed ? Number.POSITIVE_INFINITY : nameEnd + 1, to, isLength })
    from = to + 2
  }
  return lines
}
