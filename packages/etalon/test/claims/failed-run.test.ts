import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { listRuns, readRunRecord } from '../../src/evidence/run-directory.ts'
import { EtalonError } from '../../src/kernel/errors.ts'
import { concludeRun } from '../../src/report/conclusion.ts'
import { viewOf } from '../../src/report/run-view.ts'
import { requirementsOf, scratchSystem, type ScratchSystem } from '../scratch-system.ts'

let system: ScratchSystem
afterEach(() => system.remove())

test('a run that could not go on upholds nothing, though all its claims were judged before', async () => {
  system = scratchSystem({
    'requirements.md': requirementsOf('A-1'),
    'claims/good.claim.ts': `import { claim } from 'etalon'
claim('A-1', ({ prove }) => prove('one', 1).equals(1))
`,
    'defects/one.defect.ts': `import { defect, environment } from 'etalon'
export default defect('x', { refutes: ['A-1'], plant: environment({ NOTHING: '1' }) })
`,
  })
  const broken = new EtalonError('ETALON_REDIS_MISSING', { problem: 'it went away' })
  const step = (text: string): void => {
    if (text.startsWith('defect')) throw broken
  }
  await expect(system.verify({ defects: true }, { step })).rejects.toBe(broken)
  const record = readRunRecord(listRuns(join(system.directory, '.etalon', 'runs'))[0] ?? '')
  expect(record).toMatchObject({ state: 'failed', failedWith: 4, problems: [broken.message] })
  expect(record.outcomes).toMatchObject([{ claim: 'A-1', verdict: 'upheld' }])
  expect(concludeRun(viewOf(record))).toMatchObject({ verdict: 'inconclusive', exitCode: 4 })
})
