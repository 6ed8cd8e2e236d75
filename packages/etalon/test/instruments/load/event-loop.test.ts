import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSystemProcess, type SystemProcess } from '../../../src/environment/system-process.ts'
import { processProbe } from '../../../src/instruments/load/index.ts'
import type { Probe } from '../../../src/instruments/load/index.ts'
import { until } from '../../../src/kernel/clock.ts'

const hangMs = 400
// Whatever is sent to it makes it do nothing else for a while.
const product = `
const { createServer } = require('node:net')
createServer((socket) => socket.on('data', () => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${hangMs})
  socket.end(process.env.NODE_OPTIONS)
})).listen(Number(process.env.PORT), '127.0.0.1')`

describe('the event loop of a system', () => {
  const folder = mkdtempSync(join(tmpdir(), 'etalon-loop '))
  let system: SystemProcess

  beforeAll(async () => {
    const file = join(folder, 'product.cjs')
    writeFileSync(file, product)
    system = await startSystemProcess({
      system: 'test',
      name: 'api',
      definition: { command: ['node', file], ready: 'listening' },
      cwd: folder,
      runId: 'event-loop',
      logFile: join(folder, 'api.log'),
      connectionsFile: join(folder, 'connections.jsonl'),
      envOf: (port) => ({ PORT: `${port}`, NODE_OPTIONS: '--no-warnings' }),
    })
  })

  afterAll(async () => {
    await system.child.kill()
    rmSync(folder, { recursive: true })
  })

  test('is asked how late it was, and keeps the options of its own', async () => {
    const probe = processProbe('api', system.child.pid)
    await until(() => lateBy(probe), { timeoutMs: 30_000 })
    const socket = connect({ port: system.port, host: '127.0.0.1' })
    const ended = once(socket.setEncoding('utf8'), 'data')
    socket.write('hang')
    const hangs = async () => ((await lateBy(probe)) ?? 0) >= hangMs / 2 || undefined
    expect(await until(hangs, { timeoutMs: 30_000, everyMs: 50 })).toBe(true)
    expect(String(await ended)).toContain('--no-warnings')
    await probe.close?.()
  })

  test('is not known of a process that is not Node.js of ours', async () => {
    const probe = processProbe('this', process.pid)
    expect(await probe.read()).not.toHaveProperty('loopDelayMsMax')
    await probe.close?.()
  })
})

async function lateBy(probe: Probe): Promise<number | undefined> {
  return (await probe.read())['loopDelayMsMax']
}
