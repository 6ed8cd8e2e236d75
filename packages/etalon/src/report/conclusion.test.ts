import { expect, test } from 'vitest'
import { concludeRun, type Conclusion } from './conclusion.ts'
import { viewOf } from './run-view.ts'
import {
  defect,
  outcome,
  planned,
  requirement,
  sampleRun,
  type SampleRun,
} from './testing/sample-run.ts'

const conclude = (run: SampleRun): Conclusion => concludeRun(viewOf(sampleRun(run)))
const two = [requirement('S-1'), requirement('S-2', { tier: 'should' })]

test('a refuted line of tier must is told in the first sentence and exits with 1', () => {
  const outcomes = [outcome('S-1', 'refuted'), outcome('S-2', 'inconclusive')]
  expect(conclude({ requirements: two, outcomes })).toMatchObject({
    verdict: 'refuted',
    exitCode: 1,
    finding: '1 of 1 requirements that must hold is refuted',
    notes: [
      'Of those that should hold, 1 could not be decided.',
      'No defects were planted to show that the claims can fail.',
    ],
  })
})

test('a line that was not decided keeps the run open', () => {
  const outcomes = [outcome('S-1', 'inconclusive')]
  expect(conclude({ requirements: [two[0]!], outcomes })).toMatchObject({
    exitCode: 2,
    finding: 'Nothing is refuted, but 1 of 1 requirements that must hold could not be decided',
  })
})

test('upheld says of how many, and how many nothing is known of', () => {
  const requirements = [requirement('S-1'), requirement('S-3')]
  const found = conclude({ requirements, outcomes: [outcome('S-1', 'upheld')] })
  expect(found).toMatchObject({ verdict: 'upheld', exitCode: 0 })
  expect(found.finding).toBe('The one judged requirement that must hold is upheld')
  expect(found.notes).toContain('1 requirement has no claim: nothing is known of it.')
})

test('upheld counts all of them where all were judged', () => {
  const outcomes = [outcome('S-1', 'upheld'), outcome('S-3', 'upheld')]
  const requirements = [requirement('S-1'), requirement('S-3')]
  expect(conclude({ requirements, outcomes }).finding).toBe(
    'All 2 requirements that must hold are upheld',
  )
})

test('an escaped defect takes the exit status of upheld away', () => {
  const found = conclude({
    requirements: [requirement('S-1')],
    outcomes: [outcome('S-1', 'upheld')],
    defects: [defect('late', { 'S-1': 'upheld' })],
  })
  expect(found).toMatchObject({ verdict: 'inconclusive', exitCode: 2 })
  expect(found.finding).toContain('not every claim has shown that it can fail')
  expect(found.notes).toEqual(['1 planted defect escaped the claim that must find it.'])
})

test('with --strict lines of tier should decide too', () => {
  const outcomes = [outcome('S-1', 'upheld'), outcome('S-2', 'refuted')]
  expect(conclude({ requirements: two, outcomes }).exitCode).toBe(0)
  const command = 'etalon verify --strict'
  expect(conclude({ requirements: two, outcomes, command })).toMatchObject({
    exitCode: 1,
    finding: '1 of 2 requirements is refuted',
  })
})

test('a run that goes on has no exit status, an interrupted one its own', () => {
  const run = {
    requirements: [requirement('S-1'), requirement('S-3')],
    planned: [planned('S-1'), planned('S-3')],
    outcomes: [outcome('S-1', 'upheld')],
  }
  const running = conclude({ ...run, state: 'running' })
  expect(running.exitCode).toBeUndefined()
  expect(running.finding).toBe('1 of 2 requirements that must hold are upheld so far')
  expect(running.notes[0]).toContain('1 of 2 claims had been judged')
  expect(conclude({ ...run, state: 'interrupted' }).exitCode).toBe(5)
})

test.each(['interrupted', 'failed'] as const)(
  'a run that was %s upholds nothing, whatever was upheld until then',
  (state) => {
    const outcomes = [outcome('S-1', 'upheld')]
    const found = conclude({ requirements: [requirement('S-1')], outcomes, state })
    expect(found.verdict).toBe('inconclusive')
    expect(found.finding).toMatch(/, but the run did not come to its end$/)
    expect(found.notes[0]).toMatch(
      new RegExp(`^The run .*${state}.*: 1 of 1 claim had been judged`),
    )
    expect(found.exitCode).toBe(state === 'failed' ? 70 : 5)
  },
)

test('a run that failed tells the exit status that it ended with', () => {
  const run = sampleRun({ requirements: two, outcomes: [outcome('S-1', 'refuted')] })
  const found = concludeRun(viewOf({ ...run, state: 'failed', failedWith: 4 }))
  expect(found).toMatchObject({ verdict: 'refuted', exitCode: 4 })
})

test('chosen claims of a line that has others decide the run, and no line', () => {
  const run = {
    requirements: [requirement('S-1'), requirement('S-3')],
    command: 'etalon verify shop --only S-1/easy',
    unselected: [planned('S-1/hard', ['S-1']), planned('S-3')],
  }
  const easy = (verdict: 'upheld' | 'refuted'): Conclusion =>
    conclude({ ...run, outcomes: [outcome('S-1/easy', verdict, { requirements: ['S-1'] })] })
  expect(easy('upheld')).toMatchObject({
    verdict: 'upheld',
    exitCode: 0,
    finding: 'The chosen claims are upheld, but no requirement was judged by all that cover it',
  })
  expect(easy('upheld').notes).toContain('Of 1 requirement only some of the claims took part.')
  expect(easy('upheld').notes).toContain('1 requirement took no part in this run.')
  expect(easy('refuted').exitCode).toBe(1)
})

test('where only claims of lines that should hold are chosen, they decide', () => {
  const chosen = (verdict: 'upheld' | 'refuted'): Conclusion =>
    conclude({
      requirements: two,
      command: 'etalon verify shop --only S-2',
      planned: [planned('S-2')],
      unselected: [planned('S-1')],
      outcomes: [outcome('S-2', verdict)],
    })
  expect(chosen('upheld')).toMatchObject({ verdict: 'upheld', exitCode: 0 })
  expect(chosen('upheld').finding).toBe('The one judged requirement is upheld')
  expect(chosen('refuted').exitCode).toBe(1)
})

test('nothing judged is no pass', () => {
  const found = conclude({ requirements: [requirement('S-1')] })
  expect(found).toMatchObject({ verdict: 'inconclusive', exitCode: 2 })
  expect(found.finding).toBe('No requirement that must hold was judged')
})
