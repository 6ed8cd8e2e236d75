import { randomUUID } from 'node:crypto'
import { claim, type Sql } from 'etalon'
import { addDocument, documentTypes, type Document } from '../document.ts'
import { idOf, openProject } from '../project.ts'
import { atOnce, tally, wronglyAnswered } from '../refusal.ts'

const refusedShape = '422 JEEX_VALIDATION_FAILED'
const stale = '412 JEEX_VERSION_STALE'
const matching = (etag: string) => ({ headers: { 'if-match': etag } })

claim('JEEX-API-10', async ({ system, sql, prove }) => {
  const owner = await system.actor('owner')
  const { id } = await openProject(owner)
  const first = (await addDocument(owner, id, { content: 'First', grammar_score: 9 })).body
  const put = (document: Document, body: object, match: string) =>
    owner.put<Document>(`/projects/${id}/documents/${document.id}`, body, matching(match))
  const scored = await put(first, { readability_score: 71.5, meta_data: { by: 'hand' } }, '"1"')
  prove('data and a score', scored.body).holds({
    id: first.id,
    version: 1,
    content: 'First',
    readability_score: 71.5,
    grammar_score: 9,
    meta_data: { by: 'hand' },
    row_version: 2,
  })
  const same = await put(first, { content: 'First', grammar_score: null }, '"2"').expect(200)
  prove('the same text, and a score taken away', same.body).holds({
    id: first.id,
    version: 1,
    grammar_score: null,
    row_version: 3,
  })
  const second = (await put(first, { content: 'Second' }, '"3"').expect(200)).body
  prove('another text', second).holds({
    version: 2,
    content: 'Second',
    readability_score: 71.5,
    grammar_score: null,
    meta_data: { by: 'hand' },
    row_version: 1,
  })
  prove('whether it is another document', second.id).satisfies('yes', (made) => made !== first.id)
  const kept = await owner.get<Document>(`/projects/${id}/documents/${first.id}`).expect(200)
  prove('the version before it', kept.body).equals(same.body)

  const stranger = await system.actor('stranger')
  const wrong = await wronglyAnswered([
    ['a score under a stale ETag', stale, put(first, { grammar_score: 1 }, '"2"')],
    ['another text of what is not the latest', stale, put(first, { content: 'Late' }, '"3"')],
    ['the same, whatever the version', stale, put(first, { content: 'Late' }, '*')],
    ['a score of what is not the latest', '200', put(first, { grammar_score: 1 }, '"3"')],
    ['another type', refusedShape, put(second, { document_type: 'architecture' }, '*')],
    ['a version', refusedShape, put(second, { version: 9 }, '*')],
    ['no text', refusedShape, put(second, { content: '' }, '*')],
    ['a score of 101', refusedShape, put(second, { grammar_score: 101 }, '*')],
    ['no ETag', refusedShape, owner.put(`/projects/${id}/documents/${second.id}`, {})],
    [
      "a stranger's change",
      '404 JEEX_PROJECT_UNKNOWN',
      stranger.put(`/projects/${id}/documents/${second.id}`, {}, matching('*')),
    ],
    [
      'an id that nobody has',
      '404 JEEX_DOCUMENT_UNKNOWN',
      owner.put(`/projects/${id}/documents/${randomUUID()}`, {}, matching('*')),
    ],
  ])
  prove('changes of 11 that were wrongly answered', wrong).isEmpty()
  prove('versions after all', await versionsOf(sql, id, 'architecture')).equals([1, 2])
})

claim(['JEEX-R-03', 'JEEX-D-10'], async ({ system, sql, random, histories, prove }) => {
  const owner = await system.actor('owner')
  const { id } = await openProject(owner)
  const history = await histories.concurrently(
    { actors: 40, operations: 160, input: () => random.pick(documentTypes) },
    async (document_type, _actor, index) => {
      const body = { document_type, content: `Text ${index}` }
      const answer = await addDocument(owner, id, body)
      return answer.status === 201
        ? { kind: 'ok', output: answer.body }
        : { kind: 'failed', reason: String(answer.status) }
    },
  )
  prove('creates under way at once', history.overlapMax).isAtLeast(20)
  prove('creates of 160 that were refused', history.failed.length).equals(0)
  const told = history.ok.flatMap(({ outcome }) => (outcome.kind === 'ok' ? [outcome.output] : []))
  for (const type of documentTypes) {
    const versions = told.filter((each) => each.document_type === type).map((one) => one.version)
    const upTo = Array.from(versions, (_none, at) => at + 1)
    prove(
      `${type}: versions that were told`,
      versions.toSorted((a, b) => a - b),
    ).equals(upTo)
    prove(`${type}: versions that are kept`, await versionsOf(sql, id, type)).equals(upTo)
  }
  const texts = await sql.rows<{ id: string; content: string }>(
    'select id, content from document_versions where project_id = $1',
    [id],
  )
  const textOf = new Map(texts.map((row) => [row.id, row.content]))
  prove(
    'versions whose text is not the one that was sent',
    told.filter((document) => textOf.get(document.id) !== document.content),
  ).isEmpty()

  // What the service may do to a text, it could be made to do.
  const rewritten = await system.sqlAs('app').session(async (app) => {
    await app.run(`set jeex.user_id = '${idOf(owner)}'`)
    const change = (column: string) =>
      app
        .run(`update document_versions set ${column} = ${column} where project_id = $1`, [id])
        .then(
          (rows) => `${rows} rows`,
          (error: unknown) => (error as { code?: string }).code,
        )
    return [await change('content'), await change('version'), await change('meta_data')]
  })
  prove("the service's role rewrites text, number and data", rewritten).equals([
    '42501',
    '42501',
    '160 rows',
  ])
})

claim(['JEEX-R-04', 'JEEX-D-06'], async ({ system, sql, prove }) => {
  const owner = await system.actor('owner:locks')
  const { id } = await openProject(owner)
  const place = (document: Document): string => `/projects/${id}/documents/${document.id}`
  const inPlace: string[] = []
  const another: string[] = []
  let document = (await addDocument(owner, id).expect(201)).body
  for (let round = 1; round <= 5; round += 1) {
    const etag = (await owner.get(place(document)).expect(200)).headers['etag'] ?? ''
    const scores = await atOnce(20, (at) =>
      owner.put<Document>(place(document), { grammar_score: at }, matching(etag)),
    )
    inPlace.push(tally(scores))
    const score = await sql.value<number>(
      'select grammar_score from document_versions where id = $1',
      [document.id],
    )
    const winner = scores.find(({ status }) => status === 200)
    prove(`round ${round}: the score that is kept`, score).equals(winner?.body.grammar_score ?? -1)
    const now = winner?.headers['etag'] ?? ''
    const texts = await atOnce(20, (at) =>
      owner.put<Document>(place(document), { content: `By ${round}.${at}` }, matching(now)),
    )
    another.push(tally(texts))
    document = texts.find(({ status }) => status === 200)?.body ?? document
  }
  const once = Array.from({ length: 5 }, () => `1 × 200, 19 × ${stale}`)
  prove('20 scores of one version, five times', inPlace).equals(once)
  prove('20 texts on top of one version, five times', another).equals(once)
  prove('versions after that', await versionsOf(sql, id, 'architecture')).equals([1, 2, 3, 4, 5, 6])

  const execution = await owner
    .post<{ id: string }>(`/projects/${id}/agents/executions`, { agent_type: 'qa_expert' })
    .expect(201)
  const path = `/projects/${id}/agents/executions/${execution.body.id}`
  const reports = await atOnce(20, (at) => owner.put(path, { tokens_in: at }, matching('"1"')))
  prove('20 reports on one execution with one ETag', tally(reports)).equals(once[0] ?? '')
  const etag = (await owner.get(`/projects/${id}`).expect(200)).headers['etag'] ?? ''
  const project = `/projects/${id}`
  const mixed = await atOnce(20, (at) =>
    at % 2 === 0 ? owner.delete(project, matching(etag)) : owner.put(project, {}, matching(etag)),
  )
  prove(
    'changes and deletions of one version of a project that were made',
    mixed.filter(({ status }) => status < 300).length,
  ).equals(1)
})

/** The versions of a type that the database holds, deleted or not. */
async function versionsOf(sql: Sql, projectId: string, type: string): Promise<number[]> {
  const rows = await sql.rows<{ version: number }>(
    `select version from document_versions where project_id = $1 and document_type = $2
     order by version`,
    [projectId, type],
  )
  return rows.map(({ version }) => version)
}
