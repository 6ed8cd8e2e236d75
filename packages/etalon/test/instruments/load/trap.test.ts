import { createServer, type Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { constantRate, createLoad, users } from '../../../src/instruments/load/index.ts'
import type { LoadRun } from '../../../src/instruments/load/index.ts'
import { plainSession } from '../../../src/instruments/plain-session.ts'
import { judgeEstimate } from '../../../src/kernel/judge.ts'
import { loadTruth } from './truth.ts'

const dueOf = ({ counts }: LoadRun): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)
const below = (bound: number) => ({ kind: 'below', bound }) as const

describe('traps that other tools fell into', { timeout: 60_000 }, () => {
  test('no latency is invented: as many as starts, none shorter than the system (autocannon)', async () => {
    const run = await loadTruth('fixed:50', constantRate(100), { durationMs: 3_000 })
    expect(run.counts.ok).toBe(300)
    expect(run.latency.quantile(0.01).samples).toBe(300)
    expect(run.latency.within(49.9).value).toBe(0)
  })

  test('what was never measured is not upheld (k6)', async () => {
    const run = await loadTruth('fixed:1', constantRate(0.01), { durationMs: 1_000, warmUpMs: 0 })
    const { latency, throughput } = await loadTruth('refuse', constantRate(50), {
      durationMs: 2_000,
    })
    expect(judgeEstimate(run.latency.quantile(0.95), below(500)).verdict).toBe('inconclusive')
    // Every answer is a 503, and quick: none of them is an answer.
    expect(latency.quantile(0.95).value).toBe(Number.POSITIVE_INFINITY)
    expect(judgeEstimate(latency.quantile(0.95), below(500)).verdict).not.toBe('upheld')
    expect(throughput.value).toBe(0)
  })

  test('a system that is down has no latency, and is not asked a hundred thousand times', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    await new Promise((resolve) => server.close(resolve))
    const run = await createLoad(plainSession('down'))(users(5), {
      url: `http://127.0.0.1:${port}`,
      durationMs: 2_000,
      warmUpMs: 0,
      requests: [{ path: '/' }],
    })
    expect(run.counts.ok).toBe(0)
    // Each of the five comes again after 100 ms, or later on a busy machine.
    expect(run.counts.connection).toBeGreaterThanOrEqual(5)
    expect(run.counts.connection).toBeLessThan(150)
    expect(run.success.value).toBe(0)
  })

  test('the answer counts when it is whole, not when its first byte comes (Artillery)', async () => {
    const run = await loadTruth('drip:100', constantRate(50), { durationMs: 2_000 })
    expect(run.latency.quantile(0.05).value).toBeGreaterThanOrEqual(90)
  })

  test('what was due and found no connection is counted, and has waited (k6)', async () => {
    const run = await loadTruth('fixed:500', constantRate(20), {
      durationMs: 4_000,
      warmUpMs: 0,
      connections: 1,
      timeoutMs: 1_000,
    })
    const { ok, notStarted } = run.counts
    expect(dueOf(run)).toBe(80)
    expect(notStarted).toBeGreaterThan(60)
    expect(run.latency.quantile(0.5).value).toBe(Number.POSITIVE_INFINITY)
    expect(run.service.within(2_000).value).toBeCloseTo(ok / 80)
  })

  test('timeouts stay in as longer than all others', async () => {
    const run = await loadTruth('silent:10', users(10), { durationMs: 3_000, timeoutMs: 300 })
    expect(run.counts.timeout).toBeGreaterThanOrEqual(10)
    expect(run.counts.timeout / dueOf(run)).toBeGreaterThan(0.05)
    expect(run.latency.quantile(0.95).value).toBe(Number.POSITIVE_INFINITY)
  })

  test('cut connections are failures, and the others go on', async () => {
    const run = await loadTruth('cut:10', constantRate(200), { durationMs: 2_000 })
    expect(run.counts.connection).toBeGreaterThan(30)
    expect(dueOf(run)).toBe(400)
  })

  test('a body without a length that a reset cuts is no answer', async () => {
    const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n'
    // Each is reset when the next one asks: by then its half has been read.
    let before: Socket | undefined
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => {
        before?.resetAndDestroy()
        before = socket
        socket.write(`${head}half of the`)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const url = `http://127.0.0.1:${port}`
    const options = { url, durationMs: 1_000, warmUpMs: 0, timeoutMs: 500 }
    const load = createLoad(plainSession('cut'))
    const run = await load(constantRate(20), { ...options, requests: [{ path: '/' }] })
    server.close()
    expect(run.counts).toMatchObject({ ok: 0, connection: 19, timeout: 1 })
  })

  test('threads share the starts without a remainder (autocannon)', async () => {
    const run = await loadTruth('fixed:1', constantRate(100), { durationMs: 2_000, threads: 3 })
    expect(run.counts.ok).toBe(200)
    expect(run.driver.threads).toHaveLength(3)
  })

  test('statuses and bodies are checked where asked for', async () => {
    const requests = [
      { name: 'right', path: '/a', check: { equals: 'ok' } },
      { name: 'wrong', path: '/b', check: { includes: 'better' } },
      { name: 'strict', path: '/c', statuses: [201] },
    ]
    const run = await loadTruth('none', constantRate(90), { durationMs: 2_000, requests })
    expect(run.named('right').counts.ok).toBe(60)
    expect(run.named('wrong').counts.check).toBe(60)
    expect(run.named('strict').counts.status).toBe(60)
    expect(run.statuses).toEqual(new Map([[200, 180]]))
  })

  test('a line break in a header is refused, not sent', async () => {
    const requests = [{ path: '/', headers: { 'x-a': 'b\r\ncontent-length: 5' } }]
    await expect(
      loadTruth('none', constantRate(10), { durationMs: 1_000, requests }),
    ).rejects.toMatchObject({ code: 'ETALON_LOAD_DRIVER_FAILED' })
  })

  test('only this machine is loaded unless another is named', async () => {
    const load = createLoad(plainSession())
    const options = { durationMs: 1_000, requests: [{ path: '/' }] }
    for (const [url, code] of [
      ['http://example.com', 'ETALON_LOAD_HOST_NOT_ALLOWED'],
      ['http://10.0.0.1', 'ETALON_LOAD_HOST_NOT_ALLOWED'],
      ['http://127.0.0.1.example.com', 'ETALON_LOAD_HOST_NOT_ALLOWED'],
      ['https://localhost', 'ETALON_LOAD_TARGET_INVALID'],
      ['nowhere', 'ETALON_LOAD_TARGET_INVALID'],
    ]) {
      await expect(load(users(1), { ...options, url: url as string })).rejects.toMatchObject({
        code,
      })
    }
  })
})

test('a second rush finds the connections that the first one opened', async () => {
  // Twice all thirty are held until the last of them is there; between the two they come in turns.
  const rushes = [0, 150]
  const held: (() => void)[] = []
  let [connections, requests] = [0, 0]
  const server = createServer((socket) => {
    connections += 1
    socket.on('error', () => {})
    socket.on('data', () => {
      const answer = (): void => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')
      const isRush = rushes.some((first) => requests >= first && requests < first + 30)
      requests += 1
      if (!isRush) answer()
      else if (held.push(answer) === 30) for (const release of held.splice(0)) release()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const { port } = server.address() as { port: number }
    const think = { law: 'uniform', thinkMsMin: 1_000, thinkMsMax: 1_100 } as const
    const run = await createLoad(plainSession('rush'))(users(30, think), {
      url: `http://127.0.0.1:${port}`,
      durationMs: 8_000,
      warmUpMs: 0,
      threads: 1,
      requests: [{ path: '/' }],
    })
    expect(run.counts.ok).toBeGreaterThan(150)
    expect(connections).toBeLessThan(45)
  } finally {
    server.close()
  }
})
