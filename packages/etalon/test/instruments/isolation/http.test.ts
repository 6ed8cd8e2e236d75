import { afterEach, expect, test } from 'vitest'
import {
  createIsolation,
  only,
  owned,
  scoped,
  type IsolationRun,
  type Rule,
} from '../../../src/instruments/isolation/index.ts'
import { plainSession } from '../../../src/instruments/plain-session.ts'
import { Notebook, type Hole } from './notebook.ts'

const opened: Notebook[] = []
afterEach(async () => {
  for (const notebook of opened.splice(0)) await notebook.close()
})

const rules: Readonly<Record<string, Rule>> = {
  'GET /notes': scoped(),
  'GET /notes/{id}': owned({ id: 'note' }),
  'DELETE /notes/{id}': owned({ id: 'note' }),
}

async function trial(hole?: Hole, declared = rules): Promise<IsolationRun> {
  const notebook = new Notebook(hole)
  opened.push(notebook)
  const secret = 'only for ann'
  return createIsolation(plainSession(), await notebook.open()).overHttp('notes', {
    rules: declared,
    actors: { ann: { 'x-user': 'ann' }, bob: { 'x-user': 'bob' }, nobody: {} },
    owner: 'ann',
    nobody: ['nobody'],
    secret,
    make: (actor) =>
      Promise.resolve({ note: notebook.add(actor, actor === 'ann' ? secret : 'of another') }),
    state: ({ note }) => Promise.resolve(notebook.find(note ?? '') ?? 'gone'),
  })
}

test('a service without a hole is closed, in every cell', async () => {
  const run = await trial()
  expect(run).toMatchObject({ leaks: [], unproven: [], untried: [], unknown: [] })
  expect(run.cells.map(({ operation, actor }) => `${actor}: ${operation}`)).toEqual([
    'bob: GET /notes',
    'nobody: GET /notes',
    'bob: GET /notes/{id}',
    'nobody: GET /notes/{id}',
    'bob: DELETE /notes/{id}',
    'nobody: DELETE /notes/{id}',
    'bob: GET /notes',
  ])
})

test.each([
  ['says forbidden', 'GET /notes/{id}', 'status'],
  ['says whose it is', 'GET /notes/{id}', 'answer'],
  ['tells by a header', 'GET /notes/{id}', 'answer'],
  ['lists all', 'GET /notes', 'content'],
  ['counts all', 'GET /notes', 'count'],
  ['shows anybody', 'GET /notes/{id}', 'content'],
  ['removes and says unknown', 'DELETE /notes/{id}', 'change'],
] as const)('a service that %s leaks', async (hole, operation, leak) => {
  const { leaks } = await trial(hole)
  expect(leaks).toContainEqual(expect.objectContaining({ operation, actor: 'bob', leak }))
  expect(leaks.every(({ request }) => request?.includes('as bob'))).toBe(true)
})

test('a service that asks for no token leaks to who has none', async () => {
  const { leaks } = await trial('asks for no token')
  const toNobody = leaks.filter(({ actor }) => actor === 'nobody')
  expect(new Set(toNobody.map(({ operation }) => operation))).toEqual(new Set(Object.keys(rules)))
})

test('what the owner cannot do either shows nothing', async () => {
  const { unproven, leaks } = await trial('removes nothing')
  expect(leaks).toEqual([])
  expect(unproven.map(({ operation, actor }) => `${actor}: ${operation}`)).toEqual([
    'bob: DELETE /notes/{id}',
    'nobody: DELETE /notes/{id}',
  ])
})

test.each([
  ['has forgotten bob', ['bob: GET /notes', 'bob: GET /notes/{id}', 'bob: DELETE /notes/{id}']],
  // His list and the foreign note are answered; what does not exist, and the rest, no more.
  ['forgets bob later', ['bob: GET /notes/{id}', 'bob: DELETE /notes/{id}', 'bob: GET /notes']],
  ['slows bob down later', ['bob: GET /notes/{id}', 'bob: DELETE /notes/{id}', 'bob: GET /notes']],
  [
    'slows others down',
    Object.keys(rules).flatMap((operation) => [`bob: ${operation}`, `nobody: ${operation}`]),
  ],
  ['does not list for bob', ['bob: GET /notes']],
] as const)('the refusals of a service that %s show nothing', async (hole, cells) => {
  const { unproven, leaks } = await trial(hole)
  expect(leaks).toEqual([])
  expect(unproven.map(({ operation, actor }) => `${actor}: ${operation}`)).toEqual(cells)
})

test('refused credentials do not show who may not do something', async () => {
  const declared = { 'DELETE /notes/{id}': only(['ann']) }
  const { unproven, leaks } = await trial('has forgotten bob', declared)
  expect(leaks).toEqual([])
  expect(unproven.map(({ actor }) => actor)).toEqual(['bob'])
})

test('an operation that the matrix leaves out is named, and so is one that does not exist', async () => {
  const { 'GET /notes': list, ...others } = rules
  const run = await trial(undefined, { ...others, 'PUT /notes': list as Rule })
  expect(run.untried).toEqual(['GET /notes'])
  expect(run.unknown).toEqual(['PUT /notes'])
})
