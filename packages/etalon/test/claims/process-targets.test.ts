import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import os from 'node:os'
import { join } from 'node:path'
import { createClient } from '@redis/client'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { processTargetsOf } from '../../src/claims/process-targets.ts'
import { until } from '../../src/kernel/clock.ts'
import { withClient } from '../../src/environment/postgres/roles.ts'
import { startPostgres, type OwnPostgresServer } from '../../src/environment/postgres/server.ts'
import { processStates } from '../../src/environment/process-table.ts'
import { startReaper, type Reaper } from '../../src/environment/reaper.ts'
import { startRedis, type OwnRedisServer } from '../../src/environment/redis/server.ts'
import { startSystemProcess, type SystemProcess } from '../../src/environment/system-process.ts'
import {
  cpuLimit,
  kill,
  memoryLimit,
  memoryPressure,
  pause,
  restart,
  type ProcessTarget,
} from '../../src/instruments/faults/index.ts'
import { injectIntoProcess } from '../../src/instruments/faults/process-fault.ts'
import {
  describeProcessFaultContract,
  type DisturbedTarget,
} from '../instruments/process-fault.contract.ts'

/** Answers with what a process that it started has said. */
const program = `import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
const helper = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6); console.log("up")'])
const held = []
helper.stdout.once('data', () => {
  createServer((request, response) => {
    if (request.url === '/grow') held.push(Buffer.alloc(100_000_000, 1))
    response.end('ok')
  }).listen(Number(process.env.PORT), '127.0.0.1')
})
process.once('SIGTERM', () => { helper.kill(); process.exit() })
`
const mebibyte = 1_024 * 1_024

let reaper: Reaper
let folder: string
let postgres: OwnPostgresServer
let redis: OwnRedisServer
let targets: ReadonlyMap<string, ProcessTarget>
const processes = new Map<string, SystemProcess>()

beforeAll(async () => {
  folder = mkdtempSync(join(os.tmpdir(), 'etalon-targets-'))
  writeFileSync(join(folder, 'program.mjs'), program)
  reaper = await startReaper()
  const { lease } = reaper
  postgres = await startPostgres({
    lease,
    logFile: join(folder, 'postgres.log'),
    durability: 'honest',
    // Only processes are killed here: what they wrote stays with the kernel, flushed or not.
    settings: { fsync: 'off' },
  })
  redis = await startRedis({ lease, logFile: join(folder, 'redis.log') })
  const start = async (): Promise<SystemProcess> => {
    const port = processes.get('api')?.port
    const started = await startSystemProcess({
      system: 'scratch',
      name: 'api',
      definition: { command: ['node', 'program.mjs'], ready: '/' },
      cwd: folder,
      runId: lease.runId,
      logFile: join(folder, 'api.log'),
      connectionsFile: join(folder, 'connections.jsonl'),
      envOf: (onPort) => ({ PORT: String(onPort) }),
      ...(port === undefined ? {} : { port }),
    })
    processes.set('api', started)
    return started
  }
  await start()
  targets = processTargetsOf({ processes, redis, startAgain: start }, postgres)
})
afterAll(async () => {
  await reaper.release()
  rmSync(folder, { recursive: true })
})

const targetOf = (name: string): ProcessTarget => targets.get(name) as ProcessTarget
const query = (text: string): Promise<unknown[]> =>
  withClient(postgres.adminUrl('postgres'), async (client) => (await client.query(text)).rows)
const askApi = async (path = '/'): Promise<void> => {
  // Not kept open: the next one would be sent to a process that has ended meanwhile.
  const headers = { connection: 'close' }
  await (await fetch(`${processes.get('api')?.url}${path}`, { headers })).text()
}
const askRedis = async <Answer>(
  work: (client: ReturnType<typeof createClient>) => Promise<Answer>,
): Promise<Answer> => {
  const client = createClient({ url: redis.url, socket: { reconnectStrategy: false } })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client as ReturnType<typeof createClient>)
  } finally {
    client.destroy()
  }
}

const disturbed: Readonly<Record<string, () => DisturbedTarget>> = {
  api: () => ({ target: targetOf('api'), ask: () => askApi() }),
  redis: () => ({ target: targetOf('redis'), ask: () => askRedis((client) => client.ping()) }),
  postgres: () => ({ target: targetOf('postgres'), ask: () => query('select 1') }),
}
for (const [name, on] of Object.entries(disturbed)) {
  describeProcessFaultContract(`kill of ${name}`, kill, on)
  describeProcessFaultContract(`restart of ${name}`, restart, on)
  describeProcessFaultContract(`pause of ${name}`, pause, on)
  describeProcessFaultContract(`processor limit of ${name}`, () => cpuLimit(0.5), on)
  describeProcessFaultContract(`memory limit of ${name}`, () => memoryLimit(512 * mebibyte), on)
}

describe('a process of the system', () => {
  test('is killed with what it started, and who was connected is counted', async () => {
    const socket = await dial(processes.get('api')?.port ?? 0)
    const pids = targetOf('api').pids()
    expect(pids).toHaveLength(2)
    const fault = await injectIntoProcess(targetOf('api'), kill())
    await expect(askApi()).rejects.toThrow()
    for (const pid of pids) expect(processStates(pid).filter(isAlive)).toEqual([])
    const touch = await fault.heal()
    expect(touch.processes).toBe(2)
    expect(touch.connections).toBeGreaterThanOrEqual(1)
    socket.destroy()
  })

  test('stands still with all it started while it is paused', async () => {
    const fault = await injectIntoProcess(targetOf('api'), pause())
    const states = targetOf('api')
      .pids()
      .flatMap((pid) => processStates(pid))
    expect(states.map(({ state }) => state)).toEqual(['T', 'T'])
    const answer = askApi()
    await fault.heal()
    await answer
  })

  test('is refused memory past its limit, and is started again if it ended of it', async () => {
    const before = targetOf('api').pids()
    const fault = await injectIntoProcess(targetOf('api'), memoryLimit(50 * mebibyte))
    await expect(askApi('/grow')).rejects.toThrow()
    await fault.heal()
    await askApi('/grow')
    expect(targetOf('api').pids()).not.toEqual(before)
  })

  test('stands still and goes on by turns while its processor is limited', async () => {
    const [pid = 0] = targetOf('api').pids()
    const standsStill = (): boolean => processStates(pid)[0]?.state === 'T'
    const turn = (still: boolean): Promise<true | undefined> =>
      until(() => (standsStill() === still ? true : undefined), { timeoutMs: 30_000, everyMs: 1 })
    const fault = await injectIntoProcess(targetOf('api'), cpuLimit(0.5))
    for (const still of [true, false, true, false]) expect(await turn(still)).toBe(true)
    await askApi()
    expect(await fault.heal()).toMatchObject({ processes: 2 })
    expect(
      targetOf('api')
        .pids()
        .map((one) => processStates(one)[0]?.state),
    ).not.toContain('T')
  })

  test('is not started twice when it was started meanwhile', async () => {
    const fault = await injectIntoProcess(targetOf('api'), kill())
    await targetOf('api').startAgain()
    const pids = targetOf('api').pids()
    await fault.heal()
    expect(targetOf('api').pids()).toEqual(pids)
  })
})

describe('a PostgreSQL of its own', () => {
  test('keeps what was committed and loses what was not when it is killed', async () => {
    await query('create table entry (id int)')
    const client = new Client({ connectionString: postgres.adminUrl('postgres') })
    client.on('error', () => {})
    await client.connect()
    await client.query('insert into entry values (1)')
    await client.query('begin')
    await client.query('insert into entry values (2)')
    const fault = await injectIntoProcess(targetOf('postgres'), kill())
    await expect(client.query('commit')).rejects.toThrow()
    await expect(query('select 1')).rejects.toThrow()
    const touch = await fault.heal()
    expect(touch.processes).toBeGreaterThan(2)
    expect(touch.connections).toBeGreaterThanOrEqual(1)
    expect(await query('select id from entry')).toEqual([{ id: 1 }])
  })

  test('tells a session that it is out of memory, and goes on', async () => {
    const grow = "select length(repeat('x', 90000000))"
    const fault = await injectIntoProcess(targetOf('postgres'), memoryLimit(40 * mebibyte))
    await expect(query(grow)).rejects.toMatchObject({ code: '53200' })
    expect(await query('select 1 as one')).toEqual([{ one: 1 }])
    await fault.heal()
    expect(await query(grow)).toEqual([{ length: 90_000_000 }])
  })
})

describe('a Redis of its own', () => {
  const fill = (bytes: number): Promise<unknown> =>
    askRedis((client) => client.set('filled', 'x'.repeat(bytes)))

  test('refuses what would need more than it may hold, until it is healed', async () => {
    const before = await askRedis((client) => client.configGet('maxmemory*'))
    const fault = await injectIntoProcess(targetOf('redis'), memoryPressure(2 * mebibyte))
    await fill(1)
    await expect(fill(8 * mebibyte)).rejects.toThrow(/OOM/)
    await expect(fill(8 * mebibyte)).rejects.toThrow(/OOM/)
    expect(await fault.touch()).toMatchObject({ processes: 1, messages: 2 })
    const touch = await fault.heal()
    expect(touch).toMatchObject({ processes: 1, messages: 2 })
    await fill(8 * mebibyte)
    expect(await askRedis((client) => client.configGet('maxmemory*'))).toEqual(before)
  })

  test('evicts by the policy that is named, and what was not felt has touched nothing', async () => {
    await askRedis((client) => client.flushAll())
    const unfelt = await injectIntoProcess(targetOf('redis'), memoryPressure(64 * mebibyte))
    expect(await unfelt.heal()).toMatchObject({ processes: 0, messages: 0 })
    const spec = memoryPressure(2 * mebibyte, 'allkeys-random')
    const fault = await injectIntoProcess(targetOf('redis'), spec)
    for (let number = 0; number < 30; number += 1) {
      await askRedis((client) => client.set(`key-${number}`, 'x'.repeat(mebibyte / 8)))
    }
    expect((await fault.heal()).messages).toBeGreaterThan(0)
  })

  test('that was killed under pressure comes back without it', async () => {
    const fault = await injectIntoProcess(targetOf('redis'), memoryPressure(0))
    await expect(fill(mebibyte)).rejects.toThrow(/OOM/)
    await targetOf('redis').kill()
    await fault.heal()
    await fill(1)
  })

  test('alone has such a limit', async () => {
    await expect(injectIntoProcess(targetOf('api'), memoryPressure(0))).rejects.toThrow(/redis/)
  })
})

test('a Redis that is killed comes back empty', async () => {
  await askRedis((client) => client.set('key', 'value'))
  const fault = await injectIntoProcess(targetOf('redis'), kill())
  await fault.heal()
  expect(await askRedis((client) => client.get('key'))).toBeNull()
})

async function dial(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

function isAlive({ state }: { readonly state: string }): boolean {
  return state !== 'Z'
}
