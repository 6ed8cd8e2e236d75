import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createRedis, type RedisClient } from '../src/redis.ts'
import { startServers, type TestServers } from './server.ts'

/** A way to Redis on which nothing arrives any more while it is cut, and nobody is told. */
interface Way {
  readonly url: string
  isCut: boolean
  close(): Promise<void>
}

let servers: TestServers
let way: Way
let redis: RedisClient

beforeAll(async () => {
  servers = await startServers()
})

afterAll(() => servers.stop())

beforeEach(async () => {
  way = await openWay(new URL(servers.redisUrl))
  redis = createRedis({ url: way.url, onError: () => undefined })
  await isReady(true)
})

afterEach(async () => {
  if (redis.isOpen) redis.destroy()
  await way.close()
})

async function openWay(to: URL): Promise<Way> {
  const sockets = new Set<Socket>()
  const carry = (from: Socket, onto: Socket): void => {
    sockets.add(from)
    from.on('data', (data) => {
      if (!way.isCut) onto.write(data)
    })
    from.on('error', () => undefined)
    from.on('close', () => onto.destroy())
  }
  const server: Server = createServer((client) => {
    const there = connect(Number(to.port), to.hostname)
    carry(client, there)
    carry(there, client)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const from = new URL(to)
  from.port = String((server.address() as AddressInfo).port)
  return {
    url: from.href,
    isCut: false,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

const isReady = (expected: boolean): Promise<void> =>
  expect.poll(() => redis.isReady, { interval: 5, timeout: 30_000 }).toBe(expected)

test('notices that nobody answers though it goes on asking, and is back when somebody does', async () => {
  way.isCut = true
  const asked: Promise<unknown>[] = []
  const asking = setInterval(() => asked.push(redis.get('toy').catch(() => 'failed')), 50)
  const first = redis.get('toy').catch(() => 'failed')
  await isReady(false)
  clearInterval(asking)
  expect(await first).toBe('failed')
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['failed']))
  expect(await redis.get('toy').catch(() => 'failed')).toBe('failed')
  way.isCut = false
  await isReady(true)
  expect(await redis.get('toy')).toBeNull()
})

test('takes so many commands that wait for an answer and no more', async () => {
  way.isCut = true
  const waiting = Array.from({ length: 10_000 }, () => redis.get('toy').catch(() => 'failed'))
  await expect(redis.get('toy')).rejects.toThrow('full')
  redis.destroy()
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(['failed']))
})

test('closes, though nobody answers what was asked before', async () => {
  way.isCut = true
  const asked = redis.get('toy').catch(() => 'failed')
  await redis.close()
  expect(await asked).toBe('failed')
})
