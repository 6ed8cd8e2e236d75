import type { Pool } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { connectPostgres, statement, type Sql } from '../src/postgres.ts'
import { sharedReads } from '../src/shared-read.ts'
import { startServers, type TestServers } from './server.ts'

const poll = { timeout: 30_000 }

let servers: TestServers
let pool: Pool
let reads: Sql

beforeAll(async () => {
  servers = await startServers()
})

afterAll(() => servers.stop())

beforeEach(() => {
  pool = connectPostgres({
    url: servers.databaseUrl,
    applicationName: 'shared-read-test',
    poolMax: 3,
    statementTimeoutMs: 30_000,
    pipeline: true,
    onIdleError: () => undefined,
  })
  reads = sharedReads(pool)
})

afterEach(() => pool.end())

const whoAnswers = statement<{ pid: number; number: number }, [number: number]>(
  'who-answers',
  'select pg_backend_pid() as pid, $1::int as number',
)

const divide = statement<{ share: number }, [by: number]>('divide', 'select 1 / $1::int as share')

const ask = (count: number): Promise<{ pid: number; number: number }[]> =>
  Promise.all(
    Array.from({ length: count }, async (_none, number) => {
      const [row] = await whoAnswers(reads, number)
      return row as { pid: number; number: number }
    }),
  )

const pidsOf = (answers: readonly { pid: number }[]): number =>
  new Set(answers.map(({ pid }) => pid)).size

test('reads that come together share a connection, and each gets its own answer', async () => {
  const answers = await ask(32)
  expect(pidsOf(answers)).toBe(1)
  expect(answers.map(({ number }) => number)).toEqual(Array.from({ length: 32 }, (_, at) => at))
})

test('one connection takes so many, and the pool keeps its bounds', async () => {
  expect(pidsOf(await ask(33))).toBe(2)
  const answers = await ask(500)
  expect(answers.map(({ number }) => number)).toEqual(Array.from({ length: 500 }, (_, at) => at))
  expect(pool.totalCount).toBeLessThanOrEqual(3)
})

test('no connection is held when no read is under way', async () => {
  await ask(5)
  await expect.poll(() => pool.idleCount, poll).toBe(pool.totalCount)
})

test('a read that fails fails alone, and its connection is not used again', async () => {
  const [before, failed, after] = await Promise.allSettled([
    whoAnswers(reads, 1),
    divide(reads, 0),
    whoAnswers(reads, 2),
  ])
  expect(before.status).toBe('fulfilled')
  expect(failed).toMatchObject({ reason: { message: 'division by zero' } })
  expect(after).toMatchObject({ status: 'fulfilled', value: [{ number: 2 }] })
  await expect.poll(() => pool.totalCount, poll).toBe(0)
  expect(pidsOf(await ask(3))).toBe(1)
})

test('a lost connection fails the reads on it, and the next ones get another', async () => {
  const sleep = reads.query({ text: 'select pg_sleep(60)' })
  const behind = whoAnswers(reads, 1)
  const both = Promise.allSettled([sleep, behind])
  const end = async (): Promise<number | null> => {
    const { rowCount } = await pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where query = 'select pg_sleep(60)' and pid <> pg_backend_pid()`,
    )
    return rowCount
  }
  await expect.poll(end, poll).toBe(1)
  expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(pidsOf(await ask(3))).toBe(1)
})

test('a pool that cannot connect fails every read, and each time anew', async () => {
  const away = connectPostgres({
    url: 'postgres://nobody@127.0.0.1:1/none',
    applicationName: 'shared-read-test',
    poolMax: 1,
    statementTimeoutMs: 1_000,
    pipeline: true,
    onIdleError: () => undefined,
  })
  const none = sharedReads(away)
  for (let time = 0; time < 3; time += 1) {
    const answers = await Promise.allSettled([whoAnswers(none, 1), whoAnswers(none, 2)])
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  }
  await away.end()
})
