import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startReaper, type Reaper } from '../../../src/environment/reaper.ts'
import { startRedis, type OwnRedisServer } from '../../../src/environment/redis/server.ts'
import { cut, openLink, type Link } from '../../../src/instruments/faults/index.ts'
import {
  createMessages,
  type HeardAccount,
  type Incoming,
  type MessageFacts,
  type Messages,
} from '../../../src/instruments/messages/index.ts'
import { until, wallMs } from '../../../src/kernel/clock.ts'
import { plainSession } from '../../../src/instruments/plain-session.ts'

let reaper: Reaper
let folder: string
let redis: OwnRedisServer
let link: Link
let messages: Messages

beforeAll(async () => {
  folder = mkdtempSync(join(os.tmpdir(), 'etalon-messages-'))
  reaper = await startReaper()
  redis = await startRedis({ lease: reaper.lease, logFile: join(folder, 'redis.log') })
})
afterAll(async () => {
  await reaper.release()
  rmSync(folder, { recursive: true })
})
beforeEach(async () => {
  link = await openLink({ host: '127.0.0.1', port: redis.port, protocol: 'redis', seed: 's' })
  const through = new URL(redis.url)
  through.port = String(link.port)
  const place = { url: () => redis.url, linkUrl: () => through.href }
  messages = createMessages(plainSession('s'), place)
  await (await messages.redis()).flushAll()
})
afterEach(async () => {
  await messages.close()
  await link.close()
})

interface Body {
  readonly seq: number
  readonly at?: number
  readonly channel?: string
}

function read({ body }: Incoming): MessageFacts {
  const { seq, at, channel } = body as Body
  if (typeof seq !== 'number') throw new TypeError('it has no seq')
  return {
    sequence: seq,
    ...(at === undefined ? {} : { sentAtMs: at }),
    ...(channel === undefined ? {} : { belongsTo: channel }),
  }
}

function counts(account: HeardAccount): Record<string, number> {
  const {
    missing,
    missedInCuts,
    duplicated,
    reordered,
    late,
    leaked,
    unread,
    misshapen,
    misnamed,
  } = account
  const all = { missing, missedInCuts, duplicated, reordered, late, leaked }
  return Object.fromEntries(
    Object.entries({ ...all, unread, misshapen, misnamed })
      .map(([name, { count }]) => [name, count] as const)
      .filter(([, count]) => count > 0),
  )
}

const publishAll = async (channel: string, sequences: Iterable<number>): Promise<void> => {
  for (const seq of sequences) await messages.publish(channel, { seq, at: Date.now(), channel })
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_none, index) => from + index)

describe('a subscriber', () => {
  test('hears everything once, in order, where it belongs, and how long it took', async () => {
    const heard = await messages.subscribe(['news.a', 'news.b'], { read, lateAfterMs: 60_000 })
    await Promise.all([publishAll('news.a', range(1, 200)), publishAll('news.b', range(7, 206))])
    const account = await heard.until(400)
    expect(counts(account)).toEqual({})
    expect(account).toMatchObject({
      delivered: 400,
      receipts: 400,
      missing: { among: 400 },
      late: { among: 400 },
      cuts: [],
    })
    expect(heard.wasConnected).toBe(true)
    const { value, samples } = account.latency.quantile(0.5)
    expect(samples).toBe(400)
    expect(value).toBeGreaterThan(-1)
  })

  const planted: Record<string, readonly [readonly unknown[], Record<string, number>]> = {
    'one that is lost': [[{ seq: 1 }, { seq: 3 }], { missing: 1 }],
    'one that comes twice': [[{ seq: 1 }, { seq: 2 }, { seq: 2 }], { duplicated: 1 }],
    'two in the wrong order': [[{ seq: 1 }, { seq: 3 }, { seq: 2 }], { reordered: 1 }],
    'one from another channel': [[{ seq: 1, channel: 'other' }], { leaked: 1 }],
    'one without a sequence': [[{ seq: 'one' }], { unread: 1 }],
    'one with a broken sequence': [[{ seq: 1.5 }], { unread: 1 }],
  }
  test.each(Object.entries(planted))('sees %s', async (_name, [bodies, expected]) => {
    const heard = await messages.subscribe('news.a', { read })
    for (const body of bodies) await messages.publish('news.a', body)
    expect(counts(await heard.settled())).toEqual(expected)
  })

  test('sees one that takes too long, and not one that was sent before it listened', async () => {
    const before = wallMs()
    const heard = await messages.subscribe('news.a', { read, lateAfterMs: 0.001 })
    await messages.publish('news.a', { seq: 1, at: wallMs() })
    await messages.publish('news.a', { seq: 2, at: before })
    const account = await heard.settled()
    expect(account.late).toMatchObject({ count: 1, examples: [{ key: 'news.a', sequence: 1 }] })
    expect(account.caughtUp).toBe(1)
  })

  test('holds names and shapes against what they should be', async () => {
    const shape = { type: 'object', required: ['seq'], properties: { seq: { type: 'integer' } } }
    const names = /^news\.[a-z]+$/
    const heard = await messages.subscribe('*', { read: () => undefined, shape, names })
    await messages.publish('news.a', { seq: 1 })
    await messages.publish('News-B', { seq: 2 })
    await messages.publish('news.a', { seq: 'three' })
    await (await messages.redis()).publish('news.a', 'no JSON')
    const account = await heard.settled()
    expect(counts(account)).toEqual({ misnamed: 1, misshapen: 1, unread: 1 })
    expect(account.misnamed.examples).toEqual([{ channel: 'News-B' }])
    expect(account.misshapen.examples[0]?.departure).toBe('/seq must be integer')
    expect(account.unread.examples[0]?.text).toBe('no JSON')
    expect(account.ignored).toBe(3)
  })

  test('tells what it missed during a cut from what was lost while it was connected', async () => {
    const heard = await messages.subscribe('news.a', { read, through: 'link' })
    const witness = await messages.subscribe('news.a', { read })
    const tell = (sequence: number): void => heard.published({ key: 'news.a', sequence })
    for (const sequence of range(1, 40)) tell(sequence)
    await publishAll('news.a', [1, 2, 4, 5])
    await heard.until(4)
    const fault = await link.inject(cut())
    await link.cutAll()
    await until(() => (heard.wasConnected ? undefined : true), { timeoutMs: 10_000 })
    await publishAll('news.a', range(6, 25))
    await fault.heal()
    await heard.settled()
    await publishAll('news.a', range(26, 40))
    const account = await heard.settled()
    expect(counts(account)).toEqual({ missing: 1, missedInCuts: 20 })
    expect(account.missing.examples).toMatchObject([
      { key: 'news.a', from: 3, to: 3, before: { sequence: 2 }, after: { sequence: 4 } },
    ])
    expect(account.cuts).toHaveLength(1)
    expect([heard.wasConnected, witness.wasConnected]).toEqual([false, true])
    expect(counts(await witness.settled())).toEqual({ missing: 1 })
  })
})

test('a subscriber that is offline misses all of it, and hears what comes after', async () => {
  const heard = await messages.subscribe('news.a', { read })
  await publishAll('news.a', range(1, 10))
  await heard.until(10)
  await heard.offline(() => publishAll('news.a', range(11, 30)))
  await publishAll('news.a', range(31, 40))
  const account = await heard.settled()
  expect(counts(account)).toEqual({ missedInCuts: 20 })
  expect(account.missedInCuts.examples).toMatchObject([{ from: 11, to: 30 }])
  expect(heard.wasConnected).toBe(false)
})

describe('a reader of streams', () => {
  const append = async (sequences: Iterable<number>, stream = 'log'): Promise<void> => {
    const client = await messages.redis()
    await Promise.all(
      [...sequences].map((seq) =>
        client.xAdd(stream, '*', { message: JSON.stringify({ seq, at: Date.now() }) }),
      ),
    )
  }

  test('hears what was there before it and what comes, in order', async () => {
    await append(range(1, 2_500))
    const heard = await messages.read('log', { read })
    await append(range(2_501, 3_000))
    const account = await heard.settled()
    expect(counts(account)).toEqual({})
    expect(account.delivered).toBe(3_000)
    expect(account.caughtUp).toBeGreaterThanOrEqual(2_500)
  })

  test('begins with what comes when it is asked to, and reads a field among several', async () => {
    await append([1])
    const heard = await messages.read(['log', 'other'], { read, from: '$', field: 'message' })
    await messages.append('log', { message: '{"seq":2}', kind: 'x' })
    await messages.append('other', { message: '{"seq":9}' })
    const account = await heard.settled()
    expect(account.delivered).toBe(2)
    expect(counts(account)).toEqual({})
  })

  test.each([
    ['alone', {}],
    ['in a group', { group: { name: 'g', consumer: 'c' } }],
  ])('%s catches up after cuts, with nothing missing and nothing twice', async (_how, options) => {
    const heard = await messages.read('log', { read, through: 'link', ...options })
    for (const turn of range(0, 9)) {
      await append(range(turn * 100 + 1, turn * 100 + 100))
      await link.cutAll()
    }
    const account = await heard.settled()
    expect(counts(account)).toEqual({})
    expect(account.delivered).toBe(1_000)
    expect(account.cuts.length).toBeGreaterThan(0)
  })

  test.each([
    ['alone', {}],
    ['in a group', { group: { name: 'g', consumer: 'c' } }],
  ])('%s catches up with what came while it was offline', async (_how, options) => {
    const heard = await messages.read('log', { read, ...options })
    await append(range(1, 10))
    await heard.settled()
    await heard.offline(() => append(range(11, 30)))
    const account = await heard.settled()
    expect(counts(account)).toEqual({})
    expect(account).toMatchObject({ delivered: 30, caughtUp: 20, cuts: [{ caughtUp: 20 }] })
  })

  test('in a group hears nothing again that it heard just before it went offline', async () => {
    const heard = await messages.read('log', { read, group: { name: 'g', consumer: 'c' } })
    await append(range(1, 10))
    await heard.until(10)
    await heard.offline(() => append(range(11, 20)))
    const account = await heard.settled()
    expect(counts(account)).toEqual({})
    expect(account.delivered).toBe(20)
  })

  test('in a group acknowledges, and finds its group again when Redis has lost it', async () => {
    const heard = await messages.read('log', { read, group: { name: 'g', consumer: 'c' } })
    await append(range(1, 10))
    await heard.settled()
    const client = await messages.redis()
    expect((await client.xPending('log', 'g')).pending).toBe(0)
    await client.xGroupDestroy('log', 'g')
    await append(range(11, 20))
    const account = await heard.settled()
    expect(counts(account)).toEqual({})
    expect(account.delivered).toBe(20)
  })
})

test('a backlog tells lag, what is not acknowledged, and what overflowed unread', async () => {
  const client = await messages.redis()
  await client.xGroupCreate('log', 'g', '0', { MKSTREAM: true })
  const watch = await messages.watchBacklog('log', 'g', { everyMs: 60_000 })
  for (const seq of range(1, 10)) await messages.append('log', { message: String(seq) })
  await client.xReadGroup('g', 'c', { key: 'log', id: '>' }, { COUNT: 4 })
  expect(await messages.backlog('log', 'g')).toMatchObject({ length: 10, lag: 6, pending: 4 })
  await client.xTrim('log', 'MAXLEN', 3)
  const overflowed = { length: 3, lag: 6, pending: 4, overflowed: 3 }
  expect(await messages.backlog('log', 'g')).toMatchObject(overflowed)
  await client.xReadGroup('g', 'c', { key: 'log', id: '>' })
  const backlog = await watch.stop()
  expect(backlog.looks.at(-1)).toMatchObject({ length: 3, lag: 3, pending: 7, overflowed: 3 })
  expect(backlog).toMatchObject({ lagMax: 3, pendingMax: 7, overflowed: 3 })
  expect(await messages.backlog('log', 'nobody')).toBeUndefined()
})

test('a backlog at which nothing could be seen is no backlog of none', async () => {
  const watch = await messages.watchBacklog('nowhere', 'g', { everyMs: 60_000 })
  const unknown = { lagMax: Number.NaN, pendingMax: Number.NaN, overflowed: Number.NaN }
  expect(await watch.stop()).toEqual({ looks: [], ...unknown })
})

describe('a publication', () => {
  test('that Redis took is ok, that it refused has failed', async () => {
    await messages.subscribe('news.a', { read })
    expect(await messages.publish('news.a', { seq: 1 })).toEqual({ kind: 'ok', output: 1 })
    expect(await messages.append('log', { a: 'b' }, '7-0')).toEqual({ kind: 'ok', output: '7-0' })
    expect(await messages.append('log', { a: 'b' }, '7-0')).toMatchObject({ kind: 'failed' })
  })

  test('of unknown outcome may be delivered or not, but at most once', async () => {
    const heard = await messages.subscribe('news.a', { read })
    heard.published({ key: 'news.a', sequence: 1, outcome: 'unknown' })
    heard.published({ key: 'news.a', sequence: 2, outcome: 'unknown' })
    heard.published({ key: 'news.a', sequence: 3 })
    await publishAll('news.a', [2, 2, 3])
    const account = await heard.settled()
    expect(counts(account)).toEqual({ duplicated: 1 })
    expect(account.unknown).toEqual({ delivered: 1, notDelivered: 1 })
  })
})
