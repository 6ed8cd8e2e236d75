import type { Message } from '../fault.ts'
import { MessageStream, type Framer, type MessageReader } from './framer.ts'

const sslRequest = 80_877_103
const gssRequest = 80_877_104
const typeOf = (letter: string): number => letter.charCodeAt(0)
const query = typeOf('Q')
const parse = typeOf('P')
const bind = typeOf('B')
const sync = typeOf('S')
const readyForQuery = typeOf('Z')

/** What both directions of a connection have to know of each other. */
interface Conversation {
  /** Requests that have been sent whole: each is answered by one ReadyForQuery. */
  requests: number
  answers: number
  started: boolean
  negotiating: boolean
  opaque: boolean
  /** SQL of the prepared statements, by name. */
  readonly statements: Map<string, string>
}

/**
 * Splits a PostgreSQL connection into messages (protocol 3, "Message Formats" in PostgreSQL's
 * documentation). The text of a request is its SQL: of a simple query, or, in the extended protocol,
 * of the statement that a Bind executes, named or not. An answer is complete with ReadyForQuery.
 *
 * A connection that turns to TLS cannot be read any more; its bytes pass as they are.
 */
export function postgresFramer(): Framer {
  const talk: Conversation = {
    requests: 0,
    answers: 0,
    started: false,
    negotiating: false,
    opaque: false,
    statements: new Map(),
  }
  const streams = {
    up: new MessageStream(requestReader(talk)),
    down: new MessageStream(answerReader(talk)),
  }
  return {
    follow: (data, direction) => {
      if (!talk.opaque) streams[direction].follow(data)
    },
    push: (data, direction) =>
      talk.opaque ? [{ data, message: {} }] : streams[direction].push(data),
    release: (direction) => streams[direction].release(),
  }
}

function requestReader(talk: Conversation): MessageReader {
  return {
    measure: (bytes, start) => {
      if (talk.started) return typedLength(bytes, start)
      return bytes.length - start < 8 ? undefined : bytes.readInt32BE(start)
    },
    matters: (bytes, start) => !talk.started || bytes[start] === parse,
    read: (message) => (talk.started ? requestOf(message, talk) : startupOf(message, talk)),
  }
}

function answerReader(talk: Conversation): MessageReader {
  return {
    // One byte answers the wish for encryption: S or G, and TLS follows; N, and it does not.
    measure: (bytes, start) => (talk.negotiating ? 1 : typedLength(bytes, start)),
    matters: () => false,
    read: (message) => {
      if (talk.negotiating) {
        talk.negotiating = false
        talk.opaque = message[0] !== typeOf('N')
        return {}
      }
      const answers = talk.answers + 1
      if (message[0] !== readyForQuery) return { answers }
      talk.answers = answers
      return { answers, completes: true }
    },
  }
}

/** A message with a type byte and a length that counts itself but not the type. */
function typedLength(bytes: Buffer, start: number): number | undefined {
  return bytes.length - start < 5 ? undefined : 1 + bytes.readInt32BE(start + 1)
}

function startupOf(message: Buffer, talk: Conversation): Message {
  const code = message.readInt32BE(4)
  if (code === sslRequest || code === gssRequest) {
    talk.negotiating = true
    return {}
  }
  // What is said until the session is open is one request: it ends with the first ReadyForQuery.
  talk.started = true
  talk.requests = 1
  return { request: 1 }
}

function requestOf(message: Buffer, talk: Conversation): Message {
  const request = talk.requests + 1
  const body = message.subarray(5)
  switch (message[0] as number) {
    case query:
      talk.requests = request
      return { request, text: textAt(body, 0).text }
    case sync:
      talk.requests = request
      return { request }
    case parse: {
      const name = textAt(body, 0)
      talk.statements.set(name.text, textAt(body, name.end).text)
      return { request }
    }
    case bind: {
      const portal = textAt(body, 0)
      const text = talk.statements.get(textAt(body, portal.end).text)
      return { request, ...(text === undefined ? {} : { text }) }
    }
    default:
      return { request }
  }
}

/** A text that ends with a zero byte; what there is of one that is not complete. */
function textAt(body: Buffer, start: number): { text: string; end: number } {
  const end = body.indexOf(0, start)
  return { text: body.toString('utf8', start, end < 0 ? body.length : end), end: end + 1 }
}
