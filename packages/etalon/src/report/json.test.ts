import { expect, test } from 'vitest'
import type { JsonReport } from './json-report.ts'
import { renderJson } from './json.ts'
import { licenceRun } from './testing/licence-run.ts'
import { outcome, planned, requirement, sampleRun } from './testing/sample-run.ts'

const read = (...options: Parameters<typeof licenceRun>): JsonReport =>
  JSON.parse(renderJson(licenceRun(...options))) as JsonReport

test('tells requirement by requirement what was found, and by what', () => {
  const { systems, conclusion, totals } = read()
  const lines = systems.flatMap(({ requirements }) => requirements)
  expect(lines).toHaveLength(124)
  expect(conclusion).toMatchObject({ verdict: 'refuted', exitCode: 1 })
  expect(totals).toEqual({
    requirements: {
      refuted: 5,
      inconclusive: 5,
      pending: 0,
      upheld: 109,
      unclaimed: 5,
      'not-run': 0,
    },
    claims: { planned: 119, judged: 119 },
    defects: { planted: 118, convictions: 118, escaped: 1 },
  })
  expect(lines.find(({ id }) => id === 'LFA-PERF-06')).toMatchObject({
    tier: 'should',
    target: 'P95 < 100 ms',
    reported: '145 ms',
    state: 'refuted',
    figure: '138 ms',
    interval: { value: 138.2, low: 131.4, high: 146.9, unit: 'ms', samples: 4_180 },
    claims: [
      {
        verdict: 'refuted',
        seed: '4f1c22ab',
        replay: 'etalon verify lfa-licenses --only LFA-PERF-06 --seed 4f1c22ab',
        evidence: 'claims/lfa-licenses/LFA-PERF-06/evidence.ndjson',
        seal: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
        proofs: [{ verdict: 'refuted', counterexample: { found: '138 ms' } }, {}],
      },
    ],
  })
})

test('sums the run up in the fields of a completion report', () => {
  const outcomes = [outcome('S-1', 'upheld'), outcome('S-2', 'refuted')]
  const requirements = [requirement('S-1'), requirement('S-2'), requirement('S-3')]
  const record = sampleRun({
    requirements,
    outcomes,
    planned: [...outcomes, planned('S-3')],
    state: 'interrupted',
  })
  expect((JSON.parse(renderJson(record)) as JsonReport).summary).toEqual({
    timestamp: record.startedAt,
    total_tests: 3,
    passed: 1,
    failed: 1,
    success_rate: 33.33,
  })
})

test('names what escaped and what no defect names', () => {
  const { defects, undefended } = read()
  const escaped = defects.filter(({ convictions }) => convictions.some((one) => !one.convicted))
  expect(escaped.map(({ file }) => file)).toEqual(['defects/lfa-r-15.defect.ts'])
  expect(undefended).toEqual(['lfa-licenses/LFA-API-07'])
})

test('names the claims of a requirement that were not selected', () => {
  const record = sampleRun({
    requirements: [requirement('S-1')],
    outcomes: [outcome('S-1', 'upheld')],
    unselected: [planned('S-1/hard', ['S-1'])],
  })
  const { systems } = JSON.parse(renderJson(record)) as JsonReport
  expect(systems[0]?.requirements[0]).toMatchObject({
    state: 'not-run',
    reason: 'S-1/hard took no part in this run',
    unselected: ['S-1/hard'],
  })
})

test('every field is there: what is unknown is null', () => {
  const record = sampleRun({
    requirements: [requirement('S-1')],
    planned: [planned('S-1')],
    state: 'running',
  })
  const { conclusion, systems } = JSON.parse(renderJson(record)) as JsonReport
  expect(conclusion.exitCode).toBeNull()
  expect(systems[0]?.requirements[0]).toEqual({
    id: 'S-1',
    tier: 'must',
    kind: null,
    text: 'S-1 holds',
    section: ['Shop'],
    line: 1,
    hash: '0',
    target: null,
    reported: null,
    state: 'pending',
    reason: null,
    figure: null,
    interval: null,
    doubts: [],
    claims: [],
    pending: ['S-1'],
    unselected: [],
  })
})
