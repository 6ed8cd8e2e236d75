import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ClaimOutcome } from '../../src/evidence/claim-outcome.ts'
import { listRuns } from '../../src/evidence/run-directory.ts'
import type { RunRecord } from '../../src/evidence/run-record.ts'
import { requirementsOf, scratchSystem, type ScratchSystem } from '../scratch-system.ts'

const claims = `import { claim, measureOnce } from 'etalon'

let times = 0
const counted = measureOnce(async () => (times += 1))
const further = measureOnce(async (context) => (await counted(context)) + 1)
const failing = measureOnce(async () => { throw new Error('out of luck') })
const overloaded = { kind: 'overloaded-machine', message: 'others were busy' }
const outliers = { kind: 'outliers', message: 'three outliers' }

claim('A-DRIVES', async (context) => {
  context.doubt(outliers)
  context.prove('times', await counted(context)).equals(1)
  context.prove('times', await counted(context)).equals(1)
  context.doubt(overloaded)
})
claim('A-SHARES', async (context) => {
  context.prove('times', await counted(context)).equals(1)
  context.prove('times', await counted(context)).equals(1)
})
claim('A-REFUTES', async (context) => {
  context.prove('a time', await counted(context)).isBelow(1, 'ms')
})
claim('A-APART', ({ prove }) => prove('one', 1).equals(1))
claim('A-FURTHER', async (context) => {
  context.prove('times', await further(context)).equals(2)
})
claim('A-SHARES-FURTHER', async (context) => {
  context.prove('times', await further(context)).equals(2)
})
claim('A-PART', async ({ prove, ...part }) => prove('times', await counted(part)).equals(1))
claim('A-FAILS', async (context) => { context.prove('x', await failing(context)).equals(1) })
claim('A-FAILS-TOO', async (context) => { context.prove('x', await failing(context)).equals(1) })
`
const ids = [...claims.matchAll(/claim\('([A-Z-]+)'/g)].map(([, id]) => id as string)

let system: ScratchSystem
let record: RunRecord

const outcomeOf = (id: string): ClaimOutcome =>
  record.outcomes.find(({ claim }) => claim === id) as ClaimOutcome

beforeAll(async () => {
  system = scratchSystem({
    'requirements.md': requirementsOf(...ids),
    'claims/sharing.claim.ts': claims,
  })
  record = await system.verify()
}, 120_000)
afterAll(() => system.remove())

test.each([
  ['A-DRIVES', 'inconclusive', 'others were busy'],
  ['A-SHARES', 'inconclusive', 'others were busy'],
  ['A-REFUTES', 'inconclusive', 'others were busy'],
  ['A-APART', 'upheld', undefined],
  ['A-FURTHER', 'inconclusive', 'others were busy'],
  ['A-SHARES-FURTHER', 'inconclusive', 'others were busy'],
  [
    'A-PART',
    'inconclusive',
    'the claim threw: measureOnce: expected the whole context that the claim was given',
  ],
  ['A-FAILS', 'inconclusive', 'the claim threw: out of luck'],
  ['A-FAILS-TOO', 'inconclusive', 'the claim threw: out of luck'],
])('%s is %s', (id, verdict, reason) => {
  const outcome = outcomeOf(id)
  expect([outcome.verdict, outcome.reason]).toEqual([verdict, reason])
})

test('who shares a measurement has each of its doubts once, and says whose it is', () => {
  const kinds = (id: string): string[] => outcomeOf(id).doubts.map(({ kind }) => kind)
  expect(kinds('A-SHARES')).toEqual(['outliers', 'overloaded-machine'])
  expect(kinds('A-SHARES-FURTHER')).toEqual(['outliers', 'overloaded-machine'])
  const [run] = listRuns(join(system.directory, '.etalon', 'runs'))
  const file = join(run as string, outcomeOf('A-SHARES').evidence, 'evidence.ndjson')
  const noted = readFileSync(file, 'utf8').match(/"judges what an earlier claim measured".*\}/g)
  expect(noted).toEqual([expect.stringContaining('"claim":"A-DRIVES"')])
})
