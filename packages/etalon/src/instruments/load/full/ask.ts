import type { Client, Dispatcher } from 'undici'

/** A whole answer. */
export interface WholeAnswer {
  readonly status: number
  readonly headers: Dispatcher.ResponseData['headers']
  readonly text: string
}

const byteOrderMark = 0xfeff

/**
 * Sends a request and waits for its whole answer. It goes past the stream that undici makes of a body,
 * which costs more than all else that is done for a request.
 *
 * @throws what undici says of an answer that does not come
 */
export function ask(client: Client, options: Dispatcher.DispatchOptions): Promise<WholeAnswer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    let status = 0
    let headers: WholeAnswer['headers'] = {}
    client.dispatch(options, {
      onRequestStart: () => {},
      onResponseStart: (_controller, statusCode, found) => {
        // Interim responses come here too; the last one is the answer.
        status = statusCode
        headers = found
      },
      onResponseData: (_controller, piece) => {
        pieces.push(piece)
      },
      onResponseEnd: () => resolve({ status, headers, text: textOf(pieces) }),
      onResponseError: (_controller, error) => reject(error),
    })
  })
}

function textOf(pieces: readonly Buffer[]): string {
  const [first] = pieces
  const whole = first && pieces.length === 1 ? first : Buffer.concat(pieces)
  const text = whole.toString('utf8')
  return text.charCodeAt(0) === byteOrderMark ? text.slice(1) : text
}
