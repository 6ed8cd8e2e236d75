import { mkdtempSync, rmSync } from 'node:fs'
import type { Socket } from 'node:net'
import os from 'node:os'
import { join } from 'node:path'
import { createClient } from '@redis/client'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startPostgres, type OwnPostgresServer } from '../../src/environment/postgres/server.ts'
import { startReaper, type Reaper } from '../../src/environment/reaper.ts'
import { startRedis, type OwnRedisServer } from '../../src/environment/redis/server.ts'
import {
  cut,
  fail,
  hold,
  latency,
  openLink,
  statement,
  type Link,
} from '../../src/instruments/faults/index.ts'

let reaper: Reaper
let folder: string
let postgres: OwnPostgresServer
let redis: OwnRedisServer

beforeAll(async () => {
  folder = mkdtempSync(join(os.tmpdir(), 'etalon-fail-'))
  reaper = await startReaper()
  const { lease } = reaper
  postgres = await startPostgres({ lease, logFile: join(folder, 'postgres.log') })
  redis = await startRedis({ lease, logFile: join(folder, 'redis.log') })
})
afterAll(async () => {
  await reaper.release()
  rmSync(folder, { recursive: true })
})

describe('PostgreSQL', () => {
  let link: Link
  let client: Client

  beforeEach(async () => {
    const { host, port } = postgres
    link = await openLink({ host, port, protocol: 'postgres', seed: 's' })
    const url = new URL(postgres.adminUrl('postgres'))
    url.port = String(link.port)
    client = new Client({ connectionString: url.href })
    client.on('error', () => {})
    await client.connect()
    await client.query('drop table if exists entry; create table entry (id int)')
  })
  afterEach(async () => {
    await client.end().catch(() => {})
    await link.close()
  })
  const ids = async (): Promise<unknown> =>
    (await client.query('select array_agg(id order by id) as ids from entry')).rows[0]

  test('fails a statement with the chosen SQLSTATE, and its transaction with it', async () => {
    const fault = await link.inject(fail('40001', statement(/insert into entry/, { nth: 2 })))
    await client.query('begin')
    await client.query('insert into entry values (1)')
    await expect(client.query('insert into entry values (2)')).rejects.toMatchObject({
      code: '40001',
      message: 'made to fail by Etalon',
    })
    await expect(client.query('select 1')).rejects.toMatchObject({ code: '25P02' })
    await client.query('rollback')
    expect(await fault.heal()).toMatchObject({ connections: 1, messages: 1 })
    expect(await ids()).toEqual({ ids: null })
  })

  test('fails a prepared statement, and only where it matches', async () => {
    const insert = (id: number): Promise<unknown> =>
      client.query({ name: 'insert', text: 'insert into entry values ($1)', values: [id] })
    await insert(1)
    const when = statement(/insert into entry/, { times: 1 })
    const fault = await link.inject(fail('23514', when, 'no'))
    await expect(insert(2)).rejects.toMatchObject({ code: '23514', message: 'no' })
    await insert(3)
    await fault.heal()
    expect(await ids()).toEqual({ ids: [1, 3] })
  })

  test('a COMMIT that fails has committed nothing and ended its transaction', async () => {
    await link.inject(fail('40001', statement(/^commit/i, { times: 1 })))
    await client.query('begin')
    await client.query('insert into entry values (1)')
    await expect(client.query('commit')).rejects.toMatchObject({ code: '40001' })
    expect(await ids()).toEqual({ ids: null })
    await client.query('begin')
    await client.query('insert into entry values (2)')
    await client.query('commit')
    expect(await ids()).toEqual({ ids: [2] })
  })

  test('what fails after the fault was healed still fails as it was asked to', async () => {
    const held = await link.inject(hold(statement(/select 5/, { at: 'answer' })))
    const fault = await link.inject(fail('55P03', statement(/select 5/)))
    const failed = expect(client.query('select 5')).rejects.toMatchObject({ code: '55P03' })
    await held.held()
    await fault.heal()
    await held.heal()
    await failed
    expect((await client.query('select 6 as six')).rows).toEqual([{ six: 6 }])
  })

  test('nothing of an answer is told before it is cut', async () => {
    await link.inject(cut(statement(/generate_series/, { at: 'answer' })))
    const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
    const before = stream.bytesRead
    await expect(client.query('select from generate_series(1, 20000)')).rejects.toThrow()
    expect(stream.bytesRead - before).toBe(0)
    expect((await link.traffic()).bytesDown).toBeGreaterThan(20_000)
  })

  test('is refused for an answer, which is of something done already', async () => {
    const spec = { ...fail('40001'), when: statement(/x/, { at: 'answer' }) }
    await expect(link.inject(spec)).rejects.toThrow(/done already/)
  })
})

describe.each([2, 3] as const)('Redis with RESP%d', (RESP) => {
  let link: Link
  const connected = async (): Promise<ReturnType<typeof createClient>> => {
    const url = new URL(redis.url)
    url.port = String(link.port)
    const socket = { reconnectStrategy: false } as const
    const client = createClient({ url: url.href, socket, RESP })
    client.on('error', () => {})
    await client.connect()
    return client as unknown as ReturnType<typeof createClient>
  }
  beforeEach(async () => {
    const { port } = redis
    link = await openLink({ host: '127.0.0.1', port, protocol: 'redis', seed: 's' })
  })
  afterEach(() => link.close())

  test('fails the command that matches, in its place among the others', async () => {
    const fault = await link.inject(fail('READONLY', statement(/^SET b/), 'a replica'))
    const client = await connected()
    const answers = await Promise.allSettled([
      client.set('a', '1'),
      client.set('b', '2'),
      client.set('c', '3'),
      client.get('c'),
    ])
    expect(
      answers.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason))),
    ).toEqual(['OK', expect.stringContaining('READONLY a replica'), 'OK', '3'])
    expect(await fault.heal()).toMatchObject({ connections: 1, messages: 1 })
    await client.set('b', '4')
    expect(await client.get('b')).toBe('4')
    client.destroy()
  })

  test('cuts after a command was done and before its answer', async () => {
    const client = await connected()
    await client.set('count', '1')
    const fault = await link.inject(cut(statement(/^INCR count$/, { at: 'answer' })))
    const [before, answer] = await Promise.allSettled([client.get('count'), client.incr('count')])
    expect([before.status, answer.status]).toEqual(['fulfilled', 'rejected'])
    expect((await fault.heal()).messages).toBe(1)
    const again = await connected()
    expect(await again.get('count')).toBe('2')
    again.destroy()
  })

  test('carries what is published while faults are at work', async () => {
    await link.inject(latency(1, { direction: 'both' }))
    const [subscriber, publisher] = [await connected(), await connected()]
    const { promise: heard, resolve: hear } = Promise.withResolvers<string>()
    await subscriber.subscribe('channel', hear)
    // Its answer can come after the message: to end a client that waits for it rejects the promise.
    expect(await publisher.publish('channel', 'hello')).toBe(1)
    expect(await heard).toBe('hello')
    subscriber.destroy()
    publisher.destroy()
  })
})
