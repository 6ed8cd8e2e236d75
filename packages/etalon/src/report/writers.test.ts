import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createRunDirectory } from '../evidence/run-directory.ts'
import { sampleRun } from './testing/sample-run.ts'
import { reportKeeper, writers } from './writers.ts'

test('writing takes a fiftieth of a run, and what it ended with is always written', () => {
  const root = mkdtempSync(join(tmpdir(), 'writers-'))
  try {
    const directory = createRunDirectory(root, 'run')
    let nowMs = 0
    let written = 0
    const slow = {
      ...directory,
      write: (): void => {
        written += 1
        nowMs += 25
      },
    }
    const files = Object.keys(writers).length
    const keep = reportKeeper(() => nowMs)
    const running = sampleRun({ requirements: [], state: 'running' })
    keep(running, slow)
    expect(written).toBe(files)
    nowMs = 4_999
    keep(running, slow)
    expect(written).toBe(files)
    nowMs = 5_000
    keep(running, slow)
    expect(written).toBe(2 * files)
    keep(sampleRun({ requirements: [], state: 'finished' }), slow)
    expect(written).toBe(3 * files)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})
