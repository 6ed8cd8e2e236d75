import { createServer, type Server } from 'node:net'
import fc from 'fast-check'
import { Client } from 'undici'
import { afterAll, describe, expect, test } from 'vitest'
import { KnownHead } from '../../../src/instruments/load/fast/known-head.ts'
import { readHead, type ResponseHead } from '../../../src/instruments/load/fast/response-head.ts'
import { ResponseParser } from '../../../src/instruments/load/fast/response-parser.ts'

/** What a reader of a response says of it. */
interface Reading {
  readonly status: number
  readonly body: string
}

/** Feeds a response in pieces that end at `cuts`; `undefined` when it is malformed or unfinished. */
function readInPieces(
  response: Buffer,
  cuts: readonly number[],
  head = false,
): Reading | undefined {
  return readWith(new ResponseParser(), response, cuts, head)
}

/** The same with a parser that may have read others before. */
function readWith(
  parser: ResponseParser,
  response: Buffer,
  cuts: readonly number[],
  head: boolean,
): Reading | undefined {
  parser.begin(head, true)
  const ends = [...new Set([...cuts.map((cut) => cut % response.length), response.length])]
  let start = 0
  for (const end of ends.sort((a, b) => a - b)) {
    // As on a socket: the bytes lie in a buffer that is used again.
    const shared = Buffer.from(response.subarray(start, end))
    const stopped = parser.feed(shared, 0, shared.length)
    shared.fill(0)
    if (parser.problem !== '') return undefined
    if (parser.complete && (stopped < shared.length || end < response.length)) return undefined
    start = end
  }
  return parser.close()
    ? { status: parser.status, body: parser.body().toString('latin1') }
    : undefined
}

const servers: Server[] = []
afterAll(() => {
  for (const server of servers) server.close()
})

/** A server that gives each path the response registered for it, and closes. */
async function rawServer(): Promise<{ read: (response: Buffer) => Promise<Reading | undefined> }> {
  let response: Buffer = Buffer.alloc(0)
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(response))
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    read: async (bytes) => {
      response = bytes
      const client = new Client(`http://127.0.0.1:${port}`)
      try {
        const answer = await client.request({ path: '/', method: 'GET' })
        const body = Buffer.from(await answer.body.arrayBuffer()).toString('latin1')
        return { status: answer.statusCode, body }
      } catch {
        return undefined
      } finally {
        await client.destroy()
      }
    },
  }
}

function charactersOf(text: string): string[] {
  return Array.from(text)
}

const headerName = fc.constantFrom(
  'x-a',
  'Server',
  'date',
  'Content-Type',
  'set-cookie',
  'x-10-chars',
)
const headerValue = fc.string({
  unit: fc.constantFrom(...charactersOf('abc XYZ 09;,=/"\té')),
  maxLength: 12,
})
const body = fc.string({
  unit: fc.constantFrom(...charactersOf('ab\r\n0 HTTP/1.1')),
  maxLength: 60,
})
const caseOf = fc.constantFrom(
  (text: string) => text,
  (text: string) => text.toLowerCase(),
  (text: string) => text.toUpperCase(),
)

/** Well-formed responses of every framing that the lane reads. */
const response = fc
  .record({
    status: fc.constantFrom(200, 201, 204, 304, 404, 500, 503),
    reason: fc.constantFrom(' OK', ' ', ' Not Found'),
    interim: fc.boolean(),
    headers: fc.array(fc.tuple(headerName, headerValue), { maxLength: 5 }),
    framing: fc.constantFrom('length', 'chunked', 'close'),
    body,
    chunkSize: fc.integer({ min: 1, max: 20 }),
    trailer: fc.boolean(),
    keepAlive: fc.boolean(),
    caseOf,
  })
  .map((parts) => Buffer.from(written(parts), 'latin1'))

function written(parts: {
  status: number
  reason: string
  interim: boolean
  headers: [string, string][]
  framing: string
  body: string
  chunkSize: number
  trailer: boolean
  keepAlive: boolean
  caseOf: (text: string) => string
}): string {
  const { status, headers, framing, body, chunkSize } = parts
  const bodiless = status === 204 || status === 304
  const lines = headers.map(([name, value]) => `${name}: ${value}`)
  if (parts.keepAlive) lines.push(`${parts.caseOf('Connection')}: keep-alive`)
  let payload = body
  if (framing === 'length') lines.push(`${parts.caseOf('Content-Length')}: ${body.length}`)
  if (framing === 'chunked' && !bodiless) {
    lines.push(`${parts.caseOf('Transfer-Encoding')}: ${parts.caseOf('chunked')}`)
    const chunks = body.match(new RegExp(`[^]{1,${chunkSize}}`, 'g')) ?? []
    payload = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('')
    payload += `0\r\n${parts.trailer ? 'x-trailer: yes\r\n' : ''}\r\n`
  }
  const interim = parts.interim ? 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n' : ''
  const head = `HTTP/1.1 ${status}${parts.reason}\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`
  return interim + head + (bodiless ? '' : payload)
}

describe('against undici', () => {
  test('reads every well-formed response the same, in pieces of any size', async () => {
    const { read } = await rawServer()
    await fc.assert(
      fc.asyncProperty(response, fc.array(fc.nat(), { maxLength: 30 }), async (bytes, cuts) => {
        const wanted = await read(bytes)
        expect(wanted).toBeDefined()
        expect(readInPieces(bytes, cuts)).toEqual(wanted)
      }),
      { numRuns: 500 },
    )
  })

  test('accepts nothing that undici refuses or reads otherwise', async () => {
    const { read } = await rawServer()
    const damaged = fc
      .tuple(
        response,
        fc.nat(),
        fc.constantFrom(...charactersOf('\0\r\n :;,-x0\t\x7f')),
        fc.constantFrom(0, 1),
      )
      .map(([bytes, at, byte, removed]) => {
        const place = at % Math.min(bytes.length, 120)
        return Buffer.concat([
          bytes.subarray(0, place),
          Buffer.from(byte, 'latin1'),
          bytes.subarray(place + removed),
        ])
      })
    let accepted = 0
    await fc.assert(
      fc.asyncProperty(damaged, async (bytes) => {
        const found = readInPieces(bytes, [])
        if (!found) return
        accepted += 1
        expect(await read(bytes)).toEqual(found)
      }),
      { numRuns: 5_000 },
    )
    expect(accepted).toBeGreaterThan(50)
  })
})

interface Change {
  readonly at: number
  readonly removed: number
  readonly text: string
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(),
  removed: fc.nat(3),
  text: fc
    .array(fc.constantFrom(...charactersOf('\r\n :;,-x019\t')), { maxLength: 3 })
    .map((characters) => characters.join('')),
})

test('a parser that knows a head again reads as one that has read nothing before', () => {
  const several = fc
    .tuple(response, response, fc.array(change, { maxLength: 6 }))
    .map(([one, other, changes]) => [one, other, ...changes.map((each) => changed(one, each))])
  const pieces = fc.oneof(fc.constant<number[]>([]), fc.array(fc.nat(), { maxLength: 4 }))
  const asked = fc.array(fc.tuple(fc.nat(), pieces, fc.boolean()), { maxLength: 12 })
  fc.assert(
    fc.property(several, asked, (responses, asks) => {
      let parser = new ResponseParser()
      for (const [index, cuts, head] of asks) {
        const bytes = responses[index % responses.length] as Buffer
        const found = readWith(parser, bytes, cuts, head)
        expect(found).toEqual(readInPieces(bytes, cuts, head))
        // As a connection that broke, or was closed.
        if (!found || !parser.keepAlive) parser = new ResponseParser()
      }
    }),
    { numRuns: 2_000 },
  )
})

describe('a known head', () => {
  const withId = (id: string, body = 'hello'): string =>
    `HTTP/1.1 200 OK\r\nx-request-id: ${id}\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`
  const head: ResponseHead = { status: 0, length: -1, chunked: false, keepAlive: true, problem: '' }
  const known = new KnownHead()
  const first = Buffer.from(withId('7c1e'))
  known.keep(first, 0, readHead(first, 0, first.length, head), head)

  test('is known again by its lines, whatever ids and lengths they hold', () => {
    const all = [withId('7c1e'), withId('9', 'hello, world'), withId('7c1e')].map((text) =>
      Buffer.from(text),
    )
    const found = all.map((bytes) => [known.endIn(bytes, 0, bytes.length, head), head.length])
    expect(found).toEqual(
      all.map((bytes) => [bytes.length - bodyLengthOf(bytes), bodyLengthOf(bytes)]),
    )
  })

  const others = {
    'another status': withId('7c1e').replace('200', '404'),
    'another connection': withId('7c1e').replace('close', 'Close'),
    'another name': withId('7c1e').replace('x-request-id', 'x-request-if'),
    'a further line': withId('7c1e\r\ncontent-length: 4'),
    'a line less': withId('7c1e').replace('connection: close\r\n', ''),
    'a bare carriage return': withId('7c1e\ra'),
    'a bare line feed': withId('7c1e\na'),
    'a length that is none': withId('7c1e').replace(': 5', ': 5a'),
    'an end that is still to come': withId('7c1e').slice(0, -6),
  }
  test.each(Object.entries(others))('is not known again with %s', (_what, text) => {
    const bytes = Buffer.from(text)
    expect(known.endIn(bytes, 0, bytes.length, head)).toBe(-1)
  })
})

function bodyLengthOf(bytes: Buffer): number {
  return bytes.length - bytes.indexOf('\r\n\r\n') - 4
}

/** Replaces some bytes of a response, mostly in its head. */
function changed(bytes: Buffer, { at, removed, text }: Change): Buffer {
  const place = at % Math.min(bytes.length, 160)
  return Buffer.concat([
    bytes.subarray(0, place),
    Buffer.from(text, 'latin1'),
    bytes.subarray(place + removed),
  ])
}

describe('what it refuses', () => {
  const refused = {
    'a length said twice': 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 1\r\n\r\na',
    'a length beside chunks':
      'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n',
    'a length that is no number': 'HTTP/1.1 200 OK\r\ncontent-length: 1a\r\n\r\na',
    'a coding it does not know':
      'HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n',
    'a chunk size that is no number':
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nx\r\na\r\n0\r\n\r\n',
    'bytes after the end': 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nab',
    'a folded line': 'HTTP/1.1 200 OK\r\nx-a: b\r\n c\r\ncontent-length: 0\r\n\r\n',
    'a bare line feed': 'HTTP/1.1 200 OK\ncontent-length: 0\r\n\r\n',
    'a switch of protocols': 'HTTP/1.1 101 Switching Protocols\r\n\r\n',
    'a body cut short': 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nab',
    'another protocol': 'SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n',
  }
  test.each(Object.entries(refused))('%s', (_name, text) => {
    expect(readInPieces(Buffer.from(text), [])).toBeUndefined()
    expect(
      readInPieces(
        Buffer.from(text),
        charactersOf(text).map((_, at) => at),
      ),
    ).toBeUndefined()
  })

  test('a head without an end', () => {
    const parser = new ResponseParser()
    parser.begin(false, false)
    const line = Buffer.from(`x-a: ${'b'.repeat(1_000)}\r\n`)
    parser.feed(Buffer.from('HTTP/1.1 200 OK\r\n'), 0, 17)
    for (let sent = 0; sent < 80 && parser.problem === ''; sent += 1) {
      parser.feed(line, 0, line.length)
    }
    expect(parser.problem).toContain('64 KiB')
  })

  test('HEAD has no body whatever the head says', () => {
    const text = 'HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n'
    expect(readInPieces(Buffer.from(text), [], true)).toEqual({ status: 200, body: '' })
  })
})
