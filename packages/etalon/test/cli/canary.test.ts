import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import type { CanaryResult } from '../../src/instruments/canary/index.ts'
import {
  drive,
  startRevision,
  type Revision,
  type RevisionOptions,
} from '../instruments/canary/revision.ts'

const bin = new URL('../../bin/etalon.js', import.meta.url).pathname
const revisions: Revision[] = []
afterEach(async () => {
  await Promise.all(revisions.splice(0).map((revision) => revision.stop()))
})

interface Started {
  readonly child: ChildProcess
  readonly stdout: () => string
  readonly stderr: () => string
  /** Sends traffic through the proxy, until the command ends. */
  readonly traffic: () => Promise<void>
}

async function startCanary(candidate: RevisionOptions, ...flags: string[]): Promise<Started> {
  for (const options of [{}, candidate]) revisions.push(await startRevision(options))
  const urls = ['--stable', String(revisions[0]?.url), '--candidate', String(revisions[1]?.url)]
  const child = spawn(process.execPath, [bin, 'canary', ...urls, ...flags])
  const texts = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => {
      texts[name] += chunk.toString()
    })
  }
  return {
    child,
    stdout: () => texts.stdout,
    stderr: () => texts.stderr,
    traffic: async () => {
      await expect.poll(() => texts.stderr, { timeout: 20_000 }).toContain('listening on ')
      const url = /listening on (\S+)/.exec(texts.stderr)?.[1] ?? ''
      const ended = new AbortController()
      child.once('exit', () => ended.abort())
      await drive({ url, signal: ended.signal }, { atOnce: 8 })
    },
  }
}

test('a good revision is promoted: 0, with the result as JSON', async () => {
  const flags = ['--steps', '50,100', '--failed', '5', '--latency', '4', '--json']
  const { child, stdout, traffic } = await startCanary({}, ...flags)
  const [[code]] = (await Promise.all([once(child, 'exit'), traffic()])) as [[number], void]
  const result = JSON.parse(stdout()) as CanaryResult
  expect(result.reasons.join()).toContain('not shown slower')
  expect([code, result.decision]).toEqual([0, 'promoted'])
})

test('a failing revision is rolled back: 1, in lines that say why', async () => {
  const failing = { share: 0.5, status: 500 }
  const { child, stdout, traffic } = await startCanary({ failing }, '--steps', '50')
  const [[code]] = (await Promise.all([once(child, 'exit'), traffic()])) as [[number], void]
  expect(code).toBe(1)
  expect(stdout()).toContain('rolled back at 50 %   all traffic goes to stable')
  expect(stdout()).toContain('fails more often than stable')
})

test('no traffic shows nothing: 2', async () => {
  const { child, stdout } = await startCanary({}, '--step-for', '200ms')
  const [code] = (await once(child, 'exit')) as [number]
  expect(code).toBe(2)
  expect(stdout()).toContain('no request reached the candidate')
})

test('Ctrl-C sends all traffic back to stable: 5', async () => {
  const { child, stdout, stderr } = await startCanary({})
  await expect.poll(stderr, { timeout: 20_000 }).toContain('listening on ')
  child.kill('SIGINT')
  const [code] = (await once(child, 'exit')) as [number]
  expect(code).toBe(5)
  expect(stdout()).toContain('interrupted at 5 %   all traffic goes to stable')
  expect(stderr()).toContain('ETALON_CANARY_INTERRUPTED')
})

test.each([
  [['--step-for', 'soon'], 'ETALON_CLI_USAGE', 3],
  [['--steps', '50,5'], 'ETALON_CANARY_INVALID_PLAN', 3],
  [['--stable', 'http://127.0.0.1:9'], 'ETALON_CANARY_UNREACHABLE', 4],
])('%j is refused with %s', async (flags, code, exit) => {
  const { child, stderr } = await startCanary({}, ...flags)
  expect(await once(child, 'exit')).toEqual([exit, null])
  expect(stderr()).toContain(code)
})
