import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listRuns } from '../../src/evidence/run-directory.ts'
import type { RunRecord } from '../../src/evidence/run-record.ts'
import { until } from '../../src/kernel/clock.ts'
import { requirementsOf, scratchSystem, type ScratchSystem } from '../scratch-system.ts'

const bin = new URL('../../bin/etalon.js', import.meta.url).pathname
const claims = `import { claim } from 'etalon'
claim('A-1', ({ prove }) => prove('one', 1).equals(1))
claim('A-2', async () => { await new Promise(() => {}) })
claim('A-3', ({ prove }) => prove('one', 1).equals(1))
`
let system: ScratchSystem

beforeEach(() => {
  system = scratchSystem({
    'requirements.md': requirementsOf('A-1', 'A-2', 'A-3'),
    'claims/slow.claim.ts': claims,
  })
})
afterEach(() => system.remove())

function startVerify(): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, [bin, 'verify'], { cwd: system.directory })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  return { child, output: () => output }
}

function recordNow(): RunRecord | undefined {
  const [run] = listRuns(join(system.directory, '.etalon', 'runs'))
  if (run === undefined || !existsSync(join(run, 'run.json'))) return undefined
  return JSON.parse(readFileSync(join(run, 'run.json'), 'utf8')) as RunRecord
}

async function untilFirstVerdict(): Promise<void> {
  const seen = await until(() => (recordNow()?.outcomes?.length ? true : undefined), {
    timeoutMs: 30_000,
    everyMs: 20,
  })
  expect(seen).toBe(true)
}

test('Ctrl-C keeps what was found, names what was not, and ends with 5', async () => {
  const { child, output } = startVerify()
  await untilFirstVerdict()
  child.kill('SIGINT')
  const [code] = (await once(child, 'exit')) as [number]
  expect(code).toBe(5)
  expect(output()).toContain('ETALON_INTERRUPTED')
  const record = recordNow()
  expect(record?.state).toBe('interrupted')
  expect(record?.outcomes.map(({ claim, verdict }) => [claim, verdict])).toEqual([
    ['A-1', 'upheld'],
    ['A-2', 'inconclusive'],
    ['A-3', 'inconclusive'],
  ])
})

test('Ctrl-C twice ends at once, and the evidence so far is kept', async () => {
  const { child } = startVerify()
  await untilFirstVerdict()
  child.kill('SIGINT')
  child.kill('SIGINT')
  const [code] = (await once(child, 'exit')) as [number]
  expect(code).toBe(5)
  expect(recordNow()?.outcomes[0]).toMatchObject({ claim: 'A-1', verdict: 'upheld' })
})

test('bad arguments are a usage error', async () => {
  const child = spawn(process.execPath, [bin, 'verify', '--workers', 'many'], {
    cwd: system.directory,
  })
  const [code] = (await once(child, 'exit')) as [number]
  expect(code).toBe(3)
})

const begins = `import { writeFileSync } from 'node:fs'
writeFileSync('begun', '')
setInterval(() => {}, 1e6)
await new Promise(() => {})
`
const builds = `import { defineSystem } from 'etalon'
export default defineSystem({
  name: 'scratch',
  title: 'Scratch',
  build: { command: ['node', 'build.mjs'] },
  processes: {
    api: { command: ['node', 'server.js'], ready: '/', env: ({ port }) => ({ PORT: String(port) }) },
  },
})
`

/** Presses Ctrl-C as a terminal does, for the command and all it runs, once that has begun. */
async function interrupted(...args: string[]): Promise<{ code: number; text: string }> {
  const child = spawn(process.execPath, [bin, ...args], { cwd: system.directory, detached: true })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
  }
  const hasBegun = (): true | undefined =>
    existsSync(join(system.directory, 'begun')) ? true : undefined
  expect(await until(hasBegun, { timeoutMs: 60_000, everyMs: 5 })).toBe(true)
  process.kill(-(child.pid ?? 0), 'SIGINT')
  const [code] = (await once(child, 'close')) as [number]
  return { code, text }
}

describe('Ctrl-C before anything runs', { timeout: 120_000 }, () => {
  test('while claims are read is an interruption and no fault of theirs', async () => {
    system.write('claims/slow.claim.ts', begins)
    const { code, text } = await interrupted('verify')
    expect(text).toContain('ETALON_INTERRUPTED_EARLY')
    expect(code).toBe(5)
  })

  test('while a system is built is an interruption and no fault of the build', async () => {
    system.write('etalon.config.ts', builds)
    system.write('build.mjs', begins)
    const { code, text } = await interrupted('verify')
    expect(text).toContain('0 of 3 claims had been judged')
    expect(code).toBe(5)
    expect(recordNow()?.state).toBe('interrupted')
  })

  test('ends a comparison that has had no round, and says so', async () => {
    system.write('etalon.config.ts', builds)
    system.write('build.mjs', begins)
    const { code, text } = await interrupted('compare', 'scratch', '--base', '.', '--only', 'A-1')
    expect(text).toContain('Interrupted after 0 of 8 rounds')
    expect(code).toBe(5)
    const file = join(system.directory, '.etalon/comparisons/latest/compare.json')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      state: 'interrupted',
      roundsDone: 0,
    })
  })
})
