import type { Failing, ToldError } from './failing.ts'

const letterOf = (message: Buffer): string => String.fromCharCode(message[0] ?? 0)

/**
 * A simple query is replaced by a call of a function that is not there, a Bind is given the name of
 * a statement that is not there. A COMMIT that fails has ended its transaction.
 */
export const postgresFailing: Failing = {
  spoil: (request, token) => {
    if (letterOf(request) === 'Q') {
      const ends = /^\s*(?:commit|end)\b/i.test(request.toString('utf8', 5))
      return typed('Q', text(`${ends ? 'rollback; ' : ''}select ${token}()`))
    }
    const portalEnd = request.indexOf(0, 5) + 1
    const statementEnd = request.indexOf(0, portalEnd) + 1
    return typed(
      'B',
      Buffer.concat([request.subarray(5, portalEnd), text(token), request.subarray(statementEnd)]),
    )
  },
  retell: (answer, token, error) => {
    const told = [...messagesOf(answer)].map((message) => retold(message, token, error))
    const kept = told.filter((message) => message !== undefined)
    return kept.length > 0 ? Buffer.concat(kept) : undefined
  },
}

function retold(message: Buffer, token: string, error: ToldError): Buffer | undefined {
  const letter = letterOf(message)
  if (letter === 'E' && message.includes(token)) {
    const fields = ['SERROR', 'VERROR', `C${error.code}`, `M${error.message}`].map(text)
    return typed('E', Buffer.concat([...fields, Buffer.of(0)]))
  }
  // What the rollback before a failing COMMIT says.
  const isRollback = letter === 'C' && message.toString('latin1', 5) === 'ROLLBACK\0'
  return isRollback ? undefined : message
}

/** The messages of an answer, which may come one by one or joined. */
function* messagesOf(answer: Buffer): Generator<Buffer> {
  for (let start = 0; start < answer.length;) {
    const end = start + 1 + answer.readInt32BE(start + 1)
    yield answer.subarray(start, end)
    start = end
  }
}

function typed(letter: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(letter, 0, 'latin1')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`)
}
