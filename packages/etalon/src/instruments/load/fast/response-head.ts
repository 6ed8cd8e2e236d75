/** What a head says about its response. */
export interface ResponseHead {
  status: number
  /** Of the body in bytes; -1 when the head does not say. */
  length: number
  chunked: boolean
  keepAlive: boolean
  /** Why it cannot be read; empty when it can, or when it is not all there. */
  problem: string
}

const [tab, lineFeed, carriageReturn, space, colon] = [9, 10, 13, 32, 58]
const version = Buffer.from('HTTP/1.')
export const contentLength = Buffer.from('content-length')
const transferEncoding = Buffer.from('transfer-encoding')
const connection = Buffer.from('connection')
/** Headers, beside the length, that say something about framing. */
export const framingNames = [transferEncoding, connection]
const keepAlive = Buffer.from('keep-alive')
// More do not fit into a number exactly.
const digitsMax = 15
const tokenPattern = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i

// For each byte: whether a header's name may hold it.
const inName = Uint8Array.from({ length: 256 }, (_none, byte) =>
  tokenPattern.test(String.fromCharCode(byte)) ? 1 : 0,
)
/** For each byte: whether a header's value may hold it. */
export const inValue = Uint8Array.from({ length: 256 }, (_none, byte) =>
  byte === tab || (byte >= space && byte !== 127) ? 1 : 0,
)

/**
 * Reads a head from `start`. Gives the place after its empty line, or -1 when it is not all there
 * or cannot be read, which `head.problem` tells.
 */
export function readHead(bytes: Buffer, start: number, end: number, head: ResponseHead): number {
  head.problem = ''
  head.length = -1
  head.chunked = false
  let at = readStatusLine(bytes, start, end, head)
  while (at >= 0) {
    if (at + 1 >= end) return -1
    if (bytes[at] === carriageReturn) {
      if (bytes[at + 1] !== lineFeed) return fail(head, 'the head does not end with a line break')
      return at + 2
    }
    at = readHeader(bytes, at, end, head)
  }
  return -1
}

function readStatusLine(bytes: Buffer, start: number, end: number, head: ResponseHead): number {
  for (let index = 0; index < version.length; index += 1) {
    if (start + index >= end) return -1
    if (bytes[start + index] !== version[index]) return fail(head, 'it does not start as HTTP/1')
  }
  if (end - start < 13) return -1
  const minor = bytes[start + 7] as number
  if (minor !== 48 && minor !== 49) return fail(head, 'it is neither HTTP/1.0 nor HTTP/1.1')
  head.keepAlive = minor === 49
  head.status = digitsAt(bytes, start + 9, start + 12)
  const after = bytes[start + 12]
  const spaced = bytes[start + 8] === space && (after === space || after === carriageReturn)
  if (!spaced || head.status < 100 || head.status > 599) {
    return fail(head, 'its status is not a number from 100 to 599')
  }
  return lineEnd(bytes, start + 12, end, head)
}

function readHeader(bytes: Buffer, start: number, end: number, head: ResponseHead): number {
  let at = start
  while (at < end && inName[bytes[at] as number] === 1) at += 1
  if (at === end) return -1
  if (bytes[at] !== colon || at === start) return fail(head, 'the name of a header is malformed')
  const after = lineEnd(bytes, at + 1, end, head)
  if (after < 0) return -1
  if (isName(bytes, start, at, contentLength)) readLength(bytes, at + 1, after - 2, head)
  else if (isName(bytes, start, at, connection)) readConnection(bytes, at + 1, after - 2, head)
  else if (isName(bytes, start, at, transferEncoding)) readCoding(bytes, at + 1, after - 2, head)
  if (head.problem !== '') return -1
  return after
}

/** Whether the name from `start` to before `end` is this one, which is written in small letters. */
export function isName(bytes: Buffer, start: number, end: number, name: Buffer): boolean {
  if (end - start !== name.length) return false
  for (let at = 0; at < name.length; at += 1) {
    // The bit that makes a letter small leaves the hyphen as it is, and turns only 0x0d into it,
    // which no name holds.
    if (((bytes[start + at] as number) | 32) !== name[at]) return false
  }
  return true
}

function readLength(bytes: Buffer, start: number, end: number, head: ResponseHead): void {
  if (head.length >= 0 || head.chunked) {
    fail(head, 'it says its length twice')
    return
  }
  head.length = lengthAt(bytes, start, end)
  if (head.length < 0) fail(head, 'its content-length is not a number')
}

/** The length that a value from `start` to before `end` says; -1 when it says none. */
export function lengthAt(bytes: Buffer, start: number, end: number): number {
  let at = start
  while (at < end && (bytes[at] === space || bytes[at] === tab)) at += 1
  const first = at
  let length = 0
  for (; at < end; at += 1) {
    const digit = (bytes[at] as number) - 48
    if (digit < 0 || digit > 9) break
    length = length * 10 + digit
  }
  const digits = at - first
  return digits > 0 && digits <= digitsMax && at === end ? length : -1
}

function readCoding(bytes: Buffer, start: number, end: number, head: ResponseHead): void {
  const value = bytes.toString('latin1', start, end)
  if (head.length >= 0 || head.chunked) fail(head, 'it says its length twice')
  else if (/^[ \t]*chunked$/i.test(value)) head.chunked = true
  else fail(head, `the transfer coding ${value.trim()} is not known`)
}

function readConnection(bytes: Buffer, start: number, end: number, head: ResponseHead): void {
  // What most servers say, as most write it.
  if (bytes[start] === space && isName(bytes, start + 1, end, keepAlive)) {
    head.keepAlive = true
    return
  }
  for (const option of bytes.toString('latin1', start, end).toLowerCase().split(',')) {
    if (option.trim() === 'close') head.keepAlive = false
    else if (option.trim() === 'keep-alive') head.keepAlive = true
  }
}

/** The place after the line break that ends a line of text, or -1. */
function lineEnd(bytes: Buffer, start: number, end: number, head: ResponseHead): number {
  let at = start
  while (at < end && inValue[bytes[at] as number] === 1) at += 1
  if (at + 1 >= end && (at === end || bytes[at] === carriageReturn)) return -1
  if (bytes[at] === carriageReturn && bytes[at + 1] === lineFeed) return at + 2
  return fail(head, 'a line holds a control character')
}

function digitsAt(bytes: Buffer, start: number, end: number): number {
  let value = 0
  for (let at = start; at < end; at += 1) {
    const digit = (bytes[at] as number) - 48
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

function fail(head: ResponseHead, problem: string): -1 {
  head.problem = problem
  return -1
}

/** Whether a text may be the name of a header. */
export function isToken(text: string): boolean {
  return tokenPattern.test(text)
}

/** Whether a text in Latin-1 may be the value of a header. */
export function isText(text: string): boolean {
  return Buffer.from(text, 'latin1').every((byte) => inValue[byte] === 1)
}
