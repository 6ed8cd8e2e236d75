import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stateDirectory } from '../../src/environment/directory.ts'
import { abandonedLeases, dropLease, takeLease } from '../../src/environment/lease.ts'
import { processNamespace } from '../../src/environment/process-table.ts'

const outside = process.env['TMPDIR']
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(os.tmpdir(), 'etalon-lease-'))
  process.env['TMPDIR'] = folder
})
afterEach(() => {
  if (outside === undefined) delete process.env['TMPDIR']
  else process.env['TMPDIR'] = outside
  rmSync(folder, { recursive: true })
})

/** Runs a script as one whom permissions bind: for root they count for nothing. */
function asOrdinaryUser(script: string): string {
  const shared = mkdtempSync(join('/tmp', 'etalon-ordinary-'))
  const begin = `
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dropLease } from '${new URL('../../src/environment/lease.ts', import.meta.url).href}'
const folder = process.argv[1]
if (process.getuid() === 0) {
  chmodSync(folder, 0o777)
  process.setegid(65534)
  process.seteuid(65534)
}
`
  try {
    const command = ['--input-type=module-typescript', '-e', begin + script, shared]
    return execFileSync(process.execPath, command, { encoding: 'utf8', stdio: 'pipe' }).trim()
  } finally {
    if (existsSync(join(shared, 'closed'))) chmodSync(join(shared, 'closed'), 0o755)
    rmSync(shared, { recursive: true })
  }
}

function leave(runId: string, holderNamespace: string, ageMs: number): void {
  const directory = join(stateDirectory(), `run-${runId}`)
  mkdirSync(directory)
  const record = { holderPid: 1, holderStartTicks: 'of nobody', holderNamespace }
  writeFileSync(join(directory, 'lease.json'), JSON.stringify(record))
  const at = new Date(Date.now() - ageMs)
  utimesSync(directory, at, at)
}

test('a lease is abandoned when its holder is gone', () => {
  const lease = takeLease('held')
  leave('gone', processNamespace(), 0)
  expect(abandonedLeases().map(({ runId }) => runId)).toEqual(['gone'])
  dropLease(lease)
})

test('a folder that may not be written is removed with its lease', () => {
  const told = asOrdinaryUser(`
const lease = { runId: 'a', directory: folder + '/run-a' }
const closed = lease.directory + '/instance/module'
mkdirSync(closed, { recursive: true })
writeFileSync(closed + '/file', '')
chmodSync(closed, 0o555)
console.log(String(dropLease(lease)), existsSync(lease.directory))
`)
  expect(told).toBe('undefined false')
})

test('a lease that cannot be removed is told and stops nobody', () => {
  const told = asOrdinaryUser(`
const lease = { runId: 'a', directory: folder + '/closed/run-a' }
mkdirSync(lease.directory, { recursive: true })
chmodSync(folder + '/closed', 0o555)
console.log(dropLease(lease))
`)
  expect(told).toMatch(/EACCES|permission denied/)
})

test('who cannot see the holder leaves his lease alone, for a day', () => {
  leave('elsewhere', 'pid:[1]', 3_600_000)
  leave('elsewhere-and-old', 'pid:[1]', 25 * 3_600_000)
  expect(abandonedLeases().map(({ runId }) => runId)).toEqual(['elsewhere-and-old'])
})
