import { once } from 'node:events'
import type { Client, Pool } from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { bellOf } from '../src/bell.ts'
import { lead, type Leader } from '../src/leader.ts'
import { connectPostgres } from '../src/postgres.ts'
import { startServers, type TestServers } from './server.ts'

const poll = { timeout: 30_000 }

let servers: TestServers
let pool: Pool
let leaders: Leader[] = []

beforeAll(async () => {
  servers = await startServers()
  pool = connectPostgres({
    url: servers.databaseUrl,
    applicationName: 'leader-test',
    poolMax: 2,
    statementTimeoutMs: 30_000,
    onIdleError: () => undefined,
  })
})

afterEach(async () => {
  await Promise.all(leaders.map((leader) => leader.stop()))
  leaders = []
})

afterAll(async () => {
  await pool.end()
  await servers.stop()
})

/** One process's share: what it did, and what it was told. */
interface Share {
  readonly leader: Leader
  readonly terms: { readonly connection: Client; readonly signal: AbortSignal }[]
  readonly errors: unknown[]
}

/** Takes part in the work; each term lasts until it is ended, or until `during` is over. */
function takePart(
  applicationName: string,
  during: (connection: Client, signal: AbortSignal) => Promise<unknown> = (_connection, signal) =>
    once(signal, 'abort'),
): Share {
  const terms: Share['terms'] = []
  const errors: unknown[] = []
  const leader = lead({
    url: servers.databaseUrl,
    applicationName,
    name: 'work',
    statementTimeoutMs: 30_000,
    async work(connection, signal) {
      terms.push({ connection, signal })
      await during(connection, signal)
    },
    onError: (error) => errors.push(error),
  })
  leaders.push(leader)
  return { leader, terms, errors }
}

/** Waits until this share has asked for the lease, and was refused. */
async function hasAsked(applicationName: string): Promise<void> {
  const asked = async (): Promise<unknown> => {
    const { rows } = await pool.query(
      `select query from pg_stat_activity where application_name = $1 and state = 'idle'`,
      [applicationName],
    )
    return rows[0]?.query
  }
  await expect.poll(asked, poll).toContain('pg_try_advisory_lock')
}

test('of two one leads, and the other when that one has stopped', async () => {
  const first = takePart('first')
  await expect.poll(() => first.terms.length, poll).toBe(1)
  const second = takePart('second')
  await hasAsked('second')
  expect([first.leader.leads, second.leader.leads]).toEqual([true, false])
  expect(second.terms).toEqual([])

  await first.leader.stop()
  expect(first.leader.leads).toBe(false)
  expect(first.terms[0]?.signal.aborted).toBe(true)
  await expect.poll(() => second.terms.length, poll).toBe(1)
  expect(second.leader.leads).toBe(true)
  expect([...first.errors, ...second.errors]).toEqual([])
})

test('who waits for the lease stops without it', async () => {
  const first = takePart('first')
  await expect.poll(() => first.leader.leads, poll).toBe(true)
  const second = takePart('second')
  await hasAsked('second')
  await second.leader.stop()
  expect(second.terms).toEqual([])
  expect(first.leader.leads).toBe(true)
})

test('work that throws is told of, and begun again', async () => {
  const failure = new Error('the work failed')
  const share = takePart('failing', async (_connection, signal) => {
    if (share.terms.length === 1) throw failure
    await once(signal, 'abort')
  })
  await expect.poll(() => share.terms.length, poll).toBe(2)
  expect(share.errors).toEqual([failure])
})

test('a lost connection ends the term, and nothing more can be written in it', async () => {
  const share = takePart('cut')
  await expect.poll(() => share.terms.length, poll).toBe(1)
  await pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cut'`,
  )
  await expect.poll(() => share.terms.length, poll).toBe(2)
  const [lost, now] = share.terms
  expect(lost?.signal.aborted).toBe(true)
  await expect(lost?.connection.query('select 1')).rejects.toThrow()
  expect(String(share.errors[0])).toContain('terminating connection')
  expect(now?.signal.aborted).toBe(false)
  expect(share.leader.leads).toBe(true)
})

test('leases of other names do not meet', async () => {
  const first = takePart('first')
  await expect.poll(() => first.leader.leads, poll).toBe(true)
  const other = lead({
    url: servers.databaseUrl,
    applicationName: 'other',
    name: 'other work',
    statementTimeoutMs: 30_000,
    work: (_connection, signal) => once(signal, 'abort').then(() => undefined),
    onError: () => undefined,
  })
  leaders.push(other)
  await expect.poll(() => other.leads, poll).toBe(true)
  expect(first.leader.leads).toBe(true)
})

test('a bell wakes the work that listens, also when it rang before the work waited', async () => {
  let woken = 0
  const listening = Promise.withResolvers<void>()
  const rung = Promise.withResolvers<void>()
  takePart('listening', async (connection, signal) => {
    const bell = bellOf(connection, signal)
    await connection.query('listen work')
    listening.resolve()
    await rung.promise
    while (!signal.aborted) {
      // Nothing but the bell wakes it: the test would not wait so long.
      await bell.rings(600_000)
      woken += 1
    }
  })
  await listening.promise
  await pool.query('notify work')
  rung.resolve()
  await expect.poll(() => woken, poll).toBe(1)
  await pool.query('notify work')
  await expect.poll(() => woken, poll).toBe(2)
})
