import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startPostgres, type OwnPostgresServer } from '../../src/environment/postgres/server.ts'
import { startReaper, type Reaper } from '../../src/environment/reaper.ts'
import {
  bandwidth,
  cut,
  halfOpen,
  hold,
  latency,
  limitBytes,
  openLink,
  reset,
  slice,
  slowClose,
  statement,
  type Link,
} from '../../src/instruments/faults/index.ts'
import { describeFaultContract, dial, echoServer, exchange } from './fault.contract.ts'

describeFaultContract('cut', (when) => cut(when))
describeFaultContract('reset', (when) => reset(when))
describeFaultContract('hold', (when) => hold(when))
describeFaultContract('latency', (when) => latency(20, when))
describeFaultContract('bandwidth', (when) => bandwidth(100, { direction: 'both', ...when }))
describeFaultContract('half-open', (when) => halfOpen(when))
describeFaultContract('limit-bytes', (when) => limitBytes(3, when))
describeFaultContract('slice', (when) => slice(1, when))
describeFaultContract('slow-close', (when) => slowClose(60_000, when))

test('latency delays each answer by its amount and keeps their order and number', async () => {
  const { server, port } = await echoServer()
  const link = await openLink({ host: '127.0.0.1', port, protocol: 'tcp', seed: 's' })
  const fault = await link.inject(latency(50))
  const socket = await dial(link)
  const startedAt = performance.now()
  expect((await exchange(socket, Buffer.from('ping'), 4)).toString()).toBe('ping')
  const tookMs = performance.now() - startedAt
  expect(tookMs).toBeGreaterThanOrEqual(49)
  const waves = Buffer.alloc(600_000, 'wave')
  expect(await exchange(socket, waves, waves.length)).toEqual(waves)
  socket.destroy()
  await fault.heal()
  await link.close()
  server.close()
})

describe('a link to PostgreSQL', () => {
  let reaper: Reaper
  let postgres: OwnPostgresServer
  let folder: string
  let link: Link
  let client: Client

  beforeAll(async () => {
    folder = mkdtempSync(join(os.tmpdir(), 'etalon-faults-'))
    reaper = await startReaper()
    postgres = await startPostgres({ lease: reaper.lease, logFile: join(folder, 'postgres.log') })
    await direct('create table account (id int primary key, balance int)')
  })
  afterAll(async () => {
    await reaper.release()
    rmSync(folder, { recursive: true })
  })
  beforeEach(async () => {
    await direct('truncate account')
    await direct('insert into account values (1, 100), (2, 0)')
    link = await openLink({
      host: '127.0.0.1',
      port: postgres.port,
      protocol: 'postgres',
      seed: 's',
    })
    client = await connected()
  })
  afterEach(async () => {
    await client.end().catch(() => {})
    await link.close()
  })

  const connected = async (): Promise<Client> => {
    const url = new URL(postgres.adminUrl('postgres'))
    url.port = String(link.port)
    const opened = new Client({ connectionString: url.href })
    opened.on('error', () => {})
    await opened.connect()
    return opened
  }
  const direct = async (text: string): Promise<unknown[]> => {
    const admin = new Client({ connectionString: postgres.adminUrl('postgres') })
    await admin.connect()
    const { rows } = await admin.query(text)
    await admin.end()
    return rows as unknown[]
  }
  const balances = (): Promise<unknown[]> => direct('select balance from account order by id')
  const transfer = async (): Promise<string> => {
    try {
      await client.query('begin')
      await client.query('update account set balance = balance - $1 where id = 1', [30])
      await client.query({
        name: 'credit',
        text: 'update account set balance = balance + $1 where id = 2',
        values: [30],
      })
      await client.query('commit')
      return 'acknowledged'
    } catch (error) {
      return `failed: ${(error as Error).message}`
    }
  }

  test('carries everything while no fault is at work', async () => {
    expect(await transfer()).toBe('acknowledged')
    expect(await balances()).toEqual([{ balance: 70 }, { balance: 30 }])
    const { rows } = await client.query('select repeat($1, 5000000) as text', ['x'])
    expect((rows[0] as { text: string }).text).toHaveLength(5_000_000)
  })

  test('cuts before a statement of a named prepared statement: nothing is applied', async () => {
    const fault = await link.inject(cut(statement(/balance \+/)))
    expect(await transfer()).toMatch(/^failed/)
    expect(await balances()).toEqual([{ balance: 100 }, { balance: 0 }])
    expect(await fault.heal()).toMatchObject({ connections: 1, messages: 1 })
  })

  test('cuts after COMMIT was applied and before its answer: the outcome is unknown', async () => {
    const fault = await link.inject(cut(statement(/^commit$/i, { at: 'answer' })))
    expect(await transfer()).toMatch(/^failed/)
    expect(await balances()).toEqual([{ balance: 70 }, { balance: 30 }])
    expect((await fault.heal()).messages).toBe(1)
  })

  test('takes the nth match, as often as it is told', async () => {
    const fault = await link.inject(hold(statement(/^select 7/, { nth: 2, times: 1 })))
    await client.query('select 7')
    const second = client.query('select 7 as seven')
    await fault.held()
    let answered = false
    void second.then(() => {
      answered = true
    })
    await direct('select 1')
    expect(answered).toBe(false)
    expect((await fault.heal()).messages).toBe(1)
    expect((await second).rows).toEqual([{ seven: 7 }])
    await client.query('select 7')
  })

  test('tells when so many messages are held, and counts those held before it was asked', async () => {
    const others = [await connected(), await connected()]
    const fault = await link.inject(hold(statement(/^select 7/)))
    const answers = [client, ...others].map((one) => one.query('select 7 as seven'))
    await fault.held({ count: 3 })
    await fault.held()
    await fault.held({ count: 2 })
    expect(await direct('select 1 as one')).toEqual([{ one: 1 }])
    expect((await fault.heal()).messages).toBe(3)
    for (const answer of answers) expect((await answer).rows).toEqual([{ seven: 7 }])
    for (const other of others) await other.end()
  })

  test('a fault injected in the middle of a message does not send its beginning twice', async () => {
    const text = `select length('${'y'.repeat(3_000_000)}') as length`
    const running = client.query(text)
    const fault = await link.inject(latency(1, { direction: 'both' }))
    expect((await running).rows).toEqual([{ length: 3_000_000 }])
    expect((await client.query('select 5 as five')).rows).toEqual([{ five: 5 }])
    await fault.heal()
    expect((await client.query('select 6 as six')).rows).toEqual([{ six: 6 }])
  })
})
