import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { createClient } from '@redis/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startReaper, type Reaper } from '../../src/environment/reaper.ts'
import { startRedis, type OwnRedisServer } from '../../src/environment/redis/server.ts'
import { createUsers, redisUsersOf, userUrlOf } from '../../src/environment/redis/users.ts'
import type { SystemDefinition } from '../../src/environment/system-definition.ts'

const definition: SystemDefinition = {
  name: 'shop',
  title: 'Shop',
  directory: '/',
  redis: { users: { writer: ' ~stream:*\n  &shop.*  +xadd +publish ', reader: '~stream:* +xlen' } },
  processes: {},
}

let reaper: Reaper
let logs: string
let server: OwnRedisServer

const ask = async (url: string, ...command: readonly string[]): Promise<unknown> => {
  const client = createClient({ url, socket: { reconnectStrategy: false } })
  client.on('error', () => {})
  await client.connect()
  try {
    return await client.sendCommand(command)
  } finally {
    client.destroy()
  }
}
const runOf = ({ lease }: Reaper): { runId: string; directory: string; secretKey: string } => ({
  ...lease,
  secretKey: 'key',
})

beforeAll(async () => {
  logs = mkdtempSync(join(os.tmpdir(), 'etalon-redis-'))
  reaper = await startReaper()
  const { lease } = reaper
  const users = redisUsersOf(runOf(reaper), definition)
  server = await startRedis({ lease, logFile: join(logs, 'redis.log'), users })
})
afterAll(async () => {
  await reaper.release()
  rmSync(logs, { recursive: true })
})

describe('a Redis with users of its own', () => {
  test('lets each do what his rules say and nothing else', async () => {
    const writer = server.urlOf('writer')
    const reader = server.urlOf('reader')
    await ask(writer, 'XADD', 'stream:one', '*', 'field', 'value')
    expect(await ask(reader, 'XLEN', 'stream:one')).toBe(1)
    await expect(ask(reader, 'XADD', 'stream:one', '*', 'a', 'b')).rejects.toThrow(/NOPERM/)
    await expect(ask(writer, 'XADD', 'other', '*', 'a', 'b')).rejects.toThrow(/NOPERM/)
    await expect(ask(writer, 'PUBLISH', 'elsewhere', 'x')).rejects.toThrow(/NOPERM/)
    expect(await ask(server.url, 'ACL', 'WHOAMI')).toBe('default')
  })

  test('has them again when it was killed and comes back empty', async () => {
    const writer = server.urlOf('writer')
    await server.child.kill()
    await server.startAgain()
    expect(await ask(server.url, 'DBSIZE')).toBe(0)
    await ask(writer, 'XADD', 'stream:one', '*', 'field', 'value')
    await expect(ask(writer, 'FLUSHALL')).rejects.toThrow(/NOPERM/)
  })

  test('knows no other', () => {
    expect(() => server.urlOf('stranger')).toThrow(/writer, reader/)
  })
})

test('on a server given by URL users are named by the run, and removed with it', async () => {
  const run = await startReaper()
  const users = redisUsersOf({ ...runOf(run), redisUrl: server.url }, definition)
  const { runId } = run.lease
  run.watchRedisServer(server.url)
  await createUsers(server.url, users)
  const writer = userUrlOf(server.url, users, 'writer')
  expect(await ask(writer, 'XADD', 'stream:given', '*', 'a', 'b')).toMatch(/-/)
  expect(await ask(server.url, 'ACL', 'USERS')).toContain(`etalon_${runId}_shop_writer`)

  expect(await run.release()).toEqual([])
  const left = (await ask(server.url, 'ACL', 'USERS')) as string[]
  expect(left.toSorted()).toEqual(['default', 'reader', 'writer'])
})

test('a rule that Redis does not know is named', async () => {
  const wrong = { ...definition, redis: { users: { writer: '+no-such-command' } } }
  const users = redisUsersOf({ ...runOf(reaper), redisUrl: server.url }, wrong)
  await expect(createUsers(server.url, users)).rejects.toThrow(/cannot be made/)
})
