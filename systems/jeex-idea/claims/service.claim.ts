// Further claims on the same instance.
import './service/diff.ts'
import './service/listening.ts'
import './service/memory.ts'
import './service/operation.ts'
import { randomUUID } from 'node:crypto'
import { claim, type Actor, type HttpResponse, type Sql } from 'etalon'
import { addDocument } from './document.ts'
import { addExecution, report, type Execution } from './execution.ts'
import { listen } from './listener.ts'
import { openProject, type Listed } from './project.ts'
import { atOnce, tally, wronglyAnswered } from './refusal.ts'

const unknownProject = '404 JEEX_PROJECT_UNKNOWN'
const unknownExecution = '404 JEEX_EXECUTION_UNKNOWN'
const forbidden = '409 JEEX_STATE_FORBIDDEN'

claim(
  'JEEX-API-23',
  {
    name: 'events',
    title: 'Changes are sent as events, and none is missed by who comes back',
    timeoutMs: 60_000,
  },
  async ({ system, sql, prove }) => {
    const owner = await system.actor('owner:listens')
    const { id } = await openProject(owner)
    const other = await openProject(owner)
    const listeners = await atOnce(10, () => listen(owner, id))
    const [first] = listeners
    prove('the kind of the answer', String(first?.headers.get('content-type'))).matches(
      /^text\/event-stream/,
    )
    const made = await atOnce<HttpResponse<{ id: string }>>(30, (at) =>
      at % 2 === 0 ? addDocument(owner, id) : addExecution(owner, id),
    )
    await addDocument(owner, other.id).expect(201)
    prove('changes of 30 that were made', tally(made)).equals('30 × 201')
    const heard = await Promise.all(listeners.map((each) => each.heard(30)))
    prove('listeners of 10 that heard 30 events', heard.filter(Boolean).length).equals(10)
    const log = await logOf(sql, id)
    const inOrder = listeners.filter(
      ({ events }) => events.map((event) => event.id).join() === log.join(),
    )
    prove(
      'listeners of 10 that heard the log, each entry once and in order',
      inOrder.length,
    ).equals(10)
    const ids = new Set(made.map(({ body }) => body.id))
    prove(
      'things that the events tell of',
      first?.events.filter(({ event, data }) => data.action === event && ids.has(data.entity_id))
        .length ?? 0,
    ).equals(30)

    // Each goes on after another event, while more happens; together they tell of everything.
    for (const listener of listeners) listener.leave()
    await atOnce(10, () => addDocument(owner, id).expect(201))
    const back = Promise.all(log.slice(0, 10).map((last) => listen(owner, id, last)))
    const later = atOnce(10, () => addExecution(owner, id).expect(201))
    const [returned] = await Promise.all([back, later])
    const whole = await logOf(sql, id)
    prove('events in the log by then', whole.length).equals(50)
    const complete = await Promise.all(
      returned.map(async (listener, at) => {
        await listener.heard(whole.length - at - 1)
        return listener.events.map((event) => event.id).join() === whole.slice(at + 1).join()
      }),
    )
    prove(
      'listeners of 10 that came back and missed and repeated nothing',
      complete.filter(Boolean).length,
    ).equals(10)
    for (const listener of returned) listener.leave()

    const path = `/projects/${id}/events`
    const headers = { 'last-event-id': '99999999999999999999.00000000-0000-0000-0000-000000000000' }
    const wrong = await wronglyAnswered([
      ["a stranger's ear", unknownProject, (await system.actor('stranger')).get(path)],
      ['at no project', unknownProject, owner.get(`/projects/${randomUUID()}/events`)],
      ['without a token', '401 JEEX_UNAUTHENTICATED', system.anonymous.get(path)],
      [
        'after what was never sent',
        '422 JEEX_VALIDATION_FAILED',
        owner.get(path, { headers, timeoutMs: 3_000 }),
      ],
    ])
    prove('listeners that were wrongly answered', wrong).isEmpty()
  },
)

claim(
  'JEEX-API-23',
  {
    name: 'from-the-start',
    title: 'Whoever is told that he listens hears what happens next',
    timeoutMs: 60_000,
  },
  async ({ system, prove }) => {
    // A user may have 20 streams.
    const owners = await atOnce(4, (at) => system.actor(`owner:hurries-${at}`))
    const missed: number[] = []
    await atOnce(40, async (at) => {
      const owner = owners[at % owners.length] as Actor
      const { id } = await openProject(owner)
      const listener = await listen(owner, id)
      await addDocument(owner, id).expect(201)
      if (!(await listener.heard(1, 10_000))) missed.push(at)
      listener.leave()
    })
    prove('listeners of 40 that missed the change right after they were let in', missed).isEmpty()
  },
)

claim(
  'JEEX-API-23',
  { name: 'retry', title: 'Executions are cancelled and retried' },
  async ({ system, prove }) => {
    const owner = await system.actor('owner:retries')
    const stranger = await system.actor('stranger')
    const { id } = await openProject(owner)
    const input_data = { ask: 'again' }
    const { body: made } = await addExecution(owner, id, { input_data, model: 'm-2' }).expect(201)
    const act = (by: Actor, what: string, of = made.id) =>
      by.post<Execution>(`/agents/executions/${of}/${what}`)
    const early = await wronglyAnswered([
      ['a retry of what is pending', forbidden, act(owner, 'retry')],
      ["a stranger's cancellation", unknownExecution, act(stranger, 'cancel')],
      ['of what nobody has', unknownExecution, act(owner, 'cancel', randomUUID())],
    ])
    prove('deeds that were wrongly answered', early).isEmpty()
    const cancelled = await atOnce(20, () => act(owner, 'cancel'))
    prove('20 cancellations at once', tally(cancelled)).equals(`1 × 200, 19 × ${forbidden}`)
    const end = cancelled.find(({ status }) => status === 200)?.body
    prove('the cancelled execution', end).holds({ status: 'cancelled', attempt: 1 })
    prove('when it ended', end?.completed_at).satisfies('a time', (at) => typeof at === 'string')

    let last = made
    const tries: string[] = []
    for (let attempt = 2; attempt <= 4; attempt += 1) {
      const retried = await atOnce(20, () => act(owner, 'retry', last.id))
      tries.push(tally(retried))
      const next = retried.find(({ status }) => status === 201)?.body ?? last
      prove(`attempt ${attempt}`, next).holds({
        status: 'pending',
        attempt,
        retry_of: last.id,
        correlation_id: made.correlation_id,
        input_data,
        model: 'm-2',
        output_data: null,
      })
      await report(owner, next, { status: 'running' }).expect(200)
      last = (await report(owner, next, { status: attempt === 4 ? 'completed' : 'failed' })).body
    }
    prove('20 retries of each at once', tries).equals(
      tries.map(() => '1 × 201, 19 × 409 JEEX_RETRY_TAKEN'),
    )
    const late = await wronglyAnswered([
      ['a retry of what succeeded', forbidden, act(owner, 'retry', last.id)],
      ['a cancellation of what succeeded', forbidden, act(owner, 'cancel', last.id)],
      ["a stranger's retry", unknownExecution, act(stranger, 'retry', last.id)],
    ])
    prove('deeds that were wrongly answered at the end', late).isEmpty()
    const run = { query: { correlation_id: made.correlation_id } }
    const { body } = await owner.get<Listed<Execution>>(`/projects/${id}/agents/executions`, run)
    prove(
      'attempts of the run',
      body.items.map(({ attempt }) => attempt).toSorted((a, b) => a - b),
    ).equals([1, 2, 3, 4])
  },
)

/** The events of a project but for its creation, as the log has them. */
async function logOf(sql: Sql, projectId: string): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(
    `select changed_xid::text || '.' || id as id from audit_log
     where project_id = $1 and action <> 'project.create' order by changed_xid, id`,
    [projectId],
  )
  return rows.map(({ id }) => id)
}
