import { afterEach, expect, test } from 'vitest'
import type { RunRecord } from '../../src/evidence/run-record.ts'
import { concludeRun } from '../../src/report/conclusion.ts'
import { viewOf } from '../../src/report/run-view.ts'
import { requirementsOf, scratchSystem, type ScratchSystem } from '../scratch-system.ts'

let system: ScratchSystem
afterEach(() => system.remove())

const linesOf = (record: RunRecord): string[] =>
  viewOf(record).systems.flatMap(({ requirements }) =>
    requirements.map(({ requirement, state, reason }) => `${requirement.id} ${state} ${reason}`),
  )

test('a chosen claim upholds no line that has further claims, and a requirement takes them all', async () => {
  system = scratchSystem({
    'requirements.md': requirementsOf('A-1', 'B-1'),
    'claims/some.claim.ts': `import { claim } from 'etalon'
claim(['A-1', 'B-1'], ({ prove }) => prove('one', 1).equals(1))
claim('B-1', { name: 'hard' }, ({ prove }) => prove('one', 1).equals(2))
`,
  })
  const only = (...names: readonly string[]): Promise<RunRecord> =>
    system.verify({ only: names, command: `etalon verify --only ${names.join(' ')}` })
  const part = await only('A-1')
  expect(linesOf(part)).toEqual(['A-1 upheld ', 'B-1 not-run B-1/hard took no part in this run'])
  expect(concludeRun(viewOf(part)).exitCode).toBe(0)
  expect(linesOf(await only('B-1'))).toEqual([
    'A-1 upheld ',
    'B-1 refuted one: expected 2, found 1',
  ])
})
