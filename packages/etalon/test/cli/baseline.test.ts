import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { requirementsOf, scratchSystem, type ScratchSystem } from '../scratch-system.ts'

const bin = new URL('../../bin/etalon.js', import.meta.url).pathname
const claims = `import { claim } from 'etalon'
import { meanOf } from 'etalon/statistics/mean'
claim('A-1', ({ prove }) => {
  const samples = Array.from({ length: 60 }, (_, index) => 100 + (index % 7))
  prove('mean', meanOf(samples, { unit: 'ms' })).isBelow(1_000, 'ms')
})
claim('A-2', ({ prove }) => prove('one', 1).equals(2))
`
let system: ScratchSystem
afterEach(() => system.remove())

function keep(...args: string[]): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [bin, 'baseline', 'keep', ...args],
    {
      cwd: system.directory,
      encoding: 'utf8',
    },
  )
  return { status, text: stdout + stderr }
}

test('tells what became of each figure of the last run, and refuses a refuted one', async () => {
  system = scratchSystem({
    'requirements.md': requirementsOf('A-1', 'A-2'),
    'claims/a.claim.ts': claims,
  })
  expect(keep()).toMatchObject({ status: 3, text: expect.stringContaining('ETALON_RUN_MISSING') })

  await system.verify({ only: ['A-1'] })
  const kept = keep()
  expect(kept.text).toContain('passed over  A-1  mean: measured beside other claims')
  expect(kept.status).toBe(0)
  const file = readFileSync(join(system.directory, 'baseline.json'), 'utf8')
  expect(Object.values(JSON.parse(file) as object)).toMatchObject([{ figures: {} }])

  await system.verify()
  const refused = keep()
  expect(refused.text).toContain('A-2 is refuted')
  expect(refused.status).toBe(2)
  const unexplained = keep('--replace', 'A-1')
  expect(unexplained.text).toContain('--reason')
  expect(unexplained.status).toBe(3)
})
