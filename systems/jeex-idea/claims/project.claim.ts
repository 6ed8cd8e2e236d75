// Further claims on the same instance.
import './project/farewell.ts'
import './project/list.ts'
import './project/deletion.ts'
import { randomUUID } from 'node:crypto'
import { claim } from 'etalon'
import { differences } from './kept-row.ts'
import { idOf, openProject, type Project } from './project.ts'
import { atOnce, tally, wronglyAnswered } from './refusal.ts'

const refusedShape = '422 JEEX_VALIDATION_FAILED'

claim('JEEX-API-01', async ({ system, sql, prove }) => {
  const owner = await system.actor('owner')
  const made = await owner.post<Project>('/projects', { name: 'An idea' }).expect(201)
  prove('how a project begins', made.body).holds({
    status: 'draft',
    current_step: 1,
    language: 'en',
    created_by: idOf(owner),
    row_version: 1,
  })
  prove('where it is, and its ETag', made.headers).holds({
    location: `/projects/${made.body.id}`,
    etag: '"1"',
  })
  const row = await sql.one<Record<string, unknown>>('select * from projects where id = $1', [
    made.body.id,
  ])
  prove('the new project, told and kept', differences({ ...made.body }, row)).isEmpty()
  prove('a row of the same name that was asked for', await openProject(owner)).satisfies(
    'another id',
    ({ id }) => id !== made.body.id,
  )

  const whole = {
    name: 'ß漢🙂'.padEnd(255, '.').slice(0, 255),
    status: 'archived',
    current_step: 4,
    language: 'pt-BR',
    meta_data: { nested: [{ deep: null }, 'Ωmega', 1.5], 'a key': '' },
  }
  prove('a project with every field', await openProject(owner, whole)).holds(whole)
  const post = (body: unknown) => owner.post('/projects', body)
  const wrong = await wronglyAnswered([
    ['a name of one character', '201', post({ name: 'x' })],
    ['no name', refusedShape, post({})],
    ['an empty name', refusedShape, post({ name: '' })],
    ['a blank name', refusedShape, post({ name: ' \t\n' })],
    ['a name of 256', refusedShape, post({ name: 'x'.repeat(256) })],
    ['a name with NUL', refusedShape, post({ name: 'a\0b' })],
    ['step 0', refusedShape, post({ name: 'x', current_step: 0 })],
    ['step 5', refusedShape, post({ name: 'x', current_step: 5 })],
    ['step 1.5', refusedShape, post({ name: 'x', current_step: 1.5 })],
    ['an unknown status', refusedShape, post({ name: 'x', status: 'deleted' })],
    ['a language in words', refusedShape, post({ name: 'x', language: 'English' })],
    ['another owner', refusedShape, post({ name: 'x', created_by: randomUUID() })],
    ['a list', refusedShape, post([])],
    ['without a token', '401 JEEX_UNAUTHENTICATED', system.anonymous.post('/projects', whole)],
  ])
  prove('bodies of 14 that were wrongly answered', wrong).isEmpty()
})

claim('JEEX-API-01', { name: 'once' }, async ({ system, sql, prove }) => {
  const owner = await system.actor('owner:once')
  const rival = await system.actor('rival:once')
  const headers = { 'idempotency-key': randomUUID() }
  const body = { name: 'Wanted once', meta_data: { b: 1, a: [2] } }
  const answers = await atOnce(20, () => owner.post<Project>('/projects', body, { headers }))
  const replayed = answers.filter((answer) => answer.headers['idempotent-replayed'] === 'true')
  prove('answers to 20 with one key at once', tally(answers)).equals('20 × 201')
  prove('answers that differ', new Set(answers.map(({ text }) => text)).size).equals(1)
  prove('answers marked as given again', replayed.length).equals(19)
  const projects = (): Promise<number> =>
    sql.value('select count(*) from projects where created_by = $1', [idOf(owner)])
  prove('projects that came of it', await projects()).equals(1)
  const entries = await sql.value<number>(
    `select count(*) from audit_log where owner_id = $1 and action = 'project.create'`,
    [idOf(owner)],
  )
  prove('entries in the log', entries).equals(1)

  const reordered = { meta_data: { a: [2], b: 1 }, name: 'Wanted once' }
  const wrong = await wronglyAnswered([
    ['the same in another order', '201', owner.post('/projects', reordered, { headers })],
    [
      'another request',
      '409 JEEX_IDEMPOTENCY_KEY_REUSED',
      owner.post('/projects', { name: 'Other' }, { headers }),
    ],
    ["somebody else's request", '201', rival.post('/projects', body, { headers })],
    [
      'a key of 101 characters',
      refusedShape,
      owner.post('/projects', body, { headers: { 'idempotency-key': 'k'.repeat(101) } }),
    ],
  ])
  prove('uses of the key that were wrongly answered', wrong).isEmpty()
  prove('projects after all', await projects()).equals(1)

  // A request that was refused leaves its key free for the one that is right.
  const next = { headers: { 'idempotency-key': randomUUID() } }
  await owner.post('/projects', { name: '' }, next).expect(422)
  await owner.post('/projects', { name: 'Right now' }, next).expect(201)
  prove('projects with a key that was refused first', await projects()).equals(2)
})

claim('JEEX-API-02', async ({ system, sql, prove }) => {
  const owner = await system.actor('owner')
  const project = await openProject(owner, { meta_data: { of: 'mine' } })
  const path = `/projects/${project.id}`
  const read = await owner.get<Project>(path).expect(200)
  prove('what its owner reads', read.body).equals(project)
  prove('its ETag', read.headers['etag']).equals('"1"')
  await owner.put(path, { name: 'Changed' }, { headers: { 'if-match': '"1"' } }).expect(200)
  const again = await owner.get<Project>(path).expect(200)
  const row = await sql.one<Record<string, unknown>>('select * from projects where id = $1', [
    project.id,
  ])
  prove('after a change, told and kept', differences({ ...again.body }, row)).isEmpty()
  prove('its ETag after the change', again.headers['etag']).equals('"2"')
  prove('its name after the change', again.body.name).equals('Changed')

  const stranger = await system.actor('stranger')
  const unknown = '404 JEEX_PROJECT_UNKNOWN'
  const wrong = await wronglyAnswered([
    ["a stranger's look", unknown, stranger.get(path)],
    ["an operator's look", unknown, (await system.actor('operator')).get(path)],
    ['an id that nobody has', unknown, owner.get(`/projects/${randomUUID()}`)],
    ['an id that is none', refusedShape, owner.get('/projects/1')],
    ['without a token', '401 JEEX_UNAUTHENTICATED', system.anonymous.get(path)],
  ])
  prove('looks that were wrongly answered', wrong).isEmpty()
})

claim('JEEX-API-04', async ({ system, sql, prove }) => {
  const owner = await system.actor('owner')
  const project = await openProject(owner, { meta_data: { kept: true }, language: 'de' })
  const path = `/projects/${project.id}`
  const put = (body: unknown, match?: string) =>
    owner.put<Project>(path, body, match === undefined ? {} : { headers: { 'if-match': match } })
  const changed = await put({ status: 'in_progress', current_step: 2 }, '"1"').expect(200)
  const { updated_at: at, ...rest } = changed.body
  const { updated_at: before, ...old } = project
  prove('the changed project', rest).equals({
    ...old,
    status: 'in_progress',
    current_step: 2,
    row_version: 2,
  })
  prove('when it was changed', at).satisfies(`not before ${before}`, (time) => time >= before)

  const rounds = 5
  const outcomes: string[] = []
  for (let round = 0; round < rounds; round += 1) {
    const current = (await owner.get(path).expect(200)).headers['etag'] ?? ''
    const answers = await atOnce(20, (index) => put({ name: `By ${round}.${index}` }, current))
    outcomes.push(tally(answers))
    const winner = answers.find(({ status }) => status === 200)
    const kept = await sql.value<string>('select name from projects where id = $1', [project.id])
    prove(`round ${round + 1}: the name that is kept`, kept).equals(winner?.body.name ?? 'none')
  }
  prove('what became of 20 changes of one version, five times', outcomes).equals(
    outcomes.map(() => '1 × 200, 19 × 412 JEEX_VERSION_STALE'),
  )
  const entries = await sql.value<number>(
    `select count(*) from audit_log where entity_id = $1 and action = 'project.change'`,
    [project.id],
  )
  prove('changes in the log', entries).equals(1 + rounds)

  const stranger = await system.actor('stranger')
  const wrong = await wronglyAnswered([
    ['a stale version', '412 JEEX_VERSION_STALE', put({ name: 'x' }, '"1"')],
    ['a later version', '412 JEEX_VERSION_STALE', put({ name: 'x' }, '"8"')],
    ['no version', refusedShape, put({ name: 'x' })],
    ['a version without quotes', refusedShape, put({ name: 'x' }, '7')],
    ['step 5', refusedShape, put({ current_step: 5 }, '*')],
    ['an empty name', refusedShape, put({ name: '' }, '*')],
    ['another owner', refusedShape, put({ created_by: idOf(stranger) }, '*')],
    [
      "a stranger's change",
      '404 JEEX_PROJECT_UNKNOWN',
      stranger.put(path, { name: 'x' }, { headers: { 'if-match': '*' } }),
    ],
  ])
  prove('changes that were wrongly answered', wrong).isEmpty()
  prove('its version after them', (await owner.get<Project>(path)).body.row_version).equals(7)
  const anyVersion = await put({ language: 'fr' }, '*').expect(200)
  prove('any version, while nothing was said', anyVersion.body.language).equals('fr')
  await owner
    .post(`${path}/documents`, { document_type: 'architecture', content: 'Said' })
    .expect(201)
  const locked = await wronglyAnswered([
    ['another language', '409 JEEX_LANGUAGE_LOCKED', put({ language: 'en' }, '*')],
    ['the same language', '200', put({ language: 'fr' }, '*')],
  ])
  prove('languages that were wrongly answered once something was said', locked).isEmpty()
})
