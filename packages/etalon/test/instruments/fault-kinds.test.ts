import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  bandwidth,
  cut,
  halfOpen,
  limitBytes,
  openLink,
  slice,
  slowClose,
  statement,
  type InjectedFault,
  type Link,
} from '../../src/instruments/faults/index.ts'
import { piecesOf } from '../../src/instruments/faults/piece.ts'
import { until } from '../../src/kernel/clock.ts'
import { dial, exchange } from './fault.contract.ts'

let server: Server
let link: Link
/** Connections of the service, in the order in which they came. */
const served: Socket[] = []

beforeAll(async () => {
  server = createServer({ allowHalfOpen: true }, (socket) => {
    served.push(socket)
    socket.on('error', () => {})
    socket.pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  link = await openLink({ host: '127.0.0.1', port, protocol: 'tcp', seed: 's' })
})
afterAll(async () => {
  await link.close()
  server.close()
})

const untilTouched = (fault: InjectedFault): Promise<unknown> =>
  until(async () => ((await fault.touch()).connections > 0 ? true : undefined), {
    timeoutMs: 5_000,
    everyMs: 2,
  })

test('bandwidth lets no more through than its bytes a second, and all of it', async () => {
  const fault = await link.inject(bandwidth(200_000))
  const socket = await dial(link)
  const data = Buffer.alloc(60_000, 'bytes')
  const startedAtMs = performance.now()
  expect(await exchange(socket, data, data.length)).toEqual(data)
  expect(performance.now() - startedAtMs).toBeGreaterThan(290)
  await fault.heal()
  const more = Buffer.alloc(500_000, 'more')
  expect(await exchange(socket, more, more.length)).toEqual(more)
  socket.destroy()
})

test('limit-bytes cuts after its last byte, wherever that is', async () => {
  const fault = await link.inject(limitBytes(7))
  const socket = await dial(link)
  expect((await exchange(socket, Buffer.from('seven, eight'), 12)).toString()).toBe('seven, ')
  await fault.heal()
})

test.each([limitBytes(1e6), bandwidth(1e9), slice(1e6)])(
  'what merely passes is not touched: %j',
  async (spec) => {
    const fault = await link.inject(spec)
    const socket = await dial(link)
    expect((await exchange(socket, Buffer.from('ten bytes.'), 10)).toString()).toBe('ten bytes.')
    socket.destroy()
    expect(await fault.heal()).toEqual({ connections: 0, messages: 0, bytes: 0 })
  },
)

test('a link that was closed answers nobody', async () => {
  const { port } = server.address() as { port: number }
  const closed = await openLink({ host: '127.0.0.1', port, protocol: 'tcp', seed: 's' })
  await closed.close()
  await expect(closed.traffic()).rejects.toThrow('the process of the link has ended')
})

test('half-open: what is sent vanishes, an end is not told, and healing resets', async () => {
  const before = served.length
  const fault = await link.inject(halfOpen({ connections: [1, 1] }))
  const socket = await dial(link)
  socket.write('lost')
  await untilTouched(fault)
  socket.destroy()
  const other = await dial(link)
  expect((await exchange(other, Buffer.from('?'), 1)).toString()).toBe('?')
  other.destroy()
  const atService = served[before] as Socket
  expect([atService.bytesRead, atService.readableEnded, atService.closed]).toEqual([
    0,
    false,
    false,
  ])
  const closed = new Promise((resolve) => atService.once('close', resolve))
  await fault.heal()
  await closed
})

test('slow-close tells an end late', async () => {
  const before = served.length
  const fault = await link.inject(slowClose(600_000))
  const socket = await dial(link)
  expect((await exchange(socket, Buffer.from('x'), 1)).toString()).toBe('x')
  socket.end()
  await untilTouched(fault)
  const atService = served[before] as Socket
  expect(atService.readableEnded).toBe(false)
  const ended = once(atService, 'end')
  await fault.heal()
  await ended
  socket.destroy()
})

test('the connections that come after a fault are counted from one', async () => {
  const open = await dial(link)
  await exchange(open, Buffer.from('!'), 1)
  const fault = await link.inject(cut({ connections: [2, 2] }))
  const [first, second, third] = [await dial(link), await dial(link), await dial(link)]
  const answers: string[] = []
  for (const socket of [open, first, second, third]) {
    answers.push((await exchange(socket, Buffer.from('?'), 1)).toString())
    socket.destroy()
  }
  expect(answers).toEqual(['?', '?', '', '?'])
  expect((await fault.heal()).connections).toBe(1)
})

test('a share of the connections is drawn by the seed, whatever order their bytes come in', async () => {
  const drawn = async (order: readonly number[]): Promise<string[]> => {
    const { port } = server.address() as { port: number }
    const own = await openLink({ host: '127.0.0.1', port, protocol: 'tcp', seed: 'share' })
    await own.inject(cut({ probability: 0.5 }))
    const sockets: Socket[] = []
    for (const _index of order) sockets.push(await dial(own))
    const answers: string[] = []
    for (const index of order) {
      const socket = sockets[index] as Socket
      answers[index] = (await exchange(socket, Buffer.from('?'), 1)).toString()
      socket.destroy()
    }
    await own.close()
    return answers
  }
  const answers = await drawn([0, 1, 2, 3, 4, 5, 6, 7])
  expect(new Set(answers)).toEqual(new Set(['', '?']))
  expect(await drawn([7, 3, 1, 0, 2, 6, 5, 4])).toEqual(answers)
})

test('every byte arrives as it was sent, to a slow reader and while faults come and go', async () => {
  const sent = Buffer.from(Uint32Array.from({ length: 4_000_000 }, (_none, at) => at).buffer)
  const socket = await dial(link)
  const parts: Buffer[] = []
  let received = 0
  const all = new Promise<void>((resolve) => {
    socket.on('data', (part: Buffer) => {
      parts.push(part)
      received += part.length
      if (received >= sent.length) return resolve()
      socket.pause()
      setImmediate(() => socket.resume())
    })
  })
  // At this rate each direction is in debt soon, so that the fault touches it.
  const first = await link.inject(bandwidth(1e8, { direction: 'both' }))
  socket.write(sent)
  await untilTouched(first)
  await first.heal()
  for (let round = 0; round < 5; round += 1) {
    const fault = await link.inject(bandwidth(1e8, { direction: 'both' }))
    await fault.touch()
    await fault.heal()
  }
  await all
  expect(Buffer.concat(parts).equals(sent)).toBe(true)
  socket.destroy()
})

test('pieces hold every byte once, and the last one the message', () => {
  const chunk = { data: Buffer.from('0123456789'), receivedAtMs: 1, message: { text: 'x' } }
  const sizes = [3, 1, 4, 99]
  const pieces = [...piecesOf(chunk, () => sizes.shift() ?? 0)]
  expect(pieces.map(({ data }) => data.toString())).toEqual(['012', '3', '4567', '89'])
  expect(pieces.map(({ message }) => message?.text)).toEqual([undefined, undefined, undefined, 'x'])
})

test('a trigger on messages is refused where none are read', async () => {
  await expect(link.inject(cut(statement(/x/)))).rejects.toThrow(/reads messages/)
})
