// Further claims on the same instance.
import './execution/state.ts'
import './execution/metrics.ts'
import { randomUUID } from 'node:crypto'
import { claim } from 'etalon'
import {
  addExecution,
  agentTypes,
  executionStates,
  report,
  waysTo,
  type Execution,
} from './execution.ts'
import { differences } from './kept-row.ts'
import { openProject, type Listed } from './project.ts'
import { atOnce, tally, wronglyAnswered } from './refusal.ts'
import { walkByCursor, walkByPage } from './walk.ts'

const refusedShape = '422 JEEX_VALIDATION_FAILED'
const unknownProject = '404 JEEX_PROJECT_UNKNOWN'
const unknownExecution = '404 JEEX_EXECUTION_UNKNOWN'

claim('JEEX-API-12', async ({ system, sql, prove }) => {
  const owner = await system.actor('owner')
  const { id } = await openProject(owner)
  const add = (body: object) => addExecution(owner, id, body)
  const parent = (await add({}).expect(201)).body
  const whole = {
    agent_type: 'triz_expert',
    input_data: { ask: ['漢', { deep: null }], n: 1.25 },
    correlation_id: randomUUID(),
    parent_execution_id: parent.id,
    model: 'some-model',
  }
  const made = await add(whole).expect(201)
  prove('what is recorded', made.body).holds({
    ...whole,
    status: 'pending',
    attempt: 1,
    output_data: null,
    completed_at: null,
    duration_ms: null,
    tokens_in: null,
    cost: null,
  })
  const row = await sql.one<Record<string, unknown>>(
    'select * from agent_executions where id = $1',
    [made.body.id],
  )
  prove('the execution, told and kept', differences({ ...made.body }, row)).isEmpty()
  const types = await Promise.all(agentTypes.map((agent_type) => add({ agent_type })))
  prove('agents of the 15 of the specification', tally(types)).equals('15 × 201')

  const foreign = await openProject(owner)
  const wrong = await wronglyAnswered([
    ['no agent', refusedShape, owner.post(`/projects/${id}/agents/executions`, {})],
    ['an unknown agent', refusedShape, add({ agent_type: 'poet' })],
    ['a state', refusedShape, add({ status: 'completed' })],
    ['a correlation id that is none', refusedShape, add({ correlation_id: 'run-1' })],
    [
      'a parent that nobody has',
      '404 JEEX_PARENT_UNKNOWN',
      add({ parent_execution_id: randomUUID() }),
    ],
    [
      'a parent of another project',
      '404 JEEX_PARENT_UNKNOWN',
      addExecution(owner, foreign.id, { parent_execution_id: parent.id }),
    ],
    ["in a stranger's name", unknownProject, addExecution(await system.actor('stranger'), id)],
    ['data nested 33 deep', refusedShape, add({ input_data: nested(33) })],
    ['data nested 32 deep', '201', add({ input_data: nested(32) })],
  ])
  prove('bodies of 9 that were wrongly answered', wrong).isEmpty()

  const headers = { 'idempotency-key': randomUUID() }
  const path = `/projects/${id}/agents/executions`
  const answers = await atOnce(20, () => owner.post<Execution>(path, whole, { headers }))
  prove('20 with one key at once', tally(answers)).equals('20 × 201')
  prove('executions of them', new Set(answers.map(({ body }) => body.id)).size).equals(1)
})

claim('JEEX-API-13', async ({ system, prove }) => {
  const owner = await system.actor('owner')
  const { id } = await openProject(owner)
  const made = await atOnce(5, () => addExecution(owner, id).expect(201))
  const path = (of: string, project = id) => `/projects/${project}/agents/executions/${of}`
  const read = await Promise.all(made.map(({ body }) => owner.get(path(body.id)).expect(200)))
  prove(
    'executions that are read as they were made',
    read.filter(({ text }, at) => text === made[at]?.text).length,
  ).equals(5)
  const [first] = made.map(({ body }) => body)
  const of = first?.id ?? ''
  const changed = await report(owner, { project_id: id, id: of }, { status: 'running' }).expect(200)
  const again = await owner.get<Execution>(path(of)).expect(200)
  prove('after a report', again.body).equals(changed.body)
  prove('its ETag and run', again.headers).holds({
    etag: '"2"',
    'x-correlation-id': first?.correlation_id,
  })
  const other = await openProject(owner)
  const wrong = await wronglyAnswered([
    ['through another own project', unknownExecution, owner.get(path(of, other.id))],
    ['an id that nobody has', unknownExecution, owner.get(path(randomUUID()))],
    ['an id that is none', refusedShape, owner.get(path('1'))],
    ["a stranger's look", unknownProject, (await system.actor('stranger')).get(path(of))],
    ['without a token', '401 JEEX_UNAUTHENTICATED', system.anonymous.get(path(of))],
  ])
  prove('looks of 5 that were wrongly answered', wrong).isEmpty()
})

claim('JEEX-API-14', async ({ system, random, prove }) => {
  const owner = await system.actor('owner')
  const { id } = await openProject(owner)
  const runs = [randomUUID(), randomUUID()]
  const all: Execution[] = []
  for (let index = 0; index < 24; index += 1) {
    const body = {
      agent_type: random.pick(agentTypes.slice(0, 3)),
      correlation_id: random.pick(runs),
    }
    let { body: last } = await addExecution(owner, id, body).expect(201)
    for (const status of random.pick(Object.values(waysTo))) {
      last = (await report(owner, last, { status }).expect(200)).body
    }
    all.push(last)
  }
  const path = `/projects/${id}/agents/executions`
  const order = (a: Execution, b: Execution): number =>
    Date.parse(b.created_at) - Date.parse(a.created_at) || (a.id < b.id ? 1 : -1)
  const filters: Partial<Execution>[] = [
    {},
    ...executionStates.map((status) => ({ status })),
    ...agentTypes.slice(0, 4).map((agent_type) => ({ agent_type })),
    ...runs.map((correlation_id) => ({ correlation_id })),
    { status: 'running', correlation_id: runs[0] ?? '' },
    { status: 'completed', agent_type: agentTypes[1] },
  ]
  const wrongly: unknown[] = []
  for (const query of filters as Record<string, string>[]) {
    const isMeant = (each: Execution): boolean =>
      Object.entries(query).every(([name, value]) => each[name as keyof Execution] === value)
    const meant = all
      .filter(isMeant)
      .toSorted(order)
      .map((each) => each.id)
    const walk = { path, query, perPage: random.integer(4, 9) }
    const found = await walkByPage(owner, walk)
    const byCursor = await walkByCursor(owner, walk)
    const { total } = (await owner.get<Listed<Execution>>(path, { query }).expect(200)).body
    const isRight = found.join() === meant.join() && byCursor.join() === meant.join()
    if (!isRight || total !== meant.length) wrongly.push({ query, meant, found, byCursor, total })
  }
  prove(`lists of ${filters.length} that are not what they were asked for`, wrongly).isEmpty()
  const wrong = await wronglyAnswered([
    ['an unknown state', refusedShape, owner.get(`${path}?status=done`)],
    ['an unknown agent', refusedShape, owner.get(`${path}?agent_type=poet`)],
    ['a run that is none', refusedShape, owner.get(`${path}?correlation_id=1`)],
    ["a stranger's look", unknownProject, (await system.actor('stranger')).get(path)],
  ])
  prove('lists that were wrongly answered', wrong).isEmpty()
})

claim('JEEX-API-15', async ({ system, prove }) => {
  const owner = await system.actor('owner')
  const { id } = await openProject(owner)
  const { body: made } = await addExecution(owner, id).expect(201)
  const put = (change: object) => report(owner, made, change)
  const running = (await put({ status: 'running', model: 'm-1' }).expect(200)).body
  prove('once it runs', running).holds({ status: 'running', model: 'm-1', completed_at: null })
  prove('when it started, not before it was asked for', running.started_at).satisfies(
    `from ${made.created_at} on`,
    (at) => at >= made.created_at,
  )
  const facts = { tokens_in: 1_000_000_000_000, tokens_out: 0, cost: 0.000001 }
  const halfway = (await put({ ...facts, output_data: { part: 1 } }).expect(200)).body
  prove('a report on the way', halfway).holds({ ...facts, output_data: { part: 1 } })
  prove('what did not change', halfway).holds({
    status: 'running',
    model: 'm-1',
    started_at: running.started_at,
    duration_ms: null,
  })
  const ended = (await put({ status: 'failed', error_message: 'Too hard' }).expect(200)).body
  prove('at its end', ended).holds({ ...facts, status: 'failed', error_message: 'Too hard' })
  prove('its duration', ended.duration_ms ?? -1).equals(
    Date.parse(String(ended.completed_at)) - Date.parse(ended.started_at),
  )
  const { body: next } = await addExecution(owner, id).expect(201)
  const on = (change: object) => report(owner, next, change)
  const stranger = await system.actor('stranger')
  const wrong = await wronglyAnswered([
    ['tokens below zero', refusedShape, on({ tokens_in: -1 })],
    ['half a token', refusedShape, on({ tokens_out: 0.5 })],
    ['a cost below zero', refusedShape, on({ cost: -0.01 })],
    ['a cost above ten millions', refusedShape, on({ cost: 10_000_000.01 })],
    ['an unknown state', refusedShape, on({ status: 'done' })],
    ['another agent', refusedShape, on({ agent_type: 'qa_expert' })],
    ['a duration', refusedShape, on({ duration_ms: 1 })],
    ["a stranger's report", unknownProject, report(stranger, next, { status: 'running' })],
    [
      'on what nobody has',
      unknownExecution,
      report(owner, { project_id: id, id: randomUUID() }, {}),
    ],
  ])
  prove('reports of 9 that were wrongly answered', wrong).isEmpty()
  const left = await owner.get(`/projects/${id}/agents/executions/${next.id}`).expect(200)
  prove('what they changed', left.body).equals(next)
})

/** Data so many levels deep. */
function nested(depth: number): unknown {
  return depth === 0 ? 'bottom' : { in: nested(depth - 1) }
}
