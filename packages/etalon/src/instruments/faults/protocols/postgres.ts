import type { Direction, Message } from '../fault.ts'
import { MessageBuffer, type Frame, type Framer } from './framer.ts'

const sslRequest = 80_877_103
const gssRequest = 80_877_104

/**
 * Splits a PostgreSQL connection into messages (protocol 3, "Message Formats" in PostgreSQL's
 * documentation). The text of a request is its SQL: of a simple query, or, in the extended protocol,
 * of the statement that a Bind executes, named or not. An answer is complete with ReadyForQuery.
 *
 * A connection that turns to TLS cannot be read any more; its bytes pass as they are.
 */
export function postgresFramer(): Framer {
  const buffers: Record<Direction, MessageBuffer> = {
    up: new MessageBuffer(),
    down: new MessageBuffer(),
  }
  const statements = new Map<string, string>()
  let started = false
  let opaque = false
  let negotiating = false

  const read: Record<Direction, () => Frame | undefined> = {
    up: () => {
      if (started) return typedFrame(buffers.up, (type, body) => requestOf(type, body, statements))
      const data = buffers.up.take((buffer) =>
        buffer.length < 4 ? undefined : buffer.readInt32BE(0),
      )
      if (!data) return undefined
      const code = data.readInt32BE(4)
      if (code === sslRequest || code === gssRequest) negotiating = true
      else started = true
      return { data, message: {} }
    },
    down: () => {
      if (!negotiating) return typedFrame(buffers.down, answerOf)
      // One byte answers the wish for encryption: S or G, and TLS follows; N, and it does not.
      const data = buffers.down.take(() => 1)
      if (!data) return undefined
      negotiating = false
      opaque = data[0] !== 'N'.charCodeAt(0)
      return { data, message: {} }
    },
  }
  return {
    push: (data, direction) => {
      if (opaque) return [{ data, message: {} }]
      buffers[direction].push(data)
      const frames: Frame[] = []
      for (let frame = read[direction](); frame; frame = read[direction]()) frames.push(frame)
      return frames
    },
    pendingBytes: (direction) => buffers[direction].length,
    flush: (direction) => buffers[direction].takeAll(),
  }
}

/** A message with a type byte and a length that counts itself but not the type. */
function typedFrame(
  buffer: MessageBuffer,
  describe: (type: string, body: Buffer) => Message,
): Frame | undefined {
  const data = buffer.take((bytes) => (bytes.length < 5 ? undefined : 1 + bytes.readInt32BE(1)))
  if (!data) return undefined
  return { data, message: describe(String.fromCharCode(data[0] as number), data.subarray(5)) }
}

function requestOf(type: string, body: Buffer, statements: Map<string, string>): Message {
  switch (type) {
    case 'Q':
      return { text: textAt(body, 0).text }
    case 'P': {
      const name = textAt(body, 0)
      statements.set(name.text, textAt(body, name.end).text)
      return {}
    }
    case 'B': {
      const portal = textAt(body, 0)
      const text = statements.get(textAt(body, portal.end).text)
      return text === undefined ? {} : { text }
    }
    default:
      return {}
  }
}

function answerOf(type: string): Message {
  return type === 'Z' ? { completes: true } : {}
}

function textAt(body: Buffer, start: number): { text: string; end: number } {
  const end = body.indexOf(0, start)
  return { text: body.toString('utf8', start, end), end: end + 1 }
}
