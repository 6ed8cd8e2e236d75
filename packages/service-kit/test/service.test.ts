import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { readConfig, serviceVariables } from '../src/config.ts'
import { openService, type OpenService, type ServiceOptions } from '../src/service.ts'
import { startServers, type TestServers } from './server.ts'

const nowhere = { database: 'postgres://nobody@127.0.0.1:1/none', redis: 'redis://127.0.0.1:1' }

let servers: TestServers

beforeAll(async () => {
  servers = await startServers()
})

afterAll(() => servers.stop())

const open = (
  findAccount: ServiceOptions['findAccount'],
  urls = { database: servers.databaseUrl, redis: servers.redisUrl },
  bounds: ServiceOptions['bounds'] = { poolMax: 3 },
): Promise<OpenService> =>
  openService({
    system: 'TOY',
    name: 'toy-shop',
    info: { title: 'Toy shop', version: '1.0.0', description: 'Sells toys' },
    env: readConfig(z.object(serviceVariables), {
      DATABASE_URL: urls.database,
      REDIS_URL: urls.redis,
      JWT_SECRET: randomBytes(32).toString('hex'),
      LOG_LEVEL: 'silent',
    }),
    bounds,
    constraints: {},
    findAccount,
  })

test('knows its callers by the database, asked once for each until one is forgotten', async () => {
  const asked: string[] = []
  const { app, accounts, close } = await open(async (subject, { pool }) => {
    asked.push(subject)
    const { rows } = await pool.query(`select case $1 when '7' then 'ADMIN' end as role`, [subject])
    return rows[0].role === null ? undefined : { role: rows[0].role, epoch: 0 }
  })
  const config = { access: { roles: ['ADMIN'] } } as const
  app.get('/toys', { config }, ({ identity }) => identity)
  const get = async (subject: string): Promise<number> => {
    const authorization = `Bearer ${app.issueToken({ subject, role: 'ADMIN', epoch: 0 })}`
    return (await app.inject({ url: '/toys', headers: { authorization } })).statusCode
  }
  expect([await get('7'), await get('7'), await get('8')]).toEqual([200, 200, 401])
  expect(asked).toEqual(['7', '8'])
  accounts.forget('7')
  await get('7')
  expect(asked).toEqual(['7', '8', '7'])
  await close()
})

test('is known to both servers by its name, and says that they answer', async () => {
  const { app, pool, redis, close } = await open(() => Promise.resolve(undefined))
  app.get('/toys', { config: { access: 'public' } }, () => 'toys')
  await expect.poll(() => redis.isReady, { timeout: 30_000 }).toBe(true)
  const ready = await app.inject('/ready')
  expect(ready.json().dependencies).toEqual({ postgres: 'up', redis: 'up' })
  await app.inject('/toys')
  expect(await redis.keys('*')).toContain('toy-shop:rate:ip:127.0.0.1')
  const { rows } = await pool.query(`select current_setting('application_name') as name`)
  expect(rows).toEqual([{ name: 'toy-shop' }])
  await close()
})

test('opens while neither server is there, and says so', async () => {
  const { app, close } = await open(() => Promise.resolve(undefined), nowhere)
  const answer = await app.inject('/ready')
  expect(answer.statusCode).toBe(503)
  expect(answer.json().dependencies).toEqual({ postgres: 'down', redis: 'down' })
  await close()
})

test('gives a connection up a second after its statement was to end, or when it is told', async () => {
  const plain = await open(() => Promise.resolve(undefined), nowhere)
  const bounds = { poolMax: 1, answerTimeoutMs: 121_000 }
  const patient = await open(() => Promise.resolve(undefined), nowhere, bounds)
  const waits = [plain, patient].map(({ pool }) => pool.options.query_timeout)
  expect(waits).toEqual([6_000, 121_000])
  await Promise.all([plain.close(), patient.close()])
})

test('closes its door, then ends its work, then its connections', async () => {
  const { app, pool, close } = await open(() => Promise.resolve(undefined))
  await app.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/health`
  expect((await fetch(url)).status).toBe(200)
  const seen: unknown[] = []
  await close({
    async stop() {
      seen.push(await fetch(url).catch(() => 'refused'))
      seen.push((await pool.query('select 1')).rowCount)
    },
  })
  expect(seen).toEqual(['refused', 1])
  expect(pool.ended).toBe(true)
})
