import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { RunDirectory } from '../../src/evidence/run-directory.ts'
import type { RunRecord } from '../../src/evidence/run-record.ts'
import { requirementsOf, scratchSystem, type ScratchSystem } from '../scratch-system.ts'

let system: ScratchSystem
afterEach(() => system.remove())

const verdictsOf = ({ outcomes }: RunRecord): Record<string, string> =>
  Object.fromEntries(outcomes.map(({ claim, verdict }) => [claim, verdict]))

test('a claim is not judged by what another with a similar name found', async () => {
  system = scratchSystem({
    'requirements.md': requirementsOf('A-1'),
    'claims/names.claim.ts': `import { claim } from 'etalon'
claim('A-1', { name: 'создание' }, ({ prove }) => prove('one', 1).equals(1))
claim('A-1', { name: 'удаление' }, () => { throw new Error('out of luck') })
`,
  })
  const record = await system.verify()
  expect(verdictsOf(record)).toEqual({ 'A-1/создание': 'upheld', 'A-1/удаление': 'inconclusive' })
})

test('a claim whose evidence is there already is not run into it', async () => {
  system = scratchSystem({
    'requirements.md': requirementsOf('A-1', 'A-2', 'A-3'),
    'claims/dying.claim.ts': `import { claim } from 'etalon'
claim('A-1', () => process.kill(process.pid, 'SIGKILL'))
claim('A-2', ({ prove }) => prove('one', 1).equals(1))
claim('A-3', ({ prove }) => prove('one', 1).equals(1))
`,
  })
  let directory: RunDirectory | undefined
  const prepared = (_preparation: unknown, made: RunDirectory): void => {
    directory = made
  }
  const started = (claim: string): void => {
    if (claim !== 'A-1' || !directory) return
    const left = join(directory.path, 'claims', 'scratch', 'A-2', 'evidence.ndjson')
    mkdirSync(dirname(left), { recursive: true })
    writeFileSync(left, '{"atMs":0,"kind":"claim-started"}\n')
  }
  const record = await system.verify({}, { prepared, started })
  const verdicts = { 'A-1': 'inconclusive', 'A-2': 'inconclusive', 'A-3': 'upheld' }
  expect(verdictsOf(record)).toEqual(verdicts)
})
