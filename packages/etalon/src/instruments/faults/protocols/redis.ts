import type { Message } from '../fault.ts'
import { MessageStream, type Framer } from './framer.ts'

const code = (sign: string): number => sign.charCodeAt(0)
const array = code('*')
const push = code('>')
const attribute = code('|')
const pairs = new Set([code('%'), attribute])
const lists = new Set([array, push, code('~')])
const blobs = new Set([code('$'), code('='), code('!')])
const argumentBytesMax = 4_096

/** Commands that are answered once for each of their arguments. */
const answeredEach = /^[ps]?(?:un)?subscribe$/i

/**
 * Splits a Redis connection into commands and replies (RESP2 and RESP3, "Redis serialization
 * protocol specification"). The text of a request is the command and its arguments with a space
 * between them, each up to 4 KiB. Each command is answered by one reply; what a server pushes on its
 * own in RESP3 answers none.
 */
export function redisFramer(): Framer {
  let requests = 0
  let answers = 0
  const matters = (): boolean => false
  const streams = {
    up: new MessageStream({
      measure: measureCommand,
      matters,
      read: (message): Message => {
        const words = wordsOf(message)
        const each = answeredEach.test(words[0] ?? '') ? Math.max(1, words.length - 1) : 1
        requests += each
        return { request: requests, text: words.join(' ') }
      },
    }),
    down: new MessageStream({
      measure: measureValue,
      matters,
      read: (message): Message => {
        if (message[0] === push) return {}
        answers += 1
        return { answers, completes: true }
      },
    }),
  }
  return {
    follow: (data, direction) => streams[direction].follow(data),
    push: (data, direction) => streams[direction].push(data),
    release: (direction) => streams[direction].release(),
  }
}

/** A command is an array of blobs, or words on a line as a person types them. */
function measureCommand(bytes: Buffer, start: number): number | undefined {
  if (bytes[start] === array) return measureValue(bytes, start)
  const end = bytes.indexOf('\r\n', start)
  return end < 0 ? undefined : end + 2 - start
}

/** Length of a value with all that it holds. */
function measureValue(bytes: Buffer, start: number): number | undefined {
  let at = start
  for (let values = 1; values > 0; values -= 1) {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd < 0) return undefined
    const sign = bytes[at] as number
    const size = Number(bytes.toString('latin1', at + 1, lineEnd))
    at = lineEnd + 2
    if (blobs.has(sign) && size >= 0) at += size + 2
    else if (lists.has(sign) && size > 0) values += size
    // Attributes stand before the value that they belong to.
    else if (pairs.has(sign)) values += 2 * size + (sign === attribute ? 1 : 0)
  }
  return at - start
}

function wordsOf(message: Buffer): string[] {
  if (message[0] !== array) return message.toString('utf8').trim().split(/\s+/)
  const words: string[] = []
  let at = message.indexOf('\r\n') + 2
  while (at > 1 && at < message.length) {
    const lineEnd = message.indexOf('\r\n', at)
    if (lineEnd < 0) break
    const size = Number(message.toString('latin1', at + 1, lineEnd))
    const start = lineEnd + 2
    words.push(message.toString('utf8', start, start + Math.min(size, argumentBytesMax)))
    at = start + size + 2
  }
  return words
}
