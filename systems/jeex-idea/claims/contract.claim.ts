import {
  type Actor,
  claim,
  type ClaimContext,
  eventually,
  type HttpResponse,
  type SystemHandle,
  type Things,
} from 'etalon'
import { fingerprintOf, makeBelongings } from './belongings.ts'
import { addDocument } from './document.ts'
import { addExecution, report } from './execution.ts'
import { openProject } from './project.ts'
import { atOnce } from './refusal.ts'
import { rights } from './right.ts'

/** What a request may be refused with, besides 503. */
const refusals = [400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422, 429]

claim(['JEEX-API-21', 'JEEX-D-16'], async ({ system, prove }) => {
  const operator = await system.actor('operator')
  const owner = await system.actor('owner')
  const dashboard = '/database/monitoring/dashboard'
  prove('health', await system.anonymous.get('/health')).holds({ status: 200 })
  prove('readiness', await system.anonymous.get('/ready')).holds({ status: 200 })
  const isUpThere = async (): Promise<boolean> => {
    const { body } = await operator.get<{ database: { up: boolean } }>(dashboard).expect(200)
    return body.database.up
  }
  prove('the dashboard shows that the database is up', await eventually(isUpThere, 10_000)).isTrue()
  prove('the dashboard, for a user', (await owner.get(dashboard)).status).equals(403)
  const { id } = await openProject(owner)
  const metrics = await owner.get(`/projects/${id}/agents/metrics`)
  prove('the metrics of a project', metrics.status).equals(200)
})

claim('JEEX-API-24', async ({ system, prove }) => {
  type Paths = Readonly<Record<string, Readonly<Record<string, unknown>>>>
  const { body } = await system.anonymous.get<{ paths: Paths }>('/openapi.json').expect(200)
  const documented = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  prove('endpoints, documented and specified', documented.toSorted()).equals(
    Object.keys(rights).toSorted(),
  )
})

claim('JEEX-API-25', { timeoutMs: 60_000 }, async (context) => {
  const { system, prove } = context
  const refused = await Promise.all([refusalsOf(context), refusalsOfStress(system)])
  const answers = refused.flat()
  const statuses = [...new Set(answers.map(({ status }) => status))].sort((a, b) => a - b)
  prove('statuses of refusals', statuses).equals([
    400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422, 429, 503,
  ])
  const misshapen = answers.filter((answer) => !hasErrorShape(answer))
  prove(
    'refusals of another shape',
    misshapen.map(({ request, status, text }) => ({ request, status, text })),
  ).isEmpty()
  const busy = answers.filter(({ status }) => status === 429 || status === 503)
  prove(
    'refusals for now that do not say when to come again',
    busy.filter(({ headers }) => !/^\d+$/.test(headers['retry-after'] ?? '')).length,
  ).equals(0)
})

claim(['JEEX-SEC-002', 'JEEX-API-24'], { timeoutMs: 600_000 }, async (context) => {
  const { system, sql, contract, prove, note } = context
  const owner = await system.actor('owner:contract')
  const operator = await system.actor('operator:contract')
  const leaver = await system.actor('leaver:contract')
  const bystander = await system.actor('bystander')
  const theirs = await makeBelongings(bystander, 'Nobody has touched this')
  const known = await knownValues(owner, operator)
  const before = [await fingerprintOf(sql, theirs), await tablesOf(context)]

  const run = await contract.tryAll({
    requests: 10_000,
    credentials({ name, description }) {
      // His token ends with the first.
      if (name === 'DELETE /auth/session') return leaver.headers
      return description.endsWith('Who: operator.') ? operator.headers : owner.headers
    },
    known: (name, operation) => known[`${operation.name} ${name}`] ?? known[name] ?? [],
    opaque: ['cursor', 'last-event-id'],
    errorStatuses: refusals,
    share: ({ name }) => shares[name] ?? 1,
  })
  note('rate', { requestsPerSecond: Math.round(run.requestsPerSecond) })
  prove('generated requests', run.requests).isAtLeast(10_000)
  prove('answers that break the contract', run.violations).isEmpty()
  prove('schemas that cannot be used', run.unusableSchemas).isEmpty()
  prove('methods that are taken and not documented', run.undocumentedMethods).isEmpty()
  prove(
    'operations that accepted nothing but a right password',
    run.neverAccepted.toSorted(),
  ).equals(['POST /auth/session', 'POST /auth/sign-in'])
  const quick = run.rows.filter(({ operation }) => !operation.includes('/database/backup/'))
  const longestMs = Math.max(...quick.map(({ slowestMs }) => slowestMs))
  prove('the longest answer but for backups', longestMs).isBelow(run.sqlSleepMs, 'ms')
  prove("another's things and the tables, after that", [
    await fingerprintOf(sql, theirs),
    await tablesOf(context),
  ]).equals(before)
})

/**
 * What hashes a password, or copies the database, takes long by its nature. What tells everything
 * there is to tell is as large as some hundred answers, and has no parameter to vary.
 */
const shares: Readonly<Record<string, number>> = {
  'GET /metrics': 0.1,
  'GET /database/metrics/prometheus': 0.1,
  'GET /database/monitoring/dashboard': 0.1,
  'POST /auth/sign-in': 0.1,
  'POST /auth/session': 0.1,
  'POST /users': 0.1,
  'POST /database/backup/create': 0.05,
  'POST /database/backup/{backup_id}/test-recovery': 0.05,
}

/** Ids of things that are there, and of things that may be deleted. */
async function knownValues(
  owner: Actor,
  operator: Actor,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const things: Things = await makeBelongings(owner, 'A contract')
  const project = things['project'] ?? ''
  const documents = await atOnce(40, () => addDocument(owner, project).expect(201))
  const executions = await atOnce(40, () => addExecution(owner, project).expect(201))
  const spare = await atOnce(20, () => openProject(owner, { name: 'To spare' }))
  const backup = await operator.post<{ id: string }>('/database/backup/create', {}).expect(201)
  const documentIds = documents.map(({ body }) => body.id)
  return {
    id: [project],
    document_id: documentIds.slice(0, 10),
    execution_id: executions.map(({ body }) => body.id),
    export_id: [things['export'] ?? ''],
    backup_id: [backup.body.id],
    cursor: [things['cursor'] ?? ''],
    'if-match': ['*'],
    from: ['1', '2', '3'],
    to: ['1', '2', '3'],
    'DELETE /projects/{id} id': spare.map(({ id }) => id),
    'DELETE /projects/{id}/documents/{document_id} document_id': documentIds.slice(10),
  }
}

function tablesOf({ sql }: ClaimContext): Promise<unknown> {
  return sql.rows(
    `select relname, relrowsecurity, relacl::text from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  )
}

/** One answer for each way in which a request can be refused. */
async function refusalsOf({ system, sql }: ClaimContext): Promise<HttpResponse[]> {
  const owner = await system.actor('owner')
  const things = await makeBelongings(owner, 'To be refused')
  const project = `/projects/${things['project']}`
  await sql.run('update exports set expires_at = now() where id = $1', [things['export']])
  const xml = { headers: { 'content-type': 'application/xml' } }
  const ended = things['ended'] ?? ''
  return Promise.all([
    owner.send('POST', '/projects', '{"name":'),
    system.anonymous.get(project),
    owner.get('/database/health'),
    owner.get('/projects/00000000-0000-7000-8000-000000000000'),
    owner.get('/no/such/endpoint'),
    owner.send('PATCH', project, {}),
    report(owner, { id: ended, project_id: things['project'] ?? '' }, { status: 'running' }),
    owner.get(`/exports/${things['export']}/download`),
    owner.put(project, { name: 'x' }, { headers: { 'if-match': '"77"' } }),
    owner.post('/projects', { name: 'x'.repeat(1_100_000) }),
    owner.send('POST', '/projects', '<name/>', xml),
    owner.post('/projects', { name: '' }),
    owner.put(project, { name: 'x' }),
  ])
}

/** What is answered to who asks too often, and to more than can be answered at once. */
async function refusalsOfStress(system: SystemHandle): Promise<HttpResponse[]> {
  const narrow = await system.another({
    RATE_LIMIT_MAX: '100',
    DATABASE_POOL_SIZE: '2',
    DATABASE_POOL_OVERFLOW: '1',
    DATABASE_WAITING_MAX: '1',
  })
  const [often, crowd] = [await narrow.actor('often'), await narrow.actor('crowd')]
  const limited: HttpResponse[] = []
  for (let asked = 0; asked < 110; asked += 1) limited.push(await often.get('/auth/session'))
  const crowded = await atOnce(60, () => crowd.get('/projects'))
  return [...limited, ...crowded].filter(({ status }) => status >= 400)
}

function hasErrorShape({ headers, body, status }: HttpResponse): boolean {
  const { error } = body as { error?: Readonly<Record<string, unknown>> }
  const { code, message, details } = error ?? {}
  return (
    (headers['content-type'] ?? '').startsWith('application/json') &&
    /^JEEX_[A-Z_]+$/.test(String(code)) &&
    typeof message === 'string' &&
    message !== '' &&
    error?.['correlation_id'] === headers['x-correlation-id'] &&
    (status !== 422 || Array.isArray(details))
  )
}
