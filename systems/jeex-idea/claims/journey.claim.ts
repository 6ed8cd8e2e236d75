// Further claims on the same instance.
import './journey/unit-of-work.ts'
import { randomUUID } from 'node:crypto'
import { claim, type Actor, type Random, type SystemHandle } from 'etalon'
import { unzipSync } from 'fflate'
import { addDocument, documentTypes } from './document.ts'
import { addExecution, report, type Execution } from './execution.ts'
import { download, madeExport } from './export.ts'
import { listen } from './listener.ts'
import { workFor } from './random-work.ts'
import { idOf, openProject, type Listed, type Project } from './project.ts'
import { atOnce, tally } from './refusal.ts'

claim('JEEX-R-06', async ({ system, sql, prove }) => {
  const owner = await system.actor('owner:of-a-run')
  const { id } = await openProject(owner)
  const run = randomUUID()
  const headers = { 'x-correlation-id': run }
  const path = `/projects/${id}/agents/executions`
  const made = await atOnce(20, () =>
    owner.post<Execution>(path, { agent_type: 'qa_expert' }, { headers }),
  )
  const ofRun = (answers: readonly { headers: Readonly<Record<string, string>> }[]): number =>
    answers.filter((answer) => answer.headers['x-correlation-id'] === run).length
  prove('20 executions of one run', tally(made)).equals('20 × 201')
  prove(
    'of them, in the run',
    made.filter(({ body }) => body.correlation_id === run).length,
  ).equals(20)
  prove('answers of 20 that say so', ofRun(made)).equals(20)
  for (let index = 0; index < 5; index += 1) await addExecution(owner, id).expect(201)
  const list = await owner.get<Listed<Execution>>(path, { query: { correlation_id: run } })
  prove('executions that the run has, of 25', list.body.total).equals(20)
  const bodies = made.map(({ body }) => body)
  const reports = await Promise.all(
    bodies.map((each) => report(owner, each, { status: 'running' }).expect(200)),
  )
  const reads = await Promise.all(bodies.map((each) => owner.get(`${path}/${each.id}`).expect(200)))
  prove('reports and reads of 40 that say so', ofRun([...reports, ...reads])).equals(40)
  const own = randomUUID()
  const said = await owner
    .post<Execution>(path, { agent_type: 'qa_expert', correlation_id: own }, { headers })
    .expect(201)
  prove('an execution that brings its own', said.body.correlation_id).equals(own)
  const entries = await sql.value<number>(
    'select count(*) from audit_log where project_id = $1 and correlation_id = $2',
    [id, run],
  )
  prove('entries of the log that name the run', entries).equals(40)

  const given = async (value: string): Promise<string> =>
    (await owner.get(`/projects/${id}`, { headers: { 'x-correlation-id': value } })).headers[
      'x-correlation-id'
    ] ?? ''
  const ids = await Promise.all(Array.from({ length: 20 }, () => given(randomUUID())))
  prove('requests of 20 with the same id', 20 - new Set(ids).size).equals(0)
  const broken = ['run-1', 'x'.repeat(300), '', `${run} `.repeat(2), "';--"]
  const replaced = await Promise.all(broken.map(given))
  prove(
    'ids of 5 that are none and were not replaced by one',
    replaced.filter(
      (each) => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(each) || each === run,
    ),
  ).isEmpty()
  const missing = await owner.get<{ error: object }>(`/projects/${randomUUID()}`, { headers })
  prove('an error, and its header', [missing.body.error, ofRun([missing])]).satisfies(
    'name the request',
    ([error, times]) => (error as { correlation_id: string }).correlation_id === run && times === 1,
  )
})

claim('JEEX-T-01', async ({ system, sql, random, prove }) => {
  const [owner, stranger] = await Promise.all([
    system.actor('owner:at-random'),
    system.actor('stranger:at-random'),
  ])
  const work = workFor([owner, stranger], random)
  for (let step = 0; step < 250; step += 1) await work.step()
  const { model, wrong, done } = work
  prove('kinds of answer that 250 deeds had', done.size).isAtLeast(15)
  prove('deeds of 250 whose answer is not the one that a model foretold', wrong).isEmpty()
  const projects = await sql.rows(
    `select id, created_by as owner, name, row_version as version, is_deleted as gone
     from projects where created_by = any($1) order by id`,
    [[idOf(owner), idOf(stranger)]],
  )
  prove('projects as the model has them', projects).equals(model.projectRows())
  const documents = await sql.rows(
    `select d.id, project_id as project, version, content, d.row_version as "rowVersion",
       grammar_score::float8 as score, d.deleted_at is not null as gone
     from document_versions d where owner_id = any($1) order by d.id`,
    [[idOf(owner), idOf(stranger)]],
  )
  prove('documents as the model has them', documents).equals(model.documentRows())
  const log = await sql.rows<{ entry: string }>(
    `select action || ' ' || entity_id || ' by ' || actor as entry from audit_log
     where owner_id = any($1) order by id`,
    [[idOf(owner), idOf(stranger)]],
  )
  prove(
    'the log, entry by entry',
    log.map(({ entry }) => entry),
  ).equals(model.log)
})

claim('JEEX-T-08', { timeoutMs: 60_000 }, async ({ system, random, prove }) => {
  const ada = await enter(system, random)
  const project = await openProject(ada, { name: 'Bicycle bells' })
  prove('whose project it is', project.created_by).equals(idOf(ada))
  const listener = await listen(ada, project.id)

  let etag = '"1"'
  const texts: string[] = []
  const ends: Execution[] = []
  for (const [index, document_type] of documentTypes.entries()) {
    const change = { current_step: index + 1, status: 'in_progress' }
    const options = { headers: { 'if-match': etag } }
    const moved = await ada.put<Project>(`/projects/${project.id}`, change, options).expect(200)
    etag = moved.headers['etag'] ?? ''
    const run = randomUUID()
    for (const status of ['failed', 'completed']) {
      const facts = { agent_type: 'solution_architect', correlation_id: run }
      const { body: asked } = await addExecution(ada, project.id, facts).expect(201)
      await report(ada, asked, { status: 'running' }).expect(200)
      const end = { status, tokens_in: 100, tokens_out: 10, cost: 0.1 }
      ends.push((await report(ada, asked, end).expect(200)).body)
    }
    const draft = (await addDocument(ada, project.id, { document_type, content: 'Draft' })).body
    texts.push(`# Step ${index + 1}\n\n${random.text(200)}\n`)
    await ada
      .put(
        `/projects/${project.id}/documents/${draft.id}`,
        { content: texts[index] },
        { headers: { 'if-match': '"1"' } },
      )
      .expect(200)
  }
  const metrics = await ada.get(`/projects/${project.id}/agents/metrics`).expect(200)
  const durations = ends.map(({ duration_ms }) => duration_ms ?? 0)
  prove('the metrics of 8 executions', metrics.body).holds({
    total: 8,
    successful: 4,
    failed: 4,
    success_rate: 0.5,
    average_seconds: durations.reduce((sum, each) => sum + each, 0) / 8_000,
    tokens_in: 800,
    tokens_out: 80,
    cost: 0.8,
  })
  const made = await madeExport(ada, project.id)
  const files = unzipSync((await download(ada, made.id)).bytes)
  const packed = documentTypes.map((type, index) =>
    Buffer.from(files[`${index + 1}-${type}.md`] ?? []).toString(),
  )
  prove('the texts of the package', packed).equals(texts)
  const finish = { headers: { 'if-match': etag } }
  const finished = await ada.put(`/projects/${project.id}`, { status: 'completed' }, finish)
  prove('the finished project', finished.body).holds({ status: 'completed', current_step: 4 })

  // For each step one change of the project, six of executions, two of documents; then the export
  // with its request and its completion, and the last change.
  await listener.heard(39)
  listener.leave()
  prove('events that were heard', listener.events.length).equals(39)
  const paths = ['', '/documents', '/agents/executions', '/agents/metrics', '/exports']
  const rival = await system.actor('rival')
  const looks = await Promise.all(paths.map((path) => rival.get(`/projects/${project.id}${path}`)))
  prove('what somebody else is told of 5 things', tally(looks)).equals(
    '5 × 404 JEEX_PROJECT_UNKNOWN',
  )
})

/** Somebody who was given an account, and has come in through the door. */
async function enter(system: SystemHandle, random: Random): Promise<Actor> {
  const operator = await system.actor('operator')
  const account = { email: `${random.text(12)}@jeex.example`, password: random.text(16) }
  await operator.post('/users', { ...account, name: 'Ada' }).expect(201)
  const { body: signedIn } = await system.anonymous
    .post<{ access_token: string; user_id: string }>('/auth/sign-in', account)
    .expect(200)
  const headers = { authorization: `Bearer ${signedIn.access_token}` }
  return {
    ...system.anonymous.as('ada', headers),
    headers,
    facts: { id: signedIn.user_id },
    browser: undefined,
  }
}
