import { once } from 'node:events'
import { connect, type AddressInfo, type Socket } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createApp, type App } from './app.ts'
import { requestError } from './errors.ts'
import { liveRoute } from './live-route.ts'
import type { LiveSocket } from './live-socket.ts'

const heartbeatMs = 1_000

let app: App
let url: string
let role: string | undefined
let epoch: number
let opened: LiveSocket[]
let admit: (request: FastifyRequest) => Promise<void>
let clients: WebSocket[]

beforeEach(async () => {
  role = 'viewer'
  epoch = 0
  opened = []
  admit = () => Promise.resolve()
  clients = []
  app = await createApp({
    system: 'TOY',
    info: { title: 'Toy shop', version: '1.0.0', description: 'Sells toys' },
    logLevel: 'silent',
    bodyLimitBytes: 1_024,
    auth: {
      secret: 'a-secret-of-at-least-32-characters',
      issuer: 'toy-shop',
      tokenLifetimeS: 60,
      findAccount: (subject) =>
        subject === 'gone' || role === undefined ? undefined : { role, epoch },
    },
    rateLimit: { name: 'toy-shop', max: 1_000, windowMs: 60_000 },
    constraints: {},
    checks: {},
  })
  // Hearts beat when a test says so: how fast a busy machine answers decides nothing here.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  await liveRoute(app, {
    path: '/live',
    roles: ['viewer'],
    messageBytesMax: 100,
    socketsPerUserMax: 2,
    queue: { messagesMax: 50, lengthMax: 1_000_000 },
    heartbeatMs,
    admit: (request) => admit(request),
    onOpen: (socket) => {
      opened.push(socket)
      socket.onText((text) => socket.send(`heard ${text}`))
    },
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  url = `127.0.0.1:${(app.server.address() as AddressInfo).port}`
})

afterEach(async () => {
  vi.useRealTimers()
  for (const client of clients) client.close()
  await app.close()
})

const token = (subject = 'ann'): string => app.issueToken({ subject, role: 'viewer', epoch: 0 })

interface Client {
  readonly texts: string[]
  readonly socket: WebSocket
  /** `open`, or `closed` with the code; 1006 is a connection that was never made. */
  state: string
}

function open(headers: Record<string, string>): Client {
  const socket = new WebSocket(`ws://${url}/live`, { headers })
  const client: Client = { texts: [], socket, state: 'connecting' }
  clients.push(socket)
  socket.addEventListener('open', () => {
    client.state = 'open'
  })
  socket.addEventListener('close', ({ code }) => {
    client.state = `closed ${code}`
  })
  socket.addEventListener('message', ({ data }) => client.texts.push(String(data)))
  return client
}

const bearer = (subject?: string): Record<string, string> => ({
  authorization: `Bearer ${token(subject)}`,
})

const settles = (client: Client, state: string): Promise<void> =>
  expect.poll(() => client.state, { interval: 2, timeout: 30_000 }).toBe(state)

/** Says something and waits for the answer. */
async function hears(client: Client, text: string): Promise<void> {
  client.socket.send(text)
  const last = (): string | undefined => client.texts.at(-1)
  await expect.poll(last, { interval: 1, timeout: 30_000 }).toBe(`heard ${text}`)
}

/** The status of the answer to somebody who wants a socket. */
async function statusFor(headers: Record<string, string>): Promise<number> {
  const socket = await handshake(headers)
  const [answer] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer.toString())?.[1])
}

async function handshake(headers: Record<string, string>): Promise<Socket> {
  const [host, port] = url.split(':')
  const socket = connect(Number(port), host)
  await once(socket, 'connect')
  const lines = Object.entries({
    host: url,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`)
  socket.write(`GET /live HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
  return socket
}

describe('a lasting connection', () => {
  test('is for those who are signed in, in a role that may', async () => {
    expect(await statusFor(bearer())).toBe(101)
    expect(await statusFor({})).toBe(401)
    expect(await statusFor(bearer('gone'))).toBe(401)
    role = 'other'
    expect(await statusFor(bearer())).toBe(403)
  })

  test('with a session is for pages of this origin only', async () => {
    const cookie = `session=${token()}`
    expect(await statusFor({ cookie, origin: `http://${url}` })).toBe(101)
    expect(await statusFor({ cookie, origin: 'http://elsewhere.example' })).toBe(403)
    expect(await statusFor({ cookie, origin: 'null' })).toBe(403)
    expect(await statusFor({ cookie })).toBe(403)
  })

  test('carries what each side says, in order', async () => {
    const client = open(bearer())
    await settles(client, 'open')
    for (const text of ['one', 'two', 'three']) client.socket.send(text)
    await expect
      .poll(() => client.texts, { timeout: 30_000 })
      .toEqual(['heard one', 'heard two', 'heard three'])
  })

  test('ends with a message that is too long, and with one that is no text', async () => {
    const long = open(bearer())
    await settles(long, 'open')
    long.socket.send('x'.repeat(101))
    await settles(long, 'closed 1009')
    const binary = open(bearer())
    await settles(binary, 'open')
    binary.socket.send(new Uint8Array([1, 2]))
    await settles(binary, 'closed 1008')
  })

  test('is refused to who has as many as one may have, until one is closed', async () => {
    const [first, second] = [open(bearer()), open(bearer())]
    await Promise.all([settles(first, 'open'), settles(second, 'open')])
    expect(await statusFor(bearer())).toBe(429)
    expect(await statusFor(bearer('bob'))).toBe(101)
    first.socket.close()
    await expect.poll(() => statusFor(bearer()), { interval: 5, timeout: 30_000 }).toBe(101)
  })

  test('is refused to who is about to have as many, until one of these is refused', async () => {
    const { promise: word, reject: refuse } = Promise.withResolvers<void>()
    let asked = 0
    admit = () => {
      asked += 1
      return word
    }
    const waiting = [statusFor(bearer()), statusFor(bearer())]
    await expect.poll(() => asked, { interval: 2, timeout: 30_000 }).toBe(2)
    admit = () => Promise.resolve()
    expect(await statusFor(bearer())).toBe(429)
    expect(await statusFor(bearer('bob'))).toBe(101)
    refuse(new Error('no'))
    expect(await Promise.all(waiting)).toEqual([500, 500])
    await expect.poll(() => statusFor(bearer()), { interval: 5, timeout: 30_000 }).toBe(101)
  })

  test('ends when its user loses the role', async () => {
    const client = open(bearer())
    await settles(client, 'open')
    role = undefined
    vi.advanceTimersByTime(heartbeatMs)
    await settles(client, 'closed 1008')
  })

  test('ends when its user has signed out', async () => {
    const client = open(bearer())
    await settles(client, 'open')
    epoch = 1
    vi.advanceTimersByTime(heartbeatMs)
    await settles(client, 'closed 1008')
  })

  test('ends when its user is no longer admitted, but not for want of an answer', async () => {
    const [lasting, lost] = [open(bearer()), open(bearer('bob'))]
    await Promise.all([settles(lasting, 'open'), settles(lost, 'open')])
    const asked: string[] = []
    admit = async ({ identity }) => {
      asked.push(identity?.subject ?? '')
      throw identity?.subject === 'bob' ? requestError('FORBIDDEN') : new Error('away')
    }
    vi.advanceTimersByTime(heartbeatMs)
    await settles(lost, 'closed 1008')
    expect(asked.toSorted()).toEqual(['ann', 'bob'])
    expect(lasting.state).toBe('open')
  })

  test('outlives heartbeats, and ends when nobody answers them', async () => {
    const client = open(bearer())
    await settles(client, 'open')
    const silent = await handshake(bearer('bob'))
    await once(silent, 'data')
    const ended = once(silent.resume(), 'close')
    for (const beat of ['first', 'second', 'third']) {
      vi.advanceTimersByTime(heartbeatMs)
      // What is answered to the second came after the ping and its answer.
      await hears(client, `${beat} a`)
      await hears(client, `${beat} b`)
    }
    await ended
    expect(client.state).toBe('open')
    expect(opened.map(({ isOpen }) => isOpen)).toEqual([true, false])
  })

  test('ends when the service does', async () => {
    const client = open(bearer())
    await settles(client, 'open')
    await app.close()
    await settles(client, 'closed 1001')
  })
})
