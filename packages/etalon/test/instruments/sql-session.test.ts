import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgres } from '../../src/environment/postgres/server.ts'
import { startReaper, type Reaper } from '../../src/environment/reaper.ts'
import { until } from '../../src/kernel/clock.ts'
import { plainSession } from '../../src/instruments/plain-session.ts'
import { createSql, type Sql } from '../../src/instruments/sql/index.ts'

let reaper: Reaper
let sql: Sql
let other: Sql

beforeAll(async () => {
  reaper = await startReaper()
  const logFile = `${reaper.lease.directory}/postgres.log`
  const postgres = await startPostgres({ lease: reaper.lease, logFile })
  const url = postgres.adminUrl('postgres')
  sql = createSql({ url, session: plainSession(), connections: 1 })
  other = createSql({ url, session: plainSession() })
})
afterAll(async () => {
  await Promise.all([sql.close(), other.close()])
  await reaper.release()
})

const pid = 'select pg_backend_pid()'

test('a connection that breaks while its session does something else fails its next query', async () => {
  const isGone = async (backend: number): Promise<true | undefined> =>
    (await other.value<number>('select count(*) from pg_stat_activity where pid = $1', [
      backend,
    ])) === 0 || undefined
  await sql.session(async (one) => {
    await one.run('begin')
    const backend = await one.value<number>(pid)
    await other.run('select pg_terminate_backend($1)', [backend])
    expect(await until(() => isGone(backend), { timeoutMs: 30_000 })).toBe(true)
    await expect(one.run('commit')).rejects.toThrow()
  })
  expect(await sql.value('select 1')).toBe(1)
})

test('what a session that threw left open does not meet the next query', async () => {
  const failing = sql.session(async (one) => {
    await one.run('begin')
    await one.run(`set local application_name = 'left open'`)
    throw new Error('refused')
  })
  await expect(failing).rejects.toThrow('refused')
  expect(await sql.value('show application_name')).toBe('etalon')
})

test('a session that ended well leaves its connection to the next', async () => {
  const first = await sql.session((one) => one.value<number>(pid))
  expect(await sql.value(pid)).toBe(first)
})
