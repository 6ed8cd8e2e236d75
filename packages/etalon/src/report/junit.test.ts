import { expect, test } from 'vitest'
import { renderJunit } from './junit.ts'
import { licenceRun } from './testing/licence-run.ts'
import { outcome, planned, proof, requirement, sampleRun } from './testing/sample-run.ts'
import { elementsOf, readXml, type XmlElement } from './testing/xml-reader.ts'

const read = (record: Parameters<typeof renderJunit>[0]): XmlElement => readXml(renderJunit(record))

const named = (root: XmlElement, start: string): XmlElement | undefined =>
  elementsOf(root, 'testcase').find(({ attributes }) => attributes['name']?.startsWith(start))

test('a case for each planned claim, a failure if refuted, an error if open', () => {
  const [suite, defects] = elementsOf(read(licenceRun()), 'testsuite')
  expect(suite?.attributes).toMatchObject({
    name: 'lfa-licenses',
    tests: '119',
    failures: '5',
    errors: '5',
  })
  expect(elementsOf(suite!, 'testcase')).toHaveLength(119)
  expect(elementsOf(suite!, 'failure')).toHaveLength(5)
  expect(elementsOf(suite!, 'error').map(({ attributes }) => attributes['type'])).toEqual(
    Array.from({ length: 5 }, () => 'inconclusive'),
  )
  expect(defects?.attributes).toMatchObject({ name: 'lfa-licenses defects', errors: '2' })
})

test('a failure carries the reason, the counterexample and how to see it again', () => {
  const found = named(read(licenceRun()), 'LFA-T-21 ')
  expect(found?.attributes).toMatchObject({
    classname: 'lfa-licenses.Journeys and scenarios / Across specializations',
    name: 'LFA-T-21 Two parallel spends of the last credits: exactly one succeeds',
  })
  const [failure] = found?.children ?? []
  expect(failure?.attributes['message']).toBe('spends that succeeded: expected 1, found 2')
  expect(failure?.text).toContain("call: 'POST /internship/credits/spend'")
  expect(failure?.text).toContain('npx etalon verify lfa-licenses --only LFA-T-21 --seed 4f1c22ab')
})

test('what has not been judged is an error, in a run that goes on and in one that ended', () => {
  const run = { requirements: [requirement('S-1')], planned: [planned('S-1')] }
  const type = (state: 'running' | 'finished'): string | undefined =>
    elementsOf(read(sampleRun({ ...run, state })), 'error')[0]?.attributes['type']
  expect(type('running')).toBe('pending')
  expect(type('finished')).toBe('inconclusive')
})

test('a run that was cut short is an error, also where all its claims passed', () => {
  const run = { requirements: [requirement('S-1')], outcomes: [outcome('S-1', 'upheld')] }
  const errors = (state: 'finished' | 'interrupted' | 'failed'): (string | undefined)[] =>
    elementsOf(read(sampleRun({ ...run, state })), 'error').map(
      ({ attributes }) => attributes['message'],
    )
  expect(errors('finished')).toEqual([])
  expect(errors('interrupted')).toEqual(['The run was interrupted: 1 of 1 claim had been judged.'])
  expect(errors('failed')).toEqual([
    'The run failed and could not go on: 1 of 1 claim had been judged.',
  ])
})

test('a line that sums up what has no claim is an error, as it keeps the run open', () => {
  const sum = requirement('S-9', { derivedFrom: ['S-1', 'S-3'] })
  const record = sampleRun({
    requirements: [requirement('S-1'), requirement('S-3'), sum],
    outcomes: [outcome('S-1', 'upheld')],
  })
  const [error] = named(read(record), 'S-9')?.children ?? []
  expect(error?.attributes).toMatchObject({ type: 'inconclusive', message: 'S-3 has no claim' })
})

test('tells seed, commit and versions as properties', () => {
  const properties = elementsOf(read(licenceRun()), 'property').map(({ attributes }) => attributes)
  expect(properties).toContainEqual({ name: 'seed', value: '4f1c22ab' })
  expect(properties).toContainEqual({ name: 'PostgreSQL', value: '18.4' })
  expect(properties.map(({ name }) => name)).toContain('commit')
})

test('hostile text stays text', () => {
  const hostile = ']]></failure><x a="\u0000\u0008\uFFFF\uD800 & \'<>"/>\n😀'
  const record = sampleRun({
    requirements: [requirement('S-1')],
    outcomes: [
      outcome('S-1', 'refuted', {
        title: hostile,
        reason: hostile,
        proofs: [proof('refuted', { counterexample: hostile })],
      }),
    ],
  })
  const [found] = elementsOf(read(record), 'testcase')
  const shown = hostile
    .replace('\u0000', String.raw`\u0000`)
    .replace('\u0008', String.raw`\u0008`)
    .replace('\uFFFF', String.raw`\uFFFF`)
    .replace('\uD800', '\uFFFD')
  expect(found?.attributes['name']).toBe(`S-1 ${shown}`)
  expect(found?.children[0]?.attributes['message']).toBe(shown)
  expect(found?.children[0]?.text).toContain(shown)
})
