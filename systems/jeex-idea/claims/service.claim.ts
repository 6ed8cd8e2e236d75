import { randomUUID } from 'node:crypto'
import { claim, type Actor, type HttpResponse, type Random, type Sql } from 'etalon'
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
  { name: 'events', title: 'Changes are sent as events, and none is missed by who comes back' },
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
  { name: 'from-the-start', title: 'Whoever is told that he listens hears what happens next' },
  async ({ system, prove }) => {
    const owner = await system.actor('owner:hurries')
    const missed: number[] = []
    await atOnce(40, async (at) => {
      const { id } = await openProject(owner)
      const listener = await listen(owner, id)
      await addDocument(owner, id).expect(201)
      if (!(await listener.heard(1, 5_000))) missed.push(at)
      listener.leave()
    })
    prove('listeners of 40 that missed the change right after they were let in', missed).isEmpty()
  },
)

interface Diff {
  readonly lines_added: number
  readonly lines_removed: number
  readonly pieces: readonly { readonly kind: string; readonly text: string }[]
}

claim(
  'JEEX-API-23',
  { name: 'diff', title: 'Two versions are compared' },
  async ({ system, random, prove }) => {
    const owner = await system.actor('owner:compares')
    const { id } = await openProject(owner)
    const texts = [drawText(random)]
    for (let version = 2; version <= 12; version += 1) texts.push(edit(random, texts.at(-1) ?? ''))
    for (const content of texts) await addDocument(owner, id, { content }).expect(201)
    const path = `/projects/${id}/documents/diff`
    const ask = (from: unknown, to: unknown, type = 'architecture') =>
      owner.get<Diff>(`${path}?type=${type}&from=${String(from)}&to=${String(to)}`)
    const wrong: unknown[] = []
    for (let pair = 0; pair < 60; pair += 1) {
      const [from, to] = [random.integer(1, 12), random.integer(1, 12)]
      const [older, newer] = [texts[from - 1] ?? '', texts[to - 1] ?? '']
      const { body } = await ask(from, to).expect(200)
      const side = (kinds: readonly string[]): string =>
        body.pieces
          .filter(({ kind }) => kinds.includes(kind))
          .map(({ text }) => text)
          .join('')
      const least = leastChange(older.split('\n'), newer.split('\n'))
      const isRight = side(['same', 'removed']) === older && side(['same', 'added']) === newer
      const told = body.lines_added + body.lines_removed
      if (!isRight || told !== least) wrong.push({ from, to, least, told, pieces: body.pieces })
    }
    prove(
      'of 60 pairs, whose difference does not lead from one to the other in the fewest lines',
      wrong,
    ).isEmpty()
    const shape = '422 JEEX_VALIDATION_FAILED'
    const answers = await wronglyAnswered([
      ['a version that is not there', '404 JEEX_DOCUMENT_UNKNOWN', ask(1, 13)],
      ['another type', '404 JEEX_DOCUMENT_UNKNOWN', ask(1, 2, 'idea_description')],
      ['version 0', shape, ask(0, 1)],
      ['a version in words', shape, ask('first', 1)],
      ['no version', shape, owner.get(`${path}?type=architecture&from=1`)],
      [
        "a stranger's look",
        unknownProject,
        (await system.actor('stranger')).get(`${path}?type=architecture&from=1&to=2`),
      ],
    ])
    prove('comparisons that were wrongly answered', answers).isEmpty()
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

/** A text of few different lines, so that there is more than one way from one to another. */
function drawText(random: Random): string {
  const lines = Array.from({ length: random.integer(3, 25) }, () => `line ${random.integer(1, 6)}`)
  return `${lines.join('\n')}\n`
}

/** The text with some lines taken out, changed or put in. */
function edit(random: Random, text: string): string {
  const lines = text.split('\n').slice(0, -1)
  for (let change = 0; change < random.integer(1, 5); change += 1) {
    const at = random.integer(0, lines.length)
    const put = random.integer(0, 2) > 0 ? [`line ${random.integer(1, 6)}`] : []
    lines.splice(at, random.integer(0, 1), ...put)
  }
  return `${lines.join('\n')}\nend\n`
}

/** The fewest lines to add and remove, by the longest common subsequence. */
function leastChange(from: readonly string[], to: readonly string[]): number {
  let row = Array.from<number>({ length: to.length + 1 }).fill(0)
  for (const line of from) {
    const next = [0]
    for (const [at, other] of to.entries()) {
      const best = line === other ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0)
      next.push(best)
    }
    row = next
  }
  return from.length + to.length - 2 * (row.at(-1) ?? 0)
}
