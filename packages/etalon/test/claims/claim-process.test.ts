import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ClaimOutcome } from '../../src/evidence/claim-outcome.ts'
import { listRuns } from '../../src/evidence/run-directory.ts'
import type { RunRecord } from '../../src/evidence/run-record.ts'
import { requirementsOf, scratchSystem, type ScratchSystem } from '../scratch-system.ts'

const claims = `import { claim } from 'etalon'
import { spawn } from 'node:child_process'

claim('A-UPHELD', async ({ system, prove }) => {
  const { body } = await system.anonymous.get('/').expect(200)
  prove('it greets', body.greeting).equals('hello')
})
claim('A-REFUTED', ({ prove, note }) => {
  prove('first', 1).equals(2)
  prove('second, which still runs', 1).equals(1)
})
claim('A-UNEXPECTED', async ({ system, prove }) => {
  await system.anonymous.get('/').expect(404)
  prove('never reached', true).isTrue()
})
claim('A-NOTHING', () => {})
claim('A-DANGLING', ({ prove }) => { prove('begun', 1); prove('concluded', 1).equals(1) })
claim('A-THREW', () => { throw new Error('out of luck') })
claim('A-THREW-TEXT', () => { throw 'a text' })
claim('A-THREW-UNDEFINED', () => { throw undefined })
claim('A-THREW-AFTER-REFUTING', ({ prove }) => { prove('x', 1).equals(2); throw new Error('later') })
claim('A-HANGS', { timeoutMs: 700 }, async ({ prove }) => {
  prove('before it hangs', 1).equals(1)
  await new Promise(() => {})
})
claim('A-SPINS', { timeoutMs: 700 }, () => { for (;;); })
claim('A-EXITS', ({ prove }) => { prove('before', 1).equals(1); process.exit(0) })
claim('A-KILLED', () => process.kill(process.pid, 'SIGKILL'))
claim('A-REJECTS-UNSEEN', async ({ prove }) => {
  prove('x', 1).equals(1)
  void Promise.reject(new Error('nobody caught me'))
  await new Promise((resolve) => setTimeout(resolve, 50))
})
claim('A-FLOODS', ({ prove }) => {
  for (let line = 0; line < 60000; line += 1) console.log('x'.repeat(100))
  prove('it ended', 1).equals(1)
})
claim('A-LEAVES-A-CHILD', { timeoutMs: 700 }, async ({ note }) => {
  note('child', { pid: spawn('sleep', ['300']).pid })
  await new Promise(() => {})
})
claim('A-CRASHES-THE-SYSTEM', async ({ system, prove }) => {
  await system.anonymous.get('/crash').then(() => {}, () => {})
  prove('the claim itself is content', 1).equals(1)
})
claim('A-CRASHES-ANOTHER', async ({ system, prove }) => {
  const another = await system.another()
  await another.anonymous.get('/crash').then(() => {}, () => {})
  prove('the claim itself is content', 1).equals(1)
})
claim('A-CRASHES-A-REVISION-OF-ANOTHER', async ({ system, prove }) => {
  const revision = await (await system.another()).revision()
  await revision.anonymous.get('/crash').then(() => {}, () => {})
  prove('the claim itself is content', 1).equals(1)
})
claim('A-KILLS-ANOTHER', async ({ system, prove }) => {
  const another = await system.another()
  await another.kill()
  prove('it was asked for', 1).equals(1)
})
claim('A-AFTER-ALL-THAT', async ({ system, prove }) => {
  prove('it answers', (await system.anonymous.get('/')).status).equals(200)
})
`
const ids = [...claims.matchAll(/claim\('([A-Z-]+)'/g)].map(([, id]) => id as string)

describe('a file of claims that behave badly', () => {
  let system: ScratchSystem
  let record: RunRecord
  let directory: string

  const outcomeOf = (id: string): ClaimOutcome =>
    record.outcomes.find(({ claim }) => claim === id) as ClaimOutcome

  beforeAll(async () => {
    system = scratchSystem({
      'requirements.md': requirementsOf(...ids),
      'claims/bad.claim.ts': claims,
    })
    record = await system.verify({ seed: '4f1c' })
    directory = listRuns(join(system.directory, '.etalon', 'runs'))[0] as string
  }, 120_000)
  afterAll(() => system.remove())

  test('planned claims are reported claims, each once', () => {
    expect(record.outcomes.map(({ claim }) => claim).sort()).toEqual([...ids].sort())
    expect(record.state).toBe('finished')
  })

  test.each([
    ['A-UPHELD', 'upheld', undefined],
    ['A-REFUTED', 'refuted', 'first: expected 2, found 1'],
    ['A-UNEXPECTED', 'refuted', 'GET / answers 404: expected 404, found 200'],
    ['A-NOTHING', 'inconclusive', 'the claim proved nothing'],
    ['A-DANGLING', 'inconclusive', 'prove("begun") was never compared with anything'],
    ['A-THREW', 'inconclusive', 'the claim threw: out of luck'],
    ['A-THREW-TEXT', 'inconclusive', 'the claim threw: a text'],
    ['A-THREW-UNDEFINED', 'inconclusive', 'the claim threw: undefined'],
    ['A-THREW-AFTER-REFUTING', 'refuted', 'x: expected 2, found 1'],
    ['A-HANGS', 'inconclusive', 'the claim did not end within 0.7 s'],
    ['A-SPINS', 'inconclusive', 'the claim did not end within 0.7 s'],
    ['A-EXITS', 'inconclusive', 'the claim process ended with code 0 while it ran'],
    ['A-KILLED', 'inconclusive', 'the claim process ended with signal SIGKILL while it ran'],
    ['A-REJECTS-UNSEEN', 'inconclusive', 'the claim process ended with code 1 while it ran'],
    ['A-FLOODS', 'upheld', undefined],
    ['A-LEAVES-A-CHILD', 'inconclusive', 'the claim did not end within 0.7 s'],
    [
      'A-CRASHES-THE-SYSTEM',
      'refuted',
      'the process api of the system ended by itself with code 9',
    ],
    ['A-CRASHES-ANOTHER', 'refuted', 'the process api of the system ended by itself with code 9'],
    [
      'A-CRASHES-A-REVISION-OF-ANOTHER',
      'refuted',
      'the process api of the system ended by itself with code 9',
    ],
    ['A-KILLS-ANOTHER', 'upheld', undefined],
    ['A-AFTER-ALL-THAT', 'upheld', undefined],
  ])('%s is %s', (id, verdict, reason) => {
    const outcome = outcomeOf(id)
    expect(outcome.verdict).toBe(verdict)
    expect(outcome.reason).toBe(reason)
  })

  test('proofs made before a hang are kept, and a refuted proof does not end its claim', () => {
    expect(outcomeOf('A-HANGS').proofs).toHaveLength(1)
    expect(outcomeOf('A-REFUTED').proofs).toHaveLength(2)
    expect(outcomeOf('A-UNEXPECTED').proofs).toMatchObject([
      { verdict: 'refuted', counterexample: { exchange: expect.stringContaining('GET / as') } },
    ])
  })

  test('every outcome says how to replay it and where its sealed evidence is', () => {
    for (const { claim, replay, evidence, seal } of record.outcomes) {
      expect(replay).toBe(`etalon verify scratch --only ${claim} --seed 4f1c`)
      expect(existsSync(join(directory, evidence, 'evidence.ndjson'))).toBe(true)
      expect(seal?.sizeBytes).toBeGreaterThan(0)
    }
  })

  test('a flooded log is cut', () => {
    const logs = globSync(join(directory, 'logs', '*.log'))
    expect(logs.length).toBeGreaterThan(0)
    expect(Math.max(...logs.map((log) => statSync(log).size))).toBeLessThan(1_400_000)
  })

  test('what a killed claim started is gone', () => {
    const { evidence } = outcomeOf('A-LEAVES-A-CHILD')
    const log = readFileSync(join(directory, evidence, 'evidence.ndjson'), 'utf8')
    const pid = Number(/"pid":(\d+)/.exec(log)?.[1])
    expect(pid).toBeGreaterThan(1)
    expect(existsSync(`/proc/${pid}/cwd`)).toBe(false)
  })
})
