import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BoundaryRun } from '../../../src/instruments/boundaries/index.ts'
import { startShop, type Shop } from './shop.ts'

let shop: Shop

beforeAll(async () => {
  shop = await startShop()
})
afterAll(() => shop.stop())

const allowed = { front: ['redis', 'postgres'] }

describe('connections', () => {
  test('of every process are attributed to both ends, and strange ones are named', async () => {
    const run = await shop.boundaries.observe({ connections: allowed }, async () => {
      await shop.ask('front', 'await query("select 1"); await redis(["GET", "item:1"])')
      await shop.ask('front', 'await dial(OTHER, "localhost")')
    })
    expect(run.connections.strange).toMatchObject([
      { from: 'front', to: 'back', count: 1, by: 'noted', firstAt: expect.any(String) as unknown },
    ])
    expect(run.connections.strange[0]?.addresses[0]).toMatch(/^localhost:\d+$/)
    expect(run.connections.unseen).toEqual([])
    expect(shop.doubts()).toEqual([])
  })

  test('of Etalon itself do not count', async () => {
    shop.doubts()
    const { port = 0 } = shop.instance.processes.get('back') ?? {}
    const run = await shop.boundaries.observe({ connections: {} }, async () => {
      for (let turn = 0; turn < 5; turn += 1) {
        const socket = connect({ port, host: '127.0.0.1' })
        await once(socket, 'connect')
        socket.destroy()
        await once(socket, 'close')
      }
    })
    expect(run.connections.all.filter(({ from }) => from !== 'front' && from !== 'back')).toEqual(
      [],
    )
    expect(shop.doubts()).toEqual([])
  })

  test('that were made before the watch began count, as does an attempt that was refused', async () => {
    await shop.ask('back', 'await dial(1, "127.0.0.1"); await dial("/tmp/no-such-socket")')
    const run = await shop.boundaries.observe({ connections: {} }, () => Promise.resolve())
    const back = run.connections.strange.filter(({ from }) => from === 'back')
    expect(back).toMatchObject([
      { to: 'elsewhere', count: 2, addresses: ['127.0.0.1:1', 'unix:/tmp/no-such-socket'] },
    ])
  })

  test('of a thread and of a program that a process started are its own', async () => {
    const body = `
      const { Worker } = await import('node:worker_threads')
      const code = "require('net').connect(process.env.OTHER).on('connect', () => process.exit())"
      await new Promise((done) => new Worker(code, { eval: true }).on('exit', done))
      await run(process.execPath, ['-e', code])`
    const before = await shop.boundaries.observe({ connections: {} }, () => Promise.resolve())
    const after = await shop.boundaries.observe({ connections: {} }, () => shop.ask('front', body))
    expect(count(after, 'front', 'back') - count(before, 'front', 'back')).toBe(2)
  })

  test('of a program that notes nothing are seen in the table of the kernel', async () => {
    const port = shop.instance.processes.get('back')?.port
    const body = `
      const hold = "exec 3<>/dev/tcp/127.0.0.1/${port}; echo up; exec cat <&3"
      globalThis.held = spawn('bash', ['-c', hold])
      await once(globalThis.held.stdout, 'data')`
    const before = await shop.boundaries.observe({ connections: {} }, () => Promise.resolve())
    const after = await shop.boundaries.observe({ connections: {} }, () => shop.ask('front', body))
    expect(count(after, 'front', 'back') - count(before, 'front', 'back')).toBe(1)
    const notNode = shop.doubts().filter(({ message }) => message.includes('runs in front'))
    expect(notNode).toMatchObject([{ kind: 'unseen' }])
    await shop.ask('front', "globalThis.held.kill(); await once(globalThis.held, 'exit')")
  })

  test('of a stranger are strange', async () => {
    const { port = 0 } = shop.instance.processes.get('back') ?? {}
    const stranger = await hold(port)
    const run = await shop.boundaries.observe({ connections: { front: ['*'] } }, () =>
      Promise.resolve(),
    )
    process.kill(stranger)
    expect(run.connections.strange).toContainEqual(
      expect.objectContaining({ from: 'elsewhere', to: 'back', by: 'seen' }),
    )
  })

  test('that were over before it was seen whose they are make a grave doubt', async () => {
    const { port = 0 } = shop.instance.processes.get('back') ?? {}
    shop.doubts()
    const run = await shop.boundaries.observe({ connections: {} }, async () => {
      // The machine stands still for the watch: it looks neither while this is open nor in between.
      execFileSync('setsid', [
        '--fork',
        'bash',
        '-c',
        `exec 3<>/dev/tcp/127.0.0.1/${port}; exec 3>&-`,
      ])
    })
    expect(run.connections.all.filter(({ from }) => from === 'elsewhere')).toEqual([])
    expect(shop.doubts().filter(({ kind }) => kind === 'unattributed')).toMatchObject([
      { message: expect.stringContaining('connections to back') as unknown },
    ])
  })
})

describe('statements', () => {
  test('that each role has run are counted, and those nobody allowed are named', async () => {
    await shop.ask('front', 'await query("select name from item")')
    const reader = ['select', /^update item set name/]
    const run = await shop.boundaries.observe({ statements: { reader } }, async () => {
      for (let turn = 0; turn < 3; turn += 1) {
        await shop.ask('front', `await query("select id from item where id = ${turn}")`)
      }
      await shop.ask('front', 'await query("with x as (select 1) update item set name = \'a\'")')
      await shop.ask('front', 'await query("set work_mem = 1024")')
    })
    expect(run.statements.all).toContainEqual({
      role: 'reader',
      verb: 'select',
      text: 'select id from item where id = $1',
      calls: 3,
    })
    expect(run.statements.strange.map(({ verb }) => verb)).toEqual(['set', 'update'])
    expect(run.statements.unseen).toEqual(['reader → /^update item set name/'])
  })
})

describe('commands', () => {
  test('that each Redis user has run are counted, and what was refused is told apart', async () => {
    const commands = { front: ['hello', 'client|*', 'set'] }
    const run = await shop.boundaries.observe({ commands }, () =>
      shop.ask(
        'front',
        `await redis(['SET', 'item:1', 'a "b" \\n'], ['SET', 'item:2', 'x'], ['GET', 'item:1'],
          ['FLUSHALL'], ['SET', 'other', 'x'])`,
      ),
    )
    expect(run.commands.all).toContainEqual({
      user: 'front',
      command: 'set',
      calls: 2,
      on: ['item:1', 'item:2'],
    })
    expect(run.commands.strange).toEqual([
      { user: 'front', command: 'get', calls: 1, on: ['item:1'] },
    ])
    expect(run.refused.toSorted((a, b) => a.reason.localeCompare(b.reason))).toEqual([
      { user: 'front', reason: 'command', object: 'flushall', times: 1 },
      { user: 'front', reason: 'key', object: 'other', times: 1 },
    ])
  })
})

describe('rights', () => {
  test('of a database role are what the catalogue says, held against what is allowed', async () => {
    const { all, strange, unseen } = await shop.boundaries.databaseRights('reader', {
      database: ['CONNECT'],
      'schema public': ['USAGE'],
      'table public.item': ['SELECT'],
      'table public.secret': ['SELECT'],
      'role *': ['SET'],
    })
    expect(all).toContainEqual({ object: 'table public.item', privilege: 'SELECT' })
    expect(strange).toEqual([
      { object: 'database', privilege: 'TEMPORARY' },
      { object: 'function public.plain()', privilege: 'EXECUTE' },
      { object: 'function public.total()', privilege: 'EXECUTE as its owner' },
      { object: 'table public.item', privilege: 'UPDATE' },
    ])
    expect(unseen).toEqual(['table public.secret → SELECT'])
  })

  test('of a Redis user are what Redis says, command by command', async () => {
    const { commands, keys, channels } = await shop.boundaries.redisRights('front')
    expect(commands).toEqual(expect.arrayContaining(['get', 'set', 'publish', 'client|list']))
    expect(commands).not.toContain('flushall')
    expect(commands).not.toContain('acl|setuser')
    expect({ keys, channels }).toEqual({ keys: ['~item:*'], channels: ['&shop.*'] })
    expect((await shop.boundaries.redisRights('back')).keys).toEqual([])
  })

  test('of nobody are nothing that can be asked', async () => {
    await expect(shop.boundaries.redisRights('nobody')).rejects.toThrow(/front, back/)
    await expect(shop.boundaries.databaseRights('nobody', {})).rejects.toThrow(/owner, reader/)
  })
})

function count({ connections }: BoundaryRun<unknown>, from: string, to: string): number {
  return connections.all.find((edge) => edge.from === from && edge.to === to)?.count ?? 0
}

/** A process that is no child of this one holds a connection to a port. */
async function hold(port: number): Promise<number> {
  const script = `exec 3<>/dev/tcp/127.0.0.1/${port}; echo $$; exec cat <&3`
  const holder = spawn('setsid', ['--fork', 'bash', '-c', script])
  const [pid] = (await once(holder.stdout, 'data')) as [Buffer]
  return Number(pid.toString())
}
