import fc from 'fast-check'
import { expect, test } from 'vitest'
import { framerOf } from '../../src/instruments/faults/protocols/index.ts'

const text = (value: string): Buffer => Buffer.from(`${value}\0`)
function typed(letter: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(5)
  head.write(letter)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}
function startup(code: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(8)
  head.writeInt32BE(body.length + 8)
  head.writeInt32BE(code, 4)
  return Buffer.concat([head, body])
}
const command = (...words: readonly string[]): Buffer =>
  Buffer.from(
    `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`,
  )

const conversations = {
  'postgres, up': {
    protocol: 'postgres',
    direction: 'up',
    data: Buffer.concat([
      startup(196_608, text('user'), text('x'), Buffer.of(0)),
      typed('p', text('secret')),
      typed('Q', text('begin')),
      typed('P', text('named'), text('update a set b = $1'), Buffer.of(0, 0)),
      typed('B', text(''), text('named'), Buffer.of(0, 0, 0, 0, 0, 0)),
      typed('E', text(''), Buffer.of(0, 0, 0, 0)),
      typed('S'),
      typed('Q', text(`select '${'long '.repeat(40)}'`)),
      typed('Q', text('commit')),
    ]),
    texts: ['begin', 'update a set b = $1', `select '${'long '.repeat(40)}'`, 'commit'],
    requests: [2, 3, 4, 5],
  },
  'redis, up': {
    protocol: 'redis',
    direction: 'up',
    data: Buffer.concat([
      command('SET', 'key', 'a\r\nvalue'),
      Buffer.from('PING\r\n'),
      command('SUBSCRIBE', 'one', 'two'),
      command('GET', 'ключ'),
    ]),
    texts: ['SET key a\r\nvalue', 'PING', 'SUBSCRIBE one two', 'GET ключ'],
    requests: [1, 2, 4, 5],
  },
} as const

for (const [name, { protocol, direction, data, texts, requests }] of Object.entries(
  conversations,
)) {
  /** Where to part the bytes, and whether a fault is at work for each part. */
  const parts = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.boolean()), {
    minLength: 1,
    maxLength: 60,
  })

  test(`${name}: messages are the same however their bytes come`, () => {
    fc.assert(
      fc.property(parts, (cuts) => {
        const framer = framerOf(protocol)
        const found = [...piecesOf(data, cuts)].flatMap(
          ({ piece }) => framer?.push(piece, direction) ?? [],
        )
        const messages = found.filter(({ message }) => message.text !== undefined)
        expect(messages.map(({ message }) => message.text)).toEqual(texts)
        expect(messages.map(({ message }) => message.request)).toEqual(requests)
        expect(Buffer.concat(found.map((frame) => frame.data))).toEqual(data)
      }),
    )
  })

  test(`${name}: no byte is lost or sent twice when faults come and go`, () => {
    fc.assert(
      fc.property(parts, (cuts) => {
        const framer = framerOf(protocol)
        const sent: Buffer[] = []
        const seen: string[] = []
        for (const { piece, atWork } of piecesOf(data, cuts)) {
          if (atWork) {
            for (const frame of framer?.push(piece, direction) ?? []) {
              sent.push(frame.data)
              if (frame.message.text !== undefined) seen.push(frame.message.text)
            }
          } else {
            sent.push(framer?.release(direction) as Buffer, piece)
            framer?.follow(piece, direction)
          }
        }
        sent.push(framer?.release(direction) as Buffer)
        expect(Buffer.concat(sent)).toEqual(data)
        expect(texts).toEqual(expect.arrayContaining(seen))
      }),
    )
  })
}

test('redis, down: a reply is counted once with all it holds, and what is pushed is not', () => {
  const replies = [
    '+OK\r\n',
    '$-1\r\n',
    '*2\r\n$1\r\na\r\n*1\r\n:5\r\n',
    '>3\r\n+message\r\n+channel\r\n$2\r\nhi\r\n',
    '|1\r\n+ttl\r\n:3\r\n%1\r\n+key\r\n,1.5\r\n',
    '_\r\n',
    '-ERR no\r\n',
  ]
  const framer = framerOf('redis')
  const frames = [...Buffer.from(replies.join(''))].flatMap(
    (byte) => framer?.push(Buffer.of(byte), 'down') ?? [],
  )
  expect(frames.map(({ data }) => data.toString())).toEqual(replies)
  expect(frames.map(({ message }) => message.answers)).toEqual([1, 2, 3, undefined, 4, 5, 6])
})

test('postgres: what follows an agreement on TLS passes as it is', () => {
  const framer = framerOf('postgres')
  framer?.push(startup(80_877_103), 'up')
  expect(framer?.push(Buffer.from('S'), 'down')).toHaveLength(1)
  const secret = Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1])
  expect(framer?.push(secret, 'up')).toEqual([{ data: secret, message: {} }])
})

test.each(['postgres', 'redis'] as const)('%s: TLS from the first byte passes as it is', (name) => {
  const hello = Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1])
  const answer = Buffer.from([0x16, 3, 3, 0, 122, 2])
  const framer = framerOf(name)
  expect(framer?.push(hello, 'up')).toEqual([{ data: hello, message: {} }])
  expect(framer?.push(answer, 'down')).toEqual([{ data: answer, message: {} }])
  framer?.follow(hello, 'up')
  expect(framer?.release('up')).toHaveLength(0)
})

function* piecesOf(
  data: Buffer,
  cuts: readonly (readonly [number, boolean])[],
): Generator<{ piece: Buffer; atWork: boolean }> {
  let start = 0
  for (let index = 0; start < data.length; index += 1) {
    const [length, atWork] = cuts[index % cuts.length] as readonly [number, boolean]
    yield { piece: data.subarray(start, start + length), atWork }
    start += length
  }
}
