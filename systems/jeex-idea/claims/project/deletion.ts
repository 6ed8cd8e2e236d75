import { randomUUID } from 'node:crypto'
import { claim, type Actor, type Sql, type SystemHandle } from 'etalon'
import { addDocument, type Document } from '../document.ts'
import { addExecution, report } from '../execution.ts'
import { madeExport } from '../export.ts'
import { openProject, type Listed } from '../project.ts'
import { atOnce, told, tally, wronglyAnswered } from '../refusal.ts'

const unknown = '404 JEEX_PROJECT_UNKNOWN'
const matching = (etag: string) => ({ headers: { 'if-match': etag } })

claim('JEEX-API-05', async ({ system, sql, prove }) => {
  const owner = await system.actor('owner:deletes')
  const project = await openProject(owner, { meta_data: { kept: 1 } })
  const kept = await openProject(owner)
  const path = `/projects/${project.id}`
  const stranger = await system.actor('stranger')
  const wrong = await wronglyAnswered([
    ['a stranger deletes it', unknown, stranger.delete(path)],
    ['an id that nobody has', unknown, owner.delete(`/projects/${randomUUID()}`)],
    ['a stale version', '412 JEEX_VERSION_STALE', owner.delete(path, matching('"2"'))],
    ['without a token', '401 JEEX_UNAUTHENTICATED', system.anonymous.delete(path)],
  ])
  prove('deletions that were wrongly answered', wrong).isEmpty()
  const row = (): Promise<Record<string, unknown>> =>
    sql.one('select * from projects where id = $1', [project.id])
  const before = await row()
  prove('what they deleted', before).holds({ is_deleted: false, row_version: 1 })

  const answers = await atOnce(20, () => owner.delete(path))
  prove('20 deletions at once', tally(answers)).equals(`1 × 204, 19 × ${unknown}`)
  prove('text of the answer', answers.find(({ status }) => status === 204)?.text).equals('')
  const after = await row()
  const changed = Object.keys(after).filter(
    (name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]),
  )
  prove('columns of the row that changed', changed.sort()).equals([
    'changed_xid',
    'deleted_at',
    'is_deleted',
    'row_version',
    'updated_at',
  ])
  const entries = await sql.rows<{ before: unknown }>(
    `select before from audit_log where entity_id = $1 and action = 'project.delete'`,
    [project.id],
  )
  prove('entries in the log', entries.length).equals(1)
  prove('what the entry keeps', entries[0]?.before).holds({ id: project.id, name: project.name })
  const { body } = await owner.get<Listed<{ id: string }>>('/projects').expect(200)
  prove(
    'what is still listed',
    body.items.map(({ id }) => id),
  ).equals([kept.id])
})

claim('JEEX-R-02', async ({ system, sql, prove }) => {
  const owner = await system.actor('owner:of-a-tree')
  const project = await openProject(owner)
  const of = { id: project.id, ...(await plantTree(owner, project.id)) }
  const before = await rowsOf(sql, project.id)
  prove('rows before', before).equals({ documents: 2, executions: 2, exports: 1, entries: 9 })
  const calls = await callsBelow(system, of)
  const reads = calls.filter(({ method, template }) => method === 'GET' && !isEndless(template))
  const open = await Promise.all(reads.map((call) => send(owner, call)))
  prove(
    'reads that find it before',
    open.filter((answer) => answer.startsWith('200')).length,
  ).equals(open.length)
  await owner.delete(`/projects/${project.id}`).expect(204)
  const answers = await Promise.all(
    calls.map(async (call) => `${call.method} ${call.template}: ${await send(owner, call)}`),
  )
  prove('endpoints below a project', answers.length).isAtLeast(20)
  prove(
    'of them still answering',
    answers.filter((answer) => !/: 404 JEEX_\w+_UNKNOWN$/.test(answer)),
  ).isEmpty()
  const after = await rowsOf(sql, project.id)
  prove('rows after', after).equals({ ...before, entries: 10 })
})

claim(['JEEX-API-11', 'JEEX-D-05'], async ({ system, sql, prove }) => {
  const owner = await system.actor('owner:of-versions')
  const { id } = await openProject(owner)
  const versions: Document[] = []
  for (const content of ['First', 'Second', 'Third']) {
    versions.push((await addDocument(owner, id, { content }).expect(201)).body)
  }
  const last = versions[2] as Document
  const path = `/projects/${id}/documents/${last.id}`
  const gone = '404 JEEX_DOCUMENT_UNKNOWN'
  const refused = await wronglyAnswered([
    ['a stale version', '412 JEEX_VERSION_STALE', owner.delete(path, matching('"9"'))],
    ['a stranger deletes it', unknown, (await system.actor('stranger')).delete(path)],
    ['through another project', gone, owner.delete(await elsewhere(owner, last.id))],
  ])
  prove('deletions that were wrongly answered', refused).isEmpty()
  const answers = await atOnce(20, () => owner.delete(path))
  prove('20 deletions at once', tally(answers)).equals(`1 × 204, 19 × ${gone}`)

  const rows = await sql.rows<{ version: number; content: string; gone: boolean }>(
    `select version, content, deleted_at is not null as gone from document_versions
     where project_id = $1 order by version`,
    [id],
  )
  prove('rows that are kept', rows).equals([
    { version: 1, content: 'First', gone: false },
    { version: 2, content: 'Second', gone: false },
    { version: 3, content: 'Third', gone: true },
  ])
  const entries = await sql.rows<{ before: unknown }>(
    `select before from audit_log where entity_id = $1 and action = 'document.delete'`,
    [last.id],
  )
  prove('entries in the log', entries.length).equals(1)
  prove('what the entry keeps', entries[0]?.before).holds({ version: 3, content_length: 5 })

  const documents = `/projects/${id}/documents`
  const latest = (): PromiseLike<{ body: Document }> =>
    owner.get<Document>(`${documents}/latest?document_type=architecture`).expect(200)
  prove('the latest then', (await latest()).body.version).equals(2)
  const list = await owner.get<Listed<Document>>(documents).expect(200)
  prove(
    'versions that are listed',
    list.body.items.map(({ version }) => version),
  ).equals([2, 1])
  const diff = `${documents}/diff?type=architecture&from=2&to=3`
  const match = matching('*')
  const wrong = await wronglyAnswered([
    ['reading it', gone, owner.get(path)],
    ['changing it', gone, owner.put(path, { meta_data: {} }, match)],
    ['comparing with it', gone, owner.get(diff)],
  ])
  prove('ways to it that are still open', wrong).isEmpty()
  const next = await addDocument(owner, id, { content: 'Fourth' }).expect(201)
  prove('the number of the next version', next.body.version).equals(4)
})

/** The path of a document as if it belonged to another project of its owner. */
async function elsewhere(owner: Actor, documentId: string): Promise<string> {
  return `/projects/${(await openProject(owner)).id}/documents/${documentId}`
}

interface Tree {
  readonly document_id: string
  readonly execution_id: string
  readonly export_id: string
}

/** Puts two documents, two executions and an export into a project. */
async function plantTree(owner: Actor, projectId: string): Promise<Tree> {
  await addDocument(owner, projectId).expect(201)
  const document = await addDocument(owner, projectId).expect(201)
  await addExecution(owner, projectId).expect(201)
  const { body: execution } = await addExecution(owner, projectId).expect(201)
  await report(owner, execution, { status: 'running' }).expect(200)
  await report(owner, execution, { status: 'failed' }).expect(200)
  const { id } = await madeExport(owner, projectId)
  return { document_id: document.body.id, execution_id: execution.id, export_id: id }
}

function rowsOf(sql: Sql, projectId: string): Promise<Record<string, number>> {
  return sql.one(
    `select (select count(*) from document_versions where project_id = $1) as documents,
       (select count(*) from agent_executions where project_id = $1) as executions,
       (select count(*) from exports where project_id = $1) as exports,
       (select count(*) from audit_log where project_id = $1) as entries`,
    [projectId],
  )
}

interface Call {
  readonly method: string
  readonly template: string
  readonly path: string
}

/** Every documented call that names a project, or a thing in one. */
async function callsBelow(system: SystemHandle, of: Tree & { id: string }): Promise<Call[]> {
  const { body } = await system.anonymous
    .get<{ paths: Record<string, object> }>('/openapi.json')
    .expect(200)
  const names = /\{(id|document_id|execution_id|export_id)\}/g
  return Object.entries(body.paths)
    .filter(([template]) => template.search(names) >= 0)
    .flatMap(([template, methods]) =>
      Object.keys(methods).map((method) => {
        const path = template.replaceAll(names, (_all, name: keyof typeof of) => of[name])
        return { method: method.toUpperCase(), template, path: path + (queries[template] ?? '') }
      }),
    )
}

function isEndless(template: string): boolean {
  return template.endsWith('/events')
}

const queries: Readonly<Record<string, string>> = {
  '/projects/{id}/documents/latest': '?document_type=architecture',
  '/projects/{id}/documents/diff': '?type=architecture&from=1&to=2',
}

const bodies: Readonly<Record<string, object>> = {
  'POST /projects/{id}/documents': { document_type: 'architecture', content: 'x' },
  'POST /projects/{id}/agents/executions': { agent_type: 'qa_expert' },
  'POST /projects/{id}/agents/executions/batch': { executions: [{ agent_type: 'qa_expert' }] },
}

/** What an owner is told, with a body that would be fine. */
async function send(owner: Actor, { method, template, path }: Call): Promise<string> {
  const body = method === 'PUT' ? {} : bodies[`${method} ${template}`]
  return told(await owner.send(method, path, body, matching('*')))
}
