// Further claims on the same instance.
import './document/version.ts'
import { randomUUID } from 'node:crypto'
import { claim } from 'etalon'
import { addDocument, documentTypes, type Document } from './document.ts'
import { differences } from './kept-row.ts'
import { idOf, openProject, type Listed } from './project.ts'
import { atOnce, tally, wronglyAnswered } from './refusal.ts'
import { walkByCursor, walkByPage } from './walk.ts'

const refusedShape = '422 JEEX_VALIDATION_FAILED'
const unknownProject = '404 JEEX_PROJECT_UNKNOWN'
const unknownDocument = '404 JEEX_DOCUMENT_UNKNOWN'
const matching = (etag: string) => ({ headers: { 'if-match': etag } })

claim(['JEEX-API-06', 'JEEX-D-09'], async ({ system, sql, prove }) => {
  const owner = await system.actor('owner')
  const { id } = await openProject(owner)
  const whole = {
    document_type: 'engineering_specs',
    content: 'Überschrift\r\n漢字 🙂\n',
    meta_data: { pages: 2 },
    readability_score: 100,
    grammar_score: 0.01,
  }
  const first = await addDocument(owner, id, whole).expect(201)
  const described = { version: 1, row_version: 1, project_id: id, created_by: idOf(owner) }
  prove('the first version', first.body).holds({ ...whole, ...described })
  prove('its ETag', first.headers['etag']).equals('"1"')
  const row = await sql.one<Record<string, unknown>>(
    `select *, readability_score::float8, grammar_score::float8 from document_versions
     where id = $1`,
    [first.body.id],
  )
  prove('the version, told and kept', differences({ ...first.body }, row)).isEmpty()
  const second = await addDocument(owner, id, { ...whole, content: 'Next' }).expect(201)
  prove('the version after it', second.body.version).equals(2)
  const other = await addDocument(owner, id, { document_type: 'architecture' }).expect(201)
  prove('the first version of another type', other.body).holds({
    version: 1,
    meta_data: {},
    readability_score: null,
    grammar_score: null,
  })

  const add = (body: object) => addDocument(owner, id, body)
  const large = 'x'.repeat(500_000)
  const wrong = await wronglyAnswered([
    ['asking for version 1', refusedShape, add({ version: 1 })],
    ['asking for version 7', refusedShape, add({ version: 7 })],
    ['500,000 characters', '201', add({ content: large })],
    ['500,001 characters', refusedShape, add({ content: `${large}x` })],
    ['no text', refusedShape, add({ content: '' })],
    ['a blank text', refusedShape, add({ content: ' \n' })],
    ['a text with NUL', refusedShape, add({ content: 'a\0b' })],
    ['an unknown type', refusedShape, add({ document_type: 'poem' })],
    ['a score of 100.01', refusedShape, add({ readability_score: 100.01 })],
    ['a score of -0.01', refusedShape, add({ grammar_score: -0.01 })],
    ['a score in words', refusedShape, add({ grammar_score: '5' })],
    ["in a stranger's name", unknownProject, addDocument(await system.actor('stranger'), id)],
    ['in no project', unknownProject, addDocument(owner, randomUUID())],
  ])
  prove('bodies of 13 that were wrongly answered', wrong).isEmpty()
  const versions = await sql.value<number[]>(
    `select array_agg(version order by version) from document_versions
     where project_id = $1 and document_type = 'architecture'`,
    [id],
  )
  prove('versions after them', versions).equals([1, 2])

  const headers = { 'idempotency-key': randomUUID() }
  const path = `/projects/${id}/documents`
  const body = { document_type: 'idea_description', content: 'Once' }
  const answers = await atOnce(20, () => owner.post<Document>(path, body, { headers }))
  prove('20 with one key at once', tally(answers)).equals('20 × 201')
  prove('versions of them', new Set(answers.map((answer) => answer.body.id)).size).equals(1)
})

claim('JEEX-API-07', async ({ system, prove }) => {
  const owner = await system.actor('owner')
  const { id } = await openProject(owner)
  const other = await openProject(owner)
  const made = await atOnce(5, (at) =>
    addDocument(owner, id, { content: `Text ${at}` }).expect(201),
  )
  const path = (document: string, project = id) => `/projects/${project}/documents/${document}`
  const read = await Promise.all(
    made.map(({ body }) => owner.get<Document>(path(body.id)).expect(200)),
  )
  prove(
    'versions that are read as they were made',
    read.filter(({ text }, at) => text === made[at]?.text).length,
  ).equals(5)
  const [first] = made
  const of = first?.body.id ?? ''
  await owner.put(path(of), { grammar_score: 50 }, matching('"1"')).expect(200)
  const again = await owner.get<Document>(path(of)).expect(200)
  prove('its score after a change', again.body.grammar_score).equals(50)
  prove('its ETag after a change', again.headers['etag']).equals('"2"')
  const wrong = await wronglyAnswered([
    ['through another own project', unknownDocument, owner.get(path(of, other.id))],
    ['an id that nobody has', unknownDocument, owner.get(path(randomUUID()))],
    ['an id that is none', refusedShape, owner.get(path('first'))],
    ['in no project', unknownProject, owner.get(path(of, randomUUID()))],
    ["a stranger's look", unknownProject, (await system.actor('stranger')).get(path(of))],
    ['without a token', '401 JEEX_UNAUTHENTICATED', system.anonymous.get(path(of))],
  ])
  prove('looks of 6 that were wrongly answered', wrong).isEmpty()
})

claim('JEEX-API-08', async ({ system, random, prove }) => {
  const owner = await system.actor('owner')
  const { id } = await openProject(owner)
  const made: Document[] = []
  for (const type of random.shuffle(documentTypes.flatMap((each) => [each, each, each, each]))) {
    made.push((await addDocument(owner, id, { document_type: type }).expect(201)).body)
  }
  await addDocument(owner, (await openProject(owner)).id).expect(201)
  const order = (a: Document, b: Document): number =>
    b.version - a.version || (a.id < b.id ? 1 : -1)
  const path = `/projects/${id}/documents`
  const perPage = random.integer(1, 6)
  const all = made.toSorted(order).map((document) => document.id)
  prove('all, by page', await walkByPage(owner, { path, perPage })).equals(all)
  prove('all, by cursor', await walkByCursor(owner, { path, perPage })).equals(all)
  for (const document_type of documentTypes) {
    const some = made.filter((each) => each.document_type === document_type).toSorted(order)
    const walk = { path, perPage: 3, query: { document_type } }
    prove(`of ${document_type}`, await walkByPage(owner, walk)).equals(some.map((one) => one.id))
  }
  const { body } = await owner.get<Listed<Document>>(`${path}?per_page=3`).expect(200)
  const { items: _items, next_cursor: _next, ...head } = body
  prove('the head of the list', head).equals({ page: 1, per_page: 3, total: 16, total_pages: 6 })
  prove('items with a text', body.items.filter((item) => 'content' in item).length).equals(0)
  const wrong = await wronglyAnswered([
    ['an unknown type', refusedShape, owner.get(`${path}?document_type=poem`)],
    ['a type that is spelt otherwise', refusedShape, owner.get(`${path}?type=architecture`)],
    ["a stranger's look", unknownProject, (await system.actor('stranger')).get(path)],
  ])
  prove('lists that were wrongly answered', wrong).isEmpty()
})

claim(['JEEX-API-09', 'JEEX-D-04'], async ({ system, prove }) => {
  const owner = await system.actor('owner')
  const { id } = await openProject(owner)
  const path = `/projects/${id}/documents/latest`
  const ask = (type: string) => owner.get<Document>(`${path}?document_type=${type}`)
  const none = await wronglyAnswered(
    documentTypes.map(
      (type) => [`${type} before there is one`, unknownDocument, ask(type)] as const,
    ),
  )
  prove('types without a version that were wrongly answered', none).isEmpty()
  const told: number[] = []
  for (let version = 1; version <= 11; version += 1) {
    const made = await addDocument(owner, id, { content: `Text ${version}` }).expect(201)
    const latest = await ask('architecture').expect(200)
    if (latest.text === made.text) told.push(latest.body.version)
  }
  prove('latest versions, right after each of 11', told).equals(
    Array.from({ length: 11 }, (_none, at) => at + 1),
  )
  await addDocument(owner, id, { document_type: 'implementation_plan' }).expect(201)
  const planned = await ask('implementation_plan').expect(200)
  prove('the latest of another type', planned.body.version).equals(1)
  prove('its ETag', planned.headers['etag']).equals('"1"')
  const wrong = await wronglyAnswered([
    ['without a type', refusedShape, owner.get(path)],
    ['with an unknown type', refusedShape, ask('poem')],
    [
      "a stranger's look",
      unknownProject,
      (await system.actor('stranger')).get(`${path}?document_type=architecture`),
    ],
  ])
  prove('looks that were wrongly answered', wrong).isEmpty()
})
