import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { plainSession } from '../../../src/instruments/plain-session.ts'
import { createSockets, type Sockets } from '../../../src/instruments/sockets/index.ts'
import { wallMs } from '../../../src/kernel/clock.ts'
import { startTalkingServer, type TalkingServer } from './talking-server.ts'

let server: TalkingServer
let sockets: Sockets

beforeEach(async () => {
  server = await startTalkingServer()
  sockets = createSockets(plainSession('s'), server.url)
})
afterEach(async () => {
  sockets.close()
  await server.close()
})

const reading = { sequence: 'event.seq', sentAt: 'event.at', position: 'seq' }
const patience = { timeoutMs: 60_000 }
const event = (seq: number): object => ({ type: 'event', event: { seq, at: wallMs() } })

const publications = (count: number): { key: string; sequence: number }[] =>
  Array.from({ length: count }, (_none, at) => ({ key: '', sequence: at + 1 }))

/** Says events 1 to `count` to everybody who is there. */
function tell(count: number): void {
  for (let seq = 1; seq <= count; seq += 1) {
    const told = event(seq)
    for (const one of server.listeners) one.say(told)
  }
}

describe('a conversation', () => {
  test('hears what is said in order, and is heard', async () => {
    server.greet = (one) => ['a', 'b'].forEach((name) => one.say({ name }))
    const one = await sockets.connect('/live?x=1', { headers: { authorization: 'Bearer me' } })
    expect(one.isOpen).toBe(true)
    expect([await one.next(), await one.next()]).toEqual([{ name: 'a' }, { name: 'b' }])
    one.say({ type: 'ping' })
    one.say('no JSON')
    const [listener] = server.listeners
    await expect
      .poll(() => listener?.heard, { timeout: 60_000 })
      .toEqual(['{"type":"ping"}', 'no JSON'])
    expect(listener?.url).toBe('/live?x=1')
    expect(listener?.headers.authorization).toBe('Bearer me')
  })

  test('knows the status with which it was refused', async () => {
    server.status = 401
    const one = await sockets.connect('/live')
    expect(one.isOpen).toBe(false)
    expect(await one.ended()).toMatchObject({ code: 1006, status: 401 })
    expect(await one.next()).toBeUndefined()
  })

  test('gives nothing when nothing comes in time', async () => {
    const one = await sockets.connect('/live', { patienceMs: 300 })
    expect(await one.next()).toBeUndefined()
    expect(await one.ended()).toBeUndefined()
  })

  test('that stops reading hears what was said meanwhile when it reads again', async () => {
    const one = await sockets.connect('/live', { patienceMs: 300 })
    one.stopReading()
    server.listeners[0]?.say({ late: true })
    expect(await one.next()).toBeUndefined()
    one.read()
    await expect.poll(() => one.next(), { timeout: 60_000 }).toEqual({ late: true })
  })
})

describe('a crowd', () => {
  test('that hears everything has an account without findings', async () => {
    const crowd = await sockets.crowd('/live', { clients: 20, reading })
    await crowd.published(publications(5))
    tell(5)
    const account = await crowd.until(5, patience)
    expect(account).toMatchObject({ clients: 20, connected: 20, delivered: 100, cuts: 0 })
    for (const name of ['missing', 'duplicated', 'reordered', 'differing', 'unexpected'] as const) {
      expect([name, account[name].count, account[name].among > 0]).toEqual([name, 0, true])
    }
    expect(account.latency.quantile(0.5).value).toBeLessThan(60_000)
    expect(account.connectTime(0.5).samples).toBe(20)
    expect(account.attempts).toHaveLength(20)
  })

  test('tells what one client lacks, got twice, in another order, or got differently', async () => {
    const crowd = await sockets.crowd('/live', { clients: 4, reading })
    await crowd.published(publications(3))
    const [lacks, twice, order, other] = server.listeners
    const say = (to: typeof lacks, ...seqs: number[]): void => {
      for (const seq of seqs) to?.say({ type: 'event', event: { seq } })
    }
    say(lacks, 1, 3)
    say(twice, 1, 2, 2, 3)
    say(order, 1, 3, 2)
    say(other, 1, 2)
    other?.say({ type: 'event', event: { seq: 3, is: 'another' } })
    for (const one of server.listeners) one.say({ type: 'end' })
    await expect
      .poll(async () => (await crowd.account()).others, { timeout: 60_000 })
      .toEqual({ end: 4 })
    const account = await crowd.account()
    const client = expect.any(Number) as number
    expect(account.missing).toMatchObject({ count: 1, examples: [{ client, from: 2 }] })
    expect(account.duplicated).toMatchObject({ count: 1, examples: [{ client, sequence: 2 }] })
    expect(account.reordered).toMatchObject({ count: 1, examples: [{ client, sequence: 2 }] })
    // Whichever text came first is the one against which the others are held.
    expect(account.differing.count).toBeGreaterThan(0)
    expect(account.differing.examples[0]).toMatchObject({ sequence: 3 })
    expect(account.latency.maxMs).toBe(Number.POSITIVE_INFINITY)
  })

  test('comes back by itself, from where it was', async () => {
    server.greet = (one) => one.say({ type: 'hello', seq: 7 })
    const crowd = await sockets.crowd('/live', {
      clients: 2,
      reading,
      reconnection: { firstMs: 1, maxMs: 10, jitter: 0.5 },
      resumeParameter: 'last_seq',
    })
    const [first, second] = server.listeners
    first?.say(event(9))
    await expect.poll(async () => (await crowd.account()).delivered, { timeout: 60_000 }).toBe(1)
    await expect
      .poll(async () => (await crowd.account()).others['hello'], { timeout: 60_000 })
      .toBe(2)
    first?.cut()
    second?.cut()
    await expect.poll(() => server.listeners.length, { timeout: 60_000 }).toBe(4)
    const urls = server.listeners.slice(2).map(({ url }) => url)
    expect(urls.toSorted()).toEqual(['/live?last_seq=7', '/live?last_seq=9'])
    expect((await crowd.connected(patience)).cuts).toBe(2)
  })

  test('tries again and again while nobody lets it in, each time later', async () => {
    const crowd = await sockets.crowd('/live', {
      clients: 1,
      reading,
      reconnection: { firstMs: 20, maxMs: 80, jitter: 0 },
    })
    server.status = 503
    await crowd.cut()
    const tries = async (): Promise<number> => (await crowd.account()).attempts.length
    await expect.poll(tries, { timeout: 60_000 }).toBeGreaterThan(4)
    server.status = 101
    const account = await crowd.connected(patience)
    const [, ...again] = account.attempts
    expect(again.map(({ number }) => number)).toEqual(again.map((_try, at) => at + 1))
    expect(again.at(-1)?.hasSucceeded).toBe(true)
    const pauses = again.slice(1).map(({ atMs }, at) => atMs - (again[at]?.atMs ?? 0))
    expect(pauses[0]).toBeGreaterThanOrEqual(38)
    expect(pauses[1]).toBeGreaterThanOrEqual(78)
    expect(account.attemptsWithin(1)).toBe(1)
  })

  test('says what it is told to, some or all of it', async () => {
    const crowd = await sockets.crowd('/live', { clients: 3, reading })
    await crowd.say({ type: 'ping' }, [1])
    await crowd.say('all')
    const heard = (): string =>
      server.listeners
        .map((one) => one.heard.join())
        .toSorted()
        .join(' ')
    await expect.poll(heard, { timeout: 60_000 }).toBe('all all {"type":"ping"},all')
  })

  test('whose process ended says so', async () => {
    const crowd = await sockets.crowd('/live', { clients: 1, reading })
    crowd.close()
    await expect(crowd.until(1)).rejects.toMatchObject({ code: 'ETALON_SOCKETS_DRIVER_FAILED' })
  })
})
