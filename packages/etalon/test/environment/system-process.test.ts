import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { isRunning } from '../../src/environment/process-table.ts'
import { familyOf } from '../../src/environment/process-tree.ts'
import { eventually } from '../../src/kernel/clock.ts'
import { startReaper, type Reaper } from '../../src/environment/reaper.ts'
import { startRedis } from '../../src/environment/redis/server.ts'
import type { ProcessDefinition } from '../../src/environment/system-definition.ts'
import {
  startSystemProcess,
  type SystemProcess,
  type SystemProcessOptions,
} from '../../src/environment/system-process.ts'

/** Tells who it is; one listens late, and one heeds no request to end. */
const program = `import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { setTimeout } from 'node:timers/promises'
while (process.env.WHO === 'late' && !existsSync('go')) await setTimeout(5)
createServer((request, response) => response.end(process.env.WHO))
  .listen(Number(process.env.PORT), '127.0.0.1')
if (process.env.WHO === 'stubborn') process.on('SIGTERM', () => {})
`
/** The shell stays in front of the server: it has something to do after it. */
const wrapped: ProcessDefinition = {
  command: ['sh', '-c', 'node server.mjs; true'],
  ready: '/',
}

let folder: string
let reaper: Reaper
const started: SystemProcess[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(os.tmpdir(), 'etalon-process-'))
  writeFileSync(join(folder, 'server.mjs'), program)
  reaper = await startReaper()
})
afterEach(async () => {
  vi.restoreAllMocks()
  await Promise.all(started.splice(0).map(({ child }) => child.kill()))
})
afterAll(async () => {
  await reaper.release()
  rmSync(folder, { recursive: true })
})

async function start(
  who: string,
  options: Partial<SystemProcessOptions> = {},
): Promise<SystemProcess> {
  const process = await startSystemProcess({
    system: 'scratch',
    name: who,
    definition: { command: ['node', 'server.mjs'], ready: '/' },
    cwd: folder,
    runId: reaper.lease.runId,
    logFile: join(folder, `${who}.log`),
    connectionsFile: join(folder, `${who}.jsonl`),
    envOf: (port) => ({ PORT: String(port), WHO: who }),
    ...options,
  })
  started.push(process)
  return process
}

async function whoAnswers({ url }: SystemProcess): Promise<string> {
  const headers = { connection: 'close' }
  return await (await fetch(url, { headers })).text()
}

test('a server behind a shell is killed with it, and another one answers after its start', async () => {
  const first = await start('first', { definition: wrapped })
  const family = familyOf(first.child.pid)
  expect(family).toHaveLength(2)
  expect(await first.child.kill()).toBe(2)
  expect(family.filter(isRunning)).toEqual([])
  const second = await start('second', { definition: wrapped, port: first.port })
  expect(await whoAnswers(second)).toBe('second')
})

test.each(['first', 'stubborn'])('a server behind a shell is stopped with it: %s', async (who) => {
  const { child } = await start(who, { definition: wrapped })
  const family = familyOf(child.pid)
  await child.stop('SIGTERM', 300)
  expect(family.filter(isRunning)).toEqual([])
  expect(child.endWasAsked).toBe(true)
})

test('who listens on the port already is not taken for the one that is started', async () => {
  const other = await start('other')
  await expect(start('again', { port: other.port })).rejects.toMatchObject({
    code: 'ETALON_PORT_TAKEN',
  })
})

test('one that listens late is not given the port of another, whose answer would be its own', async () => {
  let draws = 0
  vi.spyOn(Math, 'random').mockImplementation(() => {
    draws += 1
    return draws <= 2 ? 0.314 : (draws * 0.0618) % 1
  })
  const starting = start('late')
  const isLaunched = (): boolean => existsSync(join(folder, 'late.log'))
  expect(await eventually(isLaunched, 30_000)).toBe(true)
  const other = await start('other')
  writeFileSync(join(folder, 'go'), '')
  const late = await starting
  expect(await Promise.all([late, other].map(whoAnswers))).toEqual(['late', 'other'])
  expect(draws).toBeGreaterThan(2)
})

test('a private Redis is not given the port of a process that may start again', async () => {
  const first = await start('first')
  await first.child.kill()
  const drawn = [first.port]
  vi.spyOn(Math, 'random').mockImplementation(() => {
    const port = drawn.shift()
    return port === undefined ? 0.2718 : (port - 15_000 + 0.5) / 17_000
  })
  const redis = await startRedis({ lease: reaper.lease, logFile: join(folder, 'redis.log') })
  expect(redis.port).not.toBe(first.port)
  await redis.stop()
})
