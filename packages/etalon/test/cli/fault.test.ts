import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import os from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { describe, expect, test } from 'vitest'
import { freePort } from '../../src/environment/port.ts'
import { startPostgres } from '../../src/environment/postgres/server.ts'
import { startReaper } from '../../src/environment/reaper.ts'
import { planOf, type FaultFlags } from '../../src/cli/fault-option.ts'
import { fail, latency, statement } from '../../src/instruments/faults/index.ts'
import { until } from '../../src/kernel/clock.ts'
import { echoServer, exchange } from '../instruments/fault.contract.ts'

const program = new URL('../../bin/etalon.js', import.meta.url).pathname

interface Started {
  readonly child: ChildProcess
  readonly output: () => { readonly stdout: string; readonly stderr: string }
  readonly exited: Promise<number>
}

function etalonFault(...args: string[]): Started {
  const child = spawn(process.execPath, [program, 'fault', ...args], { detached: true })
  const said = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (data: Buffer) => {
      said[stream] += data.toString()
    })
  }
  const exited = once(child, 'close').then(([code]) => code as number)
  return { child, output: () => said, exited }
}

/** As a terminal does it: the signal goes to the link's process too. */
function pressCtrlC({ child }: Started): void {
  process.kill(-(child.pid as number), 'SIGINT')
}

/** The port that the link listens on, once its fault is at work. */
async function portOf({ output }: Started): Promise<number> {
  const port = await until(() => /^127\.0\.0\.1:(\d+) -> .*at work/s.exec(output().stderr)?.[1], {
    timeoutMs: 20_000,
    everyMs: 10,
  })
  expect(port, output().stderr).toBeDefined()
  return Number(port)
}

async function ask(port: number): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.on('error', () => {})
  const answer = (await exchange(socket, Buffer.from('ping'), 4)).toString()
  socket.destroy()
  return answer
}

describe('etalon fault', { timeout: 60_000 }, () => {
  test('disturbs a service, and Ctrl-C prints what was touched and ends clean', async () => {
    const { server, port } = await echoServer()
    const listen = await freePort()
    const link = `${listen}->127.0.0.1:${port}`
    const fault = etalonFault(link, '--latency', '20ms', '--limit', '4', '--json')
    expect(await portOf(fault)).toBe(listen)
    expect(await ask(listen)).toBe('ping')
    pressCtrlC(fault)
    expect(await fault.exited).toBe(0)
    const counts = JSON.parse(fault.output().stdout) as object
    expect(counts).toMatchObject({
      connections: 1,
      bytesUp: 4,
      bytesDown: 4,
      faults: [
        { fault: { kind: 'latency', delayMs: 20 }, touch: { connections: 1, bytes: 4 } },
        { fault: { kind: 'limit-bytes', bytes: 4 }, touch: { connections: 1, bytes: 4 } },
      ],
    })
    await expect(ask(listen)).resolves.toBe('')
    server.close()
  })

  test('ends with 2 when a fault touched nothing', async () => {
    const { server, port } = await echoServer()
    const fault = etalonFault(`127.0.0.1:${port}`, '--cut')
    await portOf(fault)
    pressCtrlC(fault)
    expect(await fault.exited).toBe(2)
    expect(fault.output().stdout).toContain('cut: touched nothing')
    server.close()
  })

  test('cuts after a commit was done', async () => {
    const folder = mkdtempSync(join(os.tmpdir(), 'etalon-fault-'))
    const reaper = await startReaper()
    const { lease } = reaper
    const postgres = await startPostgres({ lease, logFile: join(folder, 'postgres.log') })
    const asked = '--protocol postgres --cut after-commit --times 1'.split(' ')
    const fault = etalonFault(`127.0.0.1:${postgres.port}`, ...asked)
    const url = new URL(postgres.adminUrl('postgres'))
    url.port = String(await portOf(fault))
    const client = new Client({ connectionString: url.href })
    client.on('error', () => {})
    await client.connect()
    await client.query('begin')
    await client.query('create table entry (id int)')
    await expect(client.query('commit')).rejects.toThrow()
    const direct = new Client({ connectionString: postgres.adminUrl('postgres') })
    await direct.connect()
    expect((await direct.query('select id from entry')).rows).toEqual([])
    await direct.end()
    pressCtrlC(fault)
    expect(await fault.exited).toBe(0)
    expect(fault.output().stdout).toContain('1 connection, 1 chunk')
    await reaper.release()
    rmSync(folder, { recursive: true })
  })

  test('says that nothing listens there', async () => {
    const fault = etalonFault('127.0.0.1:1', '--cut')
    expect(await fault.exited).toBe(4)
    expect(fault.output().stderr).toContain('ETALON_FAULT_SERVICE_MISSING')
  })
})

describe('the options of etalon fault', () => {
  test.each<[string, Partial<FaultFlags>, string]>([
    ['127.0.0.1:1', {}, 'expected a fault such as'],
    ['127.0.0.1:99999', { cut: true }, 'HOST:PORT'],
    ['example.com:80', { cut: true }, 'is not this machine'],
    ['127.0.0.1:1', { cut: 'after-commit' }, '--protocol'],
    ['127.0.0.1:5432', { cut: 'sometime' }, 'before-commit'],
    ['127.0.0.1:5432', { cut: 'after:(' }, 'regular expression'],
    ['127.0.0.1:1', { latency: 'long' }, '--latency'],
    ['127.0.0.1:1', { bandwidth: '0' }, '--bandwidth'],
    ['127.0.0.1:1', { cut: true, connections: 'all' }, '--connections'],
    ['127.0.0.1:1', { cut: true, share: '200%' }, '--share'],
    ['127.0.0.1:5432', { cut: true, nth: '0' }, '--nth'],
    ['127.0.0.1:1', { cut: true, protocol: 'smtp' }, '--protocol'],
  ])('%s %j is refused', (link, flags, told) => {
    expect(() => planOf(link, { after: '0s', ...flags })).toThrow(told)
  })

  test('a fault takes the moment and the connections that it is given', () => {
    const flags = {
      fail: '40001',
      when: 'before:^update',
      nth: '3',
      connections: '2-5',
      after: '1s',
    }
    expect(planOf('15432->[::1]:5432', { ...flags, for: '1m', latency: '5ms' })).toEqual({
      listenPort: 15_432,
      host: '::1',
      port: 5_432,
      protocol: 'postgres',
      afterMs: 1_000,
      lastsMs: 60_000,
      faults: [
        latency(5, { connections: [2, 5] }),
        fail('40001', { connections: [2, 5], ...statement(/^update/i, { nth: 3 }) }),
      ],
    })
  })
})
