import type { PlannedRequest } from '../plan.ts'

/** A request as the fast lane sends and judges it. */
export interface PreparedRequest {
  readonly series: number
  readonly bytes: Buffer
  /** HEAD: the answer has no body whatever it says. */
  readonly bodiless: boolean
  /** For each status from 0 to 599 whether it is an answer. */
  readonly expected: Uint8Array
  readonly checkBody: ((body: Buffer) => boolean) | undefined
}

/**
 * Writes a request out once, to be sent many times.
 *
 * @throws RangeError for a line break in its path or a header, which would make two requests of it
 */
export function prepareRequest(request: PlannedRequest, authority: string): PreparedRequest {
  const { method, path, headers, body, statuses, bodyCheck } = request
  const lines = [`${method} ${path} HTTP/1.1`, `host: ${authority}`]
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`)
  for (const line of lines) {
    if (/[\r\n]/.test(line))
      throw new RangeError(`expected one line, found ${JSON.stringify(line)}`)
  }
  const content = body === undefined ? undefined : Buffer.from(body)
  if (content) lines.push(`content-length: ${content.length}`)
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  const expected = new Uint8Array(600)
  if (statuses) for (const status of statuses) expected[status] = 1
  else expected.fill(1, 200, 400)
  return {
    series: request.series,
    bytes: content ? Buffer.concat([head, content]) : head,
    bodiless: method === 'HEAD',
    expected,
    checkBody:
      bodyCheck &&
      ('equals' in bodyCheck ? equals(bodyCheck.equals) : includes(bodyCheck.includes)),
  }
}

function equals(text: string): (body: Buffer) => boolean {
  const wanted = Buffer.from(text)
  return (body) => body.equals(wanted)
}

function includes(text: string): (body: Buffer) => boolean {
  const wanted = Buffer.from(text)
  return (body) => body.includes(wanted)
}
