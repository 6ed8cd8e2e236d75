import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { judgeClaim } from '../../src/claims/judge-claim.ts'
import type { ClaimOutcome } from '../../src/evidence/claim-outcome.ts'
import {
  evidenceBytesMax,
  openEvidenceLog,
  type EvidenceLog,
} from '../../src/evidence/evidence-log.ts'
import type { ProofRecord } from '../../src/evidence/proof-record.ts'
import type { Doubt } from '../../src/kernel/doubt.ts'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(os.tmpdir(), 'etalon-judge-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

const slow = { title: 'P99', verdict: 'refuted', figure: '57 ms', target: '< 10 ms', doubts: [] }
const estimate = { value: 57, low: 40, high: 80, confidence: 0.9, samples: 99, method: 'm' }
const overloaded = { kind: 'overloaded-machine', message: 'others were busy' } as const

function judged(proof: object, doubts: readonly Doubt[] = []): ClaimOutcome {
  const log = openEvidenceLog(join(directory, 'evidence.ndjson'), 'S-1')
  for (const doubt of doubts) log.record('doubt', { doubt })
  log.record('proof', { ...(proof as ProofRecord) })
  return judgedFrom(log)
}

/** Ends a claim, and judges it by its log. */
function judgedFrom(log: EvidenceLog): ClaimOutcome {
  const evidenceFile = log.path
  log.record('claim-ended', { status: 'ended' })
  log.close()
  const isolation = 'quiet'
  const claim = {
    claim: 'S-1',
    system: 'shop',
    requirements: ['S-1'],
    title: 'S-1 holds',
    file: 'a.ts',
    isolation,
  } as const
  const end = { durationMs: 1 }
  return judgeClaim({ claim, evidenceFile, evidence: '', seed: '1', replay: '', end, doubts: [] })
}

test.each(['ms', 's', 'Hz'] as const)('%s on an overloaded machine refute nothing', (unit) => {
  const proof = { ...slow, estimate: { ...estimate, unit } }
  expect(judged(proof)).toMatchObject({ verdict: 'refuted' })
  rmSync(join(directory, 'evidence.ndjson'))
  const { verdict, reason } = judged(proof, [overloaded])
  expect([verdict, reason]).toEqual(['inconclusive', 'others were busy'])
})

test('nor does an exact time', () => {
  expect(judged({ ...slow, unit: 'ms' }, [overloaded]).verdict).toBe('inconclusive')
})

test('nor does the ratio to a figure of another run', () => {
  const ratio = { ...slow, estimate: { ...estimate, unit: 'ratio' }, unit: 'ms' }
  expect(judged(ratio, [overloaded]).verdict).toBe('inconclusive')
})

test.each([
  ['a count', {}],
  ['a ratio of what was measured in turns', { estimate: { ...estimate, unit: 'ratio' } }],
])('%s refutes on an overloaded machine as on any other', (_what, figure) => {
  expect(judged({ ...slow, ...figure }, [overloaded]).verdict).toBe('refuted')
})

test('a note is no proof, whatever facts it keeps', () => {
  const log = openEvidenceLog(join(directory, 'evidence.ndjson'), 'S-1')
  log.record('note', { text: 'row', kind: 'proof', title: 'rows', verdict: 'upheld', doubts: [] })
  const { verdict, reason } = judgedFrom(log)
  expect([verdict, reason]).toEqual(['inconclusive', 'the claim proved nothing'])
})

test('a lost process refutes when the log is full, too', () => {
  const log = openEvidenceLog(join(directory, 'evidence.ndjson'), 'S-1')
  log.record('note', { text: 'x'.repeat(evidenceBytesMax) })
  log.record('proof', { ...slow, verdict: 'upheld' })
  log.record('process-lost', { process: 'api', exit: 'signal SIGSEGV' })
  expect(judgedFrom(log).verdict).toBe('refuted')
})
