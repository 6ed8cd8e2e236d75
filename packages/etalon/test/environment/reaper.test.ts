import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../../src/kernel/clock.ts'
import { isRunning } from '../../src/environment/process-table.ts'
import { startReaper } from '../../src/environment/reaper.ts'
import { startRedis } from '../../src/environment/redis/server.ts'

const source = new URL('../../src/environment/', import.meta.url).href

/** A run that starts servers, tells what it started, and waits. */
const run = `
import { freeze } from '${source}process-tree.ts'
import { startReaper } from '${source}reaper.ts'
import { startPostgres } from '${source}postgres/server.ts'
import { startRedis } from '${source}redis/server.ts'
const reaper = await startReaper()
const folder = process.argv[1]
const postgres = await startPostgres({ lease: reaper.lease, logFile: folder + '/postgres.log' })
const redis = await startRedis({ lease: reaper.lease, logFile: folder + '/redis.log' })
if (process.argv[2] === 'stopped') {
  for (const { child } of [postgres, redis]) await freeze(child.pid)
}
console.log(JSON.stringify({
  pids: [postgres.child.pid, redis.child.pid],
  directory: reaper.lease.directory,
}))
setInterval(() => {}, 1000)
`
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(os.tmpdir(), 'etalon-reaper-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

test.each(['running', 'stopped'])(
  'nothing of a run is left after kill -9, its servers %s',
  async (state) => {
    const logs = join(folder, state)
    mkdirSync(logs)
    const command = ['--input-type=module-typescript', '-e', run, logs, state]
    const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    const { pids, directory } = JSON.parse(line) as { pids: number[]; directory: string }
    expect(pids.every(isRunning)).toBe(true)
    expect(existsSync(directory)).toBe(true)

    child.kill('SIGKILL')

    const gone = await until(
      () => (pids.some(isRunning) || existsSync(directory) ? undefined : true),
      { timeoutMs: 20_000, everyMs: 20 },
    )
    expect(gone).toBe(true)
    // One that is killed instead leaves its shared memory behind.
    const log = readFileSync(join(logs, 'postgres.log'), 'utf8')
    expect(log).toContain('received immediate shutdown request')
  },
)

test('an orderly end leaves nothing either, and releasing twice is one release', async () => {
  const reaper = await startReaper()
  const redis = await startRedis({ lease: reaper.lease, logFile: join(folder, 'redis.log') })
  expect(redis.version).toMatch(/^\d+\./)
  expect(await Promise.all([reaper.release(), reaper.release()])).toEqual([[], []])
  expect(isRunning(redis.child.pid)).toBe(false)
  expect(existsSync(reaper.lease.directory)).toBe(false)
})

test('a run whose reaper was killed says so, and removes itself what it left', async () => {
  const reaper = await startReaper()
  const redis = await startRedis({ lease: reaper.lease, logFile: join(folder, 'redis.log') })
  const { holderPid } = JSON.parse(
    readFileSync(join(reaper.lease.directory, 'lease.json'), 'utf8'),
  ) as { holderPid: number }
  process.kill(holderPid, 'SIGKILL')
  expect(await reaper.release()).toEqual(['the reaper ended with signal SIGKILL'])
  expect(isRunning(redis.child.pid)).toBe(false)
  expect(existsSync(reaper.lease.directory)).toBe(false)
})
