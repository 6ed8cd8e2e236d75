import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
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

test('who cannot see the holder leaves his lease alone, for a day', () => {
  leave('elsewhere', 'pid:[1]', 3_600_000)
  leave('elsewhere-and-old', 'pid:[1]', 25 * 3_600_000)
  expect(abandonedLeases().map(({ runId }) => runId)).toEqual(['elsewhere-and-old'])
})
