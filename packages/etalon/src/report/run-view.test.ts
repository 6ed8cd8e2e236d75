import { expect, test } from 'vitest'
import type { ClaimOutcome } from '../evidence/claim-outcome.ts'
import type { Verdict } from '../kernel/verdict.ts'
import { headlineOf } from './headline.ts'
import type { RequirementView } from './requirement-view.ts'
import { convictionsOf, intervalOf, viewOf } from './run-view.ts'
import { defect, outcome, planned, proof, requirement, sampleRun } from './testing/sample-run.ts'

const stateOf = (run: Parameters<typeof sampleRun>[0], id = 'S-1'): string | undefined => {
  const [system] = viewOf(sampleRun(run)).systems
  return system?.requirements.find((line) => line.requirement.id === id)?.state
}

test('a line takes the worst verdict of its claims', () => {
  const requirements = [requirement('S-1')]
  const covering = { requirements: ['S-1'] }
  const upheld = outcome('a', 'upheld', covering)
  const open = outcome('b', 'inconclusive', covering)
  const refuted = outcome('c', 'refuted', covering)
  expect(stateOf({ requirements, outcomes: [upheld] })).toBe('upheld')
  expect(stateOf({ requirements, outcomes: [upheld, open] })).toBe('inconclusive')
  expect(stateOf({ requirements, outcomes: [upheld, open, refuted] })).toBe('refuted')
})

test('a line without a claim is unclaimed, in a run of chosen claims it was not run', () => {
  const requirements = [requirement('S-1'), requirement('S-2')]
  const outcomes = [outcome('S-1', 'upheld')]
  expect(stateOf({ requirements, outcomes }, 'S-2')).toBe('unclaimed')
  const command = 'etalon verify shop --only S-1'
  expect(stateOf({ requirements, outcomes, command }, 'S-2')).toBe('not-run')
})

test('claims that were not selected leave a line not run that the others uphold', () => {
  const covering = { requirements: ['S-1'] }
  const run = {
    requirements: [requirement('S-1'), requirement('S-9', { derivedFrom: ['S-1'] })],
    command: 'etalon verify shop --only S-1/easy',
    unselected: [planned('S-1/hard', ['S-1']), planned('S-1/hot', ['S-1'])],
  }
  const line = (verdict: Verdict): RequirementView | undefined => {
    const outcomes = [outcome('S-1/easy', verdict, covering)]
    return viewOf(sampleRun({ ...run, outcomes })).systems[0]?.requirements[0]
  }
  expect(line('upheld')).toMatchObject({
    state: 'not-run',
    reason: 'S-1/hard and 1 more claim took no part in this run',
  })
  expect(line('inconclusive')?.state).toBe('inconclusive')
  expect(line('refuted')?.state).toBe('refuted')
  const waiting = { ...run, planned: [planned('S-1/easy', ['S-1'])] }
  expect(stateOf({ ...waiting, state: 'running' })).toBe('pending')
  expect(stateOf({ ...run, outcomes: [outcome('S-1/easy', 'upheld', covering)] }, 'S-9')).toBe(
    'not-run',
  )
})

test('a sum of which an own claim was not selected is not run', () => {
  const requirements = [requirement('S-1'), requirement('S-9', { derivedFrom: ['S-1'] })]
  const unselected = [planned('S-9')]
  const command = 'etalon verify shop --only S-1'
  const run = { requirements, unselected, command }
  expect(stateOf({ ...run, outcomes: [outcome('S-1', 'upheld')] }, 'S-9')).toBe('not-run')
  expect(stateOf({ ...run, outcomes: [outcome('S-1', 'refuted')] }, 'S-9')).toBe('refuted')
})

test('an unreported claim is pending while the run goes on, then inconclusive', () => {
  const run = { requirements: [requirement('S-1')], planned: [planned('S-1')] }
  expect(stateOf({ ...run, state: 'running' })).toBe('pending')
  expect(stateOf({ ...run, state: 'interrupted' })).toBe('inconclusive')
  expect(stateOf({ ...run, state: 'finished' })).toBe('inconclusive')
  const [line] = viewOf(sampleRun(run)).systems[0]?.requirements ?? []
  expect(line?.reason).toBe('1 claim ended without a verdict')
})

test('what is refuted is refuted before its other claims are reported', () => {
  const covering = { requirements: ['S-1'] }
  const outcomes = [outcome('a', 'refuted', covering)]
  const all = [...outcomes, planned('b', ['S-1'])]
  const requirements = [requirement('S-1')]
  expect(stateOf({ requirements, outcomes, planned: all, state: 'running' })).toBe('refuted')
})

test('a claim of another system covers nothing, also under the same id', () => {
  const requirements = [requirement('S-1')]
  const outcomes = [outcome('S-1', 'upheld', { system: 'other' })]
  expect(stateOf({ requirements, outcomes })).toBe('unclaimed')
})

test('only lines of tier must decide the verdict of a run', () => {
  const requirements = [requirement('S-1'), requirement('S-2', { tier: 'should' })]
  const outcomes = [outcome('S-1', 'upheld'), outcome('S-2', 'refuted')]
  const view = viewOf(sampleRun({ requirements, outcomes }))
  expect([view.verdict, view.strictVerdict]).toEqual(['upheld', 'refuted'])
  expect(view.counts).toMatchObject({ upheld: 1, refuted: 1, inconclusive: 0 })
})

test('a run without a judged line of tier must is inconclusive', () => {
  expect(viewOf(sampleRun({ requirements: [requirement('S-1')] })).verdict).toBe('inconclusive')
})

test('the headline is what refutes, else what is open, else what was measured', () => {
  const estimate = {
    value: 2,
    low: 1,
    high: null,
    unit: 'ms' as const,
    confidence: 0.95,
    samples: 9,
    method: 'm',
  }
  const exact = proof('upheld')
  const measured = proof('upheld', { figure: '2 ms', estimate })
  const open = proof('inconclusive', { figure: '4' })
  const refuted = proof('refuted', { figure: '5' })
  const headline = (...proofs: (typeof exact)[]): string | undefined =>
    headlineOf({ proofs }, undefined)?.figure
  expect(headline(exact, measured, open, refuted)).toBe('5')
  expect(headline(exact, measured, open)).toBe('4')
  expect(headline(exact, measured)).toBe('2 ms')
  expect(headline(exact)).toBe('3')
  expect(headline(exact, exact)).toBeUndefined()
  expect(intervalOf(measured)).toBe('[1 ms, unbounded]')
})

test('among exact figures the headline is what was asked for, in a unit, or among most', () => {
  const exact = proof('upheld', { target: '≥ 20' })
  const slowest = proof('upheld', { figure: '9 ms', target: '< 50 ms', unit: 'ms' })
  const later = proof('upheld', { figure: '7 ms', target: '< 60 ms', unit: 'ms' })
  const few = proof('upheld', { figure: 'none of 2', target: 'none', lookedAt: 2 })
  const many = proof('upheld', { figure: 'none of 9', target: 'none', lookedAt: 9 })
  const headline = (asked: string | undefined, ...proofs: (typeof exact)[]): string | undefined =>
    headlineOf({ proofs }, asked)?.figure
  expect(headline('20 of 20; < 60 ms each', exact, slowest, later)).toBe('7 ms')
  expect(headline('< 60 ms', exact, few, slowest)).toBe('9 ms')
  expect(headline(undefined, exact, few, many)).toBe('none of 9')
  expect(headline('≥ 20 symbols', slowest, exact)).toBe('3')
  expect(headline('≥ 200 symbols', slowest, exact)).toBe('9 ms')
  expect(headline('≥ 20.5 symbols', exact, exact)).toBeUndefined()
  const ratio = proof('upheld', { figure: '1.02 ×', target: '≤ 1.25 ×', unit: 'ratio' })
  expect(headline('<= 1.25 x', slowest, ratio)).toBe('1.02 ×')
  const rate = proof('upheld', { figure: '58 Hz', target: '≥ 30/s', unit: 'Hz' })
  expect(headline('≥ 30 frames a second', slowest, rate)).toBe('58 Hz')
  expect(headline('≥ 30 a second', slowest, rate)).toBe('58 Hz')
  expect(headline('≥ 30/s; < 60 ms; < 50 ms', slowest, later, rate)).toBe('58 Hz')
  expect(headline('< 60 ms; < 50 ms', slowest, later, rate)).toBe('7 ms')
})

test('several exact proofs are counted', () => {
  const outcomes = [outcome('S-1', 'upheld', { proofs: [proof('upheld'), proof('upheld')] })]
  const view = viewOf(sampleRun({ requirements: [requirement('S-1')], outcomes }))
  expect(view.systems[0]?.requirements[0]?.figure).toBe('2 of 2 proofs')
})

test('doubts of the claim and of its proofs stand beside the line, each once', () => {
  const doubt = { kind: 'outliers', message: 'three outliers' } as const
  const proofs = [proof('upheld', { doubts: [doubt] }), proof('upheld', { doubts: [doubt] })]
  const busy = { kind: 'busy-machine', message: 'busy' } as const
  const outcomes = [outcome('S-1', 'upheld', { proofs, doubts: [busy] })]
  const view = viewOf(sampleRun({ requirements: [requirement('S-1')], outcomes }))
  const messages = view.systems[0]?.requirements[0]?.doubts.map(({ message }) => message)
  expect(messages).toEqual(['busy', 'three outliers'])
})

test('a defect that its claim does not refute has escaped, and is told first', () => {
  const requirements = [requirement('S-1'), requirement('S-2')]
  const outcomes = [outcome('S-1', 'upheld'), outcome('S-2', 'upheld')]
  const defects = [defect('loses a row', { 'S-1': 'refuted' }), defect('late', { 'S-2': 'upheld' })]
  const run = sampleRun({ requirements, outcomes, defects })
  const view = viewOf(run)
  expect(view.escaped.map(({ claim }) => claim)).toEqual(['S-2'])
  expect(view.undefended).toEqual([])
  expect(convictionsOf(run).map((one) => one.conviction.claim)).toEqual(['S-2', 'S-1'])
  const lines = view.systems[0]?.requirements
  expect(lines?.map((line) => line.defects.map(({ title }) => title))).toEqual([
    ['loses a row'],
    ['late'],
  ])
})

test('claims that no defect names are undefended once all defects were planted', () => {
  const requirements = [requirement('S-1'), requirement('S-2')]
  const outcomes = [outcome('S-1', 'upheld'), outcome('S-2', 'upheld')]
  const defects = [defect('loses a row', { 'S-1': 'refuted' })]
  const undefended = (parts: object): string[] =>
    viewOf(sampleRun({ requirements, outcomes, ...parts })).undefended.map(({ claim }) => claim)
  expect(undefended({ defects })).toEqual(['S-2'])
  expect(undefended({ defects, state: 'running' })).toEqual([])
  const companions = sampleRun({ requirements, outcomes }).planned.map((claim) => ({
    ...claim,
    companion: true,
  }))
  expect(undefended({ defects, planned: companions })).toEqual([])
  expect(undefended({})).toEqual([])
  expect(undefended({ command: 'etalon verify --defects' })).toEqual(['S-1', 'S-2'])
})

test('a line that sums up others is decided by them', () => {
  const requirements = [
    requirement('S-1'),
    requirement('S-2'),
    requirement('S-3', { derivedFrom: ['S-1', 'S-2'] }),
    requirement('S-4', { derivedFrom: ['S-3'] }),
  ]
  const upheld = [outcome('S-1', 'upheld'), outcome('S-2', 'upheld')]
  const refuted = [outcome('S-1', 'upheld'), outcome('S-2', 'refuted')]
  expect(stateOf({ requirements, outcomes: upheld }, 'S-4')).toBe('upheld')
  expect(stateOf({ requirements, outcomes: refuted }, 'S-4')).toBe('refuted')
  expect(stateOf({ requirements, outcomes: upheld.slice(1) }, 'S-3')).toBe('inconclusive')
  const lines = viewOf(sampleRun({ requirements, outcomes: refuted })).systems[0]?.requirements
  expect(lines?.[2]).toMatchObject({ figure: '1 of 2 upheld', reason: 'S-2 is refuted' })
})

test('a sum may stand before the sums that it sums up', () => {
  const lines = [
    requirement('S-1', { derivedFrom: ['S-2'] }),
    requirement('S-2', { derivedFrom: ['S-3'] }),
    requirement('S-3'),
  ]
  const view = viewOf(sampleRun({ requirements: lines, outcomes: [outcome('S-3', 'upheld')] }))
  expect(view.systems[0]?.requirements.map(({ state }) => state)).toEqual([
    'upheld',
    'upheld',
    'upheld',
  ])
})

test('a line that sums up others and has a claim of its own is decided by both', () => {
  const requirements = [requirement('S-1'), requirement('S-9', { derivedFrom: ['S-1'] })]
  const sum = (source: Verdict, own: Verdict): RequirementView | undefined => {
    const outcomes = [outcome('S-1', source), outcome('S-9', own, { reason: 'it is odd' })]
    return viewOf(sampleRun({ requirements, outcomes })).systems[0]?.requirements[1]
  }
  expect(sum('upheld', 'upheld')).toMatchObject({ state: 'upheld', reason: '' })
  expect(sum('upheld', 'refuted')).toMatchObject({ state: 'refuted', reason: 'it is odd' })
  expect(sum('upheld', 'inconclusive')).toMatchObject({ state: 'inconclusive' })
  expect(sum('refuted', 'upheld')).toMatchObject({ state: 'refuted', reason: 'S-1 is refuted' })
  const run = { requirements, outcomes: [outcome('S-1', 'upheld')] }
  const waiting = [...run.outcomes, planned('S-9')]
  expect(stateOf({ ...run, planned: waiting, state: 'running' }, 'S-9')).toBe('pending')
  expect(stateOf({ ...run, planned: waiting }, 'S-9')).toBe('inconclusive')
})

test('a sum of which a part was not run is not run, unless its own claim leaves it open', () => {
  const requirements = [
    requirement('S-1'),
    requirement('S-2'),
    requirement('S-9', { derivedFrom: ['S-1', 'S-2'] }),
  ]
  const command = 'etalon verify shop --only …'
  const part = (...outcomes: ClaimOutcome[]): string | undefined =>
    stateOf({ requirements, outcomes, command }, 'S-9')
  expect(part(outcome('S-1', 'inconclusive'))).toBe('not-run')
  expect(part(outcome('S-9', 'upheld'))).toBe('not-run')
  expect(part(outcome('S-9', 'inconclusive'))).toBe('inconclusive')
  expect(part(outcome('S-9', 'refuted'))).toBe('refuted')
})
