import { KnownHead } from './known-head.ts'
import { isText, isToken, readHead, type ResponseHead } from './response-head.ts'

/** What a response is made of, as far as the parser has come. */
const phase = {
  head: 0,
  body: 1,
  untilClose: 2,
  chunkSize: 3,
  chunkData: 4,
  chunkEnd: 5,
  trailers: 6,
  complete: 7,
  malformed: 8,
} as const
type Phase = (typeof phase)[keyof typeof phase]

const headBytesMax = 65_536
const nothing = Buffer.alloc(0)
const [carriageReturn, lineFeed] = [13, 10]

/**
 * Reads HTTP/1.1 responses off a connection, one at a time, in pieces of any size. It takes less
 * than the standard allows and guesses nothing: what it does not know (other transfer codings, chunk
 * extensions, bare line feeds, folded lines) is malformed, with the reason in `problem`. What it
 * accepts, llhttp accepts with the same meaning; tests hold it against undici.
 *
 * Source: RFC 9112.
 */
export class ResponseParser {
  status = 0
  bodyBytes = 0
  /** Whether the connection may be used again after this response. */
  keepAlive = true
  /** Why the response cannot be read; empty while it can. */
  problem = ''
  #phase: Phase = phase.head
  #bodiless = false
  #collect = false
  #left = 0
  #sizeDigits = 0
  #carry: Buffer = nothing
  #pieces: Buffer[] = []
  readonly #known = new KnownHead()
  /** What the head says that was read last; but for its length the known one says that too. */
  readonly #head: ResponseHead = {
    status: 0,
    length: -1,
    chunked: false,
    keepAlive: true,
    problem: '',
  }

  /**
   * Makes ready for the next response.
   *
   * @param bodiless the request was HEAD, so that the response has no body whatever it says
   * @param collect keep the body for `body()`
   */
  begin(bodiless: boolean, collect: boolean): void {
    this.#phase = phase.head
    this.#bodiless = bodiless
    this.#collect = collect
    this.bodyBytes = 0
    this.problem = ''
    if (this.#carry.length > 0) this.#carry = nothing
    if (this.#pieces.length > 0) this.#pieces = []
  }

  get complete(): boolean {
    return this.#phase === phase.complete
  }

  /** The body, when `begin` asked to collect it. */
  body(): Buffer {
    return Buffer.concat(this.#pieces)
  }

  /**
   * Takes bytes from `start` to before `end`; gives where it stopped, which is `end` unless the
   * response is complete or malformed. The bytes are not kept.
   */
  feed(bytes: Buffer, start: number, end: number): number {
    let at = start
    while (at < end && this.#phase < phase.complete) {
      switch (this.#phase) {
        case phase.head:
          at = this.#feedHead(bytes, at, end)
          break
        case phase.body:
        case phase.untilClose:
        case phase.chunkData:
          at = this.#feedBody(bytes, at, end)
          break
        case phase.chunkSize:
          at = this.#feedChunkSize(bytes, at)
          break
        case phase.chunkEnd:
          at = this.#feedChunkEnd(bytes, at)
          break
        case phase.trailers:
          at = this.#feedTrailers(bytes, at, end)
          break
        case phase.complete:
        case phase.malformed:
          return at
      }
    }
    return at
  }

  /** Tells that the peer has closed; gives whether that ended the response in order. */
  close(): boolean {
    if (this.#phase === phase.untilClose) this.#phase = phase.complete
    return this.complete
  }

  #feedHead(bytes: Buffer, start: number, end: number): number {
    const head = this.#head
    const carried = this.#carry.length
    if (carried > 0) {
      const joined = Buffer.concat([this.#carry, bytes.subarray(start, end)])
      const after = readHead(joined, 0, joined.length, head)
      if (after < 0) return this.#headUnfinished(joined, end)
      this.#carry = nothing
      this.#headRead()
      return start + after - carried
    }
    const known = this.#known.endIn(bytes, start, end, head)
    const after = known >= 0 ? known : readHead(bytes, start, end, head)
    if (after < 0) {
      this.#known.forget()
      return this.#headUnfinished(bytes.subarray(start, end), end)
    }
    if (known < 0) this.#known.keep(bytes, start, after, head)
    this.#headRead()
    return after
  }

  #headUnfinished(seen: Buffer, end: number): number {
    if (this.#head.problem !== '') return this.#fail(this.#head.problem, end)
    if (seen.length > headBytesMax) return this.#fail('the head is longer than 64 KiB', end)
    this.#carry = Buffer.from(seen)
    return end
  }

  #headRead(): void {
    const { status, length, chunked, keepAlive } = this.#head
    if (status < 200) {
      // An interim response: the real one follows. Nobody asked to continue (100) or for another
      // protocol (101), and HTTP/1.0 has none.
      if (status <= 101 || !keepAlive)
        this.#fail(`it answers with ${status}, which was not asked for`, 0)
      return
    }
    this.status = status
    this.keepAlive = keepAlive
    if (this.#bodiless || status === 204 || status === 304) {
      this.#phase = phase.complete
    } else if (chunked) {
      this.#beginChunk()
    } else if (length >= 0) {
      this.#left = length
      this.#phase = length === 0 ? phase.complete : phase.body
    } else {
      this.keepAlive = false
      this.#left = Number.POSITIVE_INFINITY
      this.#phase = phase.untilClose
    }
  }

  #feedBody(bytes: Buffer, start: number, end: number): number {
    const stop = Math.min(end, start + this.#left)
    if (this.#collect) this.#pieces.push(Buffer.from(bytes.subarray(start, stop)))
    this.bodyBytes += stop - start
    this.#left -= stop - start
    if (this.#left === 0) {
      this.#phase = this.#phase === phase.body ? phase.complete : phase.chunkEnd
    }
    return stop
  }

  #beginChunk(): void {
    this.#phase = phase.chunkSize
    this.#left = 0
    this.#sizeDigits = 0
  }

  #feedChunkSize(bytes: Buffer, at: number): number {
    const byte = bytes[at] as number
    if (byte === lineFeed && this.#sizeDigits < 0) {
      this.#phase = this.#left === 0 ? phase.trailers : phase.chunkData
    } else if (byte === carriageReturn && this.#sizeDigits > 0) {
      this.#sizeDigits = -1
    } else {
      const digit = hexDigitOf(byte)
      if (digit < 0 || this.#sizeDigits < 0) return this.#fail('a chunk size is malformed', at)
      this.#left = this.#left * 16 + digit
      this.#sizeDigits += 1
      if (this.#sizeDigits > 13) return this.#fail('a chunk size is too long', at)
    }
    return at + 1
  }

  #feedChunkEnd(bytes: Buffer, at: number): number {
    // The line break after a chunk: `#left` counts how much of it has come.
    if (bytes[at] !== (this.#left === 0 ? carriageReturn : lineFeed)) {
      return this.#fail('a chunk does not end with a line break', at)
    }
    if (this.#left === 0) this.#left = 1
    else this.#beginChunk()
    return at + 1
  }

  #feedTrailers(bytes: Buffer, start: number, end: number): number {
    const carried = this.#carry.length
    const seen = carried > 0 ? Buffer.concat([this.#carry, bytes.subarray(start, end)]) : undefined
    const text = seen ?? bytes.subarray(start, end)
    const empty = text[0] === carriageReturn && text[1] === lineFeed
    const found = empty ? -2 : text.indexOf('\r\n\r\n')
    if (found === -1) {
      if (text.length > headBytesMax) return this.#fail('the trailers are longer than 64 KiB', end)
      this.#carry = Buffer.from(text)
      return end
    }
    const lines = empty ? [] : text.toString('latin1', 0, found).split('\r\n')
    if (!lines.every(isTrailer)) return this.#fail('a trailer is malformed', end)
    this.#carry = nothing
    this.#phase = phase.complete
    return start + found + 4 - carried
  }

  #fail(problem: string, at: number): number {
    this.problem = problem
    this.#phase = phase.malformed
    return at
  }
}

function isTrailer(line: string): boolean {
  const colon = line.indexOf(':')
  const name = line.slice(0, colon).toLowerCase()
  const framing = name === 'content-length' || name === 'transfer-encoding' || name === 'connection'
  return colon > 0 && !framing && isToken(name) && isText(line.slice(colon + 1))
}

function hexDigitOf(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48
  const lower = byte | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}
