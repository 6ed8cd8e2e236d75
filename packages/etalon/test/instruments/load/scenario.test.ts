import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { constantRate, createLoad, users } from '../../../src/instruments/load/index.ts'
import { plainSession } from '../../../src/instruments/plain-session.ts'

const visit = new URL('visit.scenario.ts', import.meta.url)
let signIns = 0
let server: Server
let url = ''

beforeAll(async () => {
  server = createServer((request, response) => {
    const { authorization } = request.headers
    if (request.url === '/sign-in') {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        const known = (JSON.parse(body) as { secret: string }).secret === 'known'
        signIns += 1
        response.writeHead(known ? 200 : 403).end(JSON.stringify({ token: `token${signIns}` }))
      })
    } else response.writeHead(authorization ? 200 : 401).end(`${authorization} reads`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}`
})
afterAll(() => server.close())

describe('a scenario', { timeout: 60_000 }, () => {
  const load = createLoad(plainSession('scenario'))
  const options = { durationMs: 2_000, warmUpMs: 500, scenario: visit, threads: 1 }

  test('keeps what a user learnt, and tells its steps apart', async () => {
    signIns = 0
    const think = { law: 'constant', thinkMs: 20 } as const
    const run = await load(users(4, think), { ...options, url, data: { secret: 'known' } })
    expect(signIns).toBe(4)
    const { ok, check } = run.counts
    // The fifth time each of them reads is checked and fails, and every fifth after it.
    expect(check).toBeGreaterThan(0)
    expect(check).toBeLessThan(ok)
    // A step counts when it is sent: at either end of the measured part it may fall on the other
    // side than the run of its user.
    expect(Math.abs(run.named('read').counts.ok - (ok + check))).toBeLessThanOrEqual(4)
    expect(run.throughput.value).toBeGreaterThan(0)
  })

  test('of an open shape is gone through by somebody else each time', async () => {
    signIns = 0
    const run = await load(constantRate(20), { ...options, url, data: { secret: 'known' } })
    expect(run.counts.ok).toBe(40)
    // Steps count when they are sent, which may be after the second in which their run was due.
    expect(run.named('sign in').counts.ok).toBeGreaterThan(20)
    expect(run.named('sign in').counts.ok).toBeLessThanOrEqual(50)
    expect(signIns).toBe(50)
  })

  test('that is refused fails with the status', async () => {
    const run = await load(constantRate(10), { ...options, url, data: { secret: 'unknown' } })
    expect(run.counts).toMatchObject({ ok: 0, status: 20 })
    expect(run.named('sign in').counts.status).toBeGreaterThan(10)
  })

  test('needs a module that has one', async () => {
    const none = new URL('truth.ts', import.meta.url)
    await expect(load(users(1), { ...options, url, scenario: none })).rejects.toThrow(TypeError)
  })
})
