import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const program = new URL('../../bin/etalon.js', import.meta.url).pathname

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(os.tmpdir(), 'etalon-node-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

/** Runs the command in a Node.js that says of itself what it is told to. */
function etalonIn(facts: object, ...args: string[]): { status: number | null; text: string } {
  const preload = join(directory, 'pretend.cjs')
  const entries = Object.entries(facts).map(
    ([name, value]) =>
      `Object.defineProperty(process, '${name}', { value: ${JSON.stringify(value)} })`,
  )
  writeFileSync(preload, entries.join('\n'))
  const command = ['--require', preload, program, ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' })
  return { status, text: stdout + stderr }
}

const old = { versions: { ...process.versions, node: '20.20.2' } }

test.runIf(process.platform === 'linux')('an old Node.js hands over to the installed one', () => {
  expect(etalonIn(old, '--version')).toEqual({ status: 0, text: '0.1.0\n' })
  expect(etalonIn(old, 'verify', '--workers', 'none').status).toBe(3)
})

test('where none is installed, it says what is needed', () => {
  const { status, text } = etalonIn({ ...old, arch: 'sparc' }, '--version')
  expect(status).toBe(3)
  expect(text).toContain(
    'ETALON_CLI_NODE_TOO_OLD  Etalon needs Node.js 24 or later and found 20.20.2',
  )
})
