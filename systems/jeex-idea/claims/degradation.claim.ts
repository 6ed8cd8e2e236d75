import {
  type Actor,
  claim,
  type ClaimContext,
  cut,
  eventually,
  hold,
  type HttpResponse,
  kill,
  type Prove,
  type SystemHandle,
} from 'etalon'
import { hireWriters, markedRequest, type Writer } from './marked-write.ts'
import { askRedis } from './redis-line.ts'
import { codeOf, isServed } from './service-answer.ts'

/** How long the service may take until all is well again. */
const recoversWithinMs = 5_000
const unknownId = '01990000-0000-7000-8000-000000000000'

claim(
  'JEEX-R-08',
  { durability: 'honest', links: ['postgres'], timeoutMs: 120_000 },
  async (context) => {
    const { system, faults, prove } = context
    const [writer] = (await hireWriters(system, 'reader', 1)) as [Writer]
    const stranger = await system.actor('stranger')
    await stranger.get('/projects').expect(200)
    const { actor, projectId } = writer
    const { pid } = system.process().child
    const gone = await deleteProject(actor)
    const known = new Map(await rememberReads(writer))
    for (const [path, body] of await changeAndRead(writer)) known.set(path, body)

    await faults.during('postgres', kill(), async () => {
      await waitUntilDown(actor)
      for (const [path, before] of known) proveStale(await actor.get(path), before, prove)
      const unread = `/projects/${projectId}/agents/metrics?days=7`
      proveRefused(await actor.get(unread), 'a read that nobody has made before', prove)
      const foreign = await stranger.get(`/projects/${projectId}`)
      proveRefused(foreign, 'what another has read', prove)
      proveRefused(await actor.get(`/projects/${gone}`), 'what was deleted', prove)
      const [path, body] = markedRequest(writer, 'document', 'while the database is away')
      proveRefused(await actor.post(path, body), 'a write', prove)
      await proveProbes(system, prove)
    })
    prove(
      'the service is ready again',
      await eventually(() => isReady(system), recoversWithinMs),
    ).isTrue()
    const isFresh = await eventually(
      async () => isServed(await actor.get('/projects')),
      recoversWithinMs,
    )
    prove('reads are fresh again', isFresh).isTrue()
    const [path, body] = markedRequest(writer, 'document', 'since the database is back')
    prove('a write once it is back', (await actor.post(path, body)).status).equals(201)
    await proveRecoveryByMisses(context, actor)
    prove('the process', system.process().child.pid).equals(pid)
  },
)

type Read = readonly [path: string, before: unknown]

/** Reads what shall be remembered: lists, one thing, the latest of a type, figures. */
async function rememberReads({ actor, projectId }: Writer): Promise<Read[]> {
  const project = `/projects/${projectId}`
  const document = { document_type: 'architecture', content: 'Remember me' }
  const { body } = await actor.post<{ id: string }>(`${project}/documents`, document).expect(201)
  const paths = [
    '/projects',
    project,
    `${project}/documents`,
    `${project}/documents/${body.id}`,
    `${project}/documents/latest?document_type=architecture`,
    `${project}/agents/executions`,
    `${project}/agents/metrics`,
  ]
  const reads: Read[] = []
  for (const path of paths) reads.push([path, (await actor.get(path).expect(200)).body])
  return reads
}

/** Changes what was read a moment ago, and reads it again: what was told last is remembered. */
async function changeAndRead({ actor, projectId }: Writer): Promise<Read[]> {
  const project = `/projects/${projectId}`
  const latest = { headers: { 'if-match': '*' } }
  await actor.put(project, { name: 'Changed since it was read' }, latest).expect(200)
  await actor.post(`${project}/agents/executions`, { agent_type: 'qa_expert' }).expect(201)
  const paths = ['/projects', project, `${project}/agents/executions`, `${project}/agents/metrics`]
  return Promise.all(
    paths.map(async (path) => [path, (await actor.get(path).expect(200)).body] as const),
  )
}

/** A project that its owner has read and then deleted; with it all that he has read is forgotten. */
async function deleteProject(actor: Actor): Promise<string> {
  const { body } = await actor.post<{ id: string }>('/projects', { name: 'Gone' }).expect(201)
  await actor.get(`/projects/${body.id}`).expect(200)
  await actor.delete(`/projects/${body.id}`).expect(204)
  return body.id
}

/** Until the circuit breaker is open and every request is told the same. */
async function waitUntilDown(actor: Actor): Promise<void> {
  await eventually(
    async () => codeOf(await actor.get('/users/me')) === 'JEEX_DATABASE_DOWN',
    10_000,
  )
}

function proveStale(answer: HttpResponse, before: unknown, prove: Prove): void {
  const path = answer.request.url
  prove(`what is remembered of ${path}`, answer.body).equals(before)
  const { 'x-stale': stale, age, warning } = answer.headers
  const marks = { status: answer.status, stale, age: /^\d+$/.test(age ?? ''), warning }
  prove(`how ${path} is marked`, marks).equals({
    status: 200,
    stale: 'true',
    age: true,
    warning: '110 - "Response is Stale"',
  })
}

function proveRefused(answer: HttpResponse, what: string, prove: Prove): void {
  const found = { status: answer.status, code: codeOf(answer) }
  prove(`answer to ${what}`, found).equals({ status: 503, code: 'JEEX_DATABASE_DOWN' })
}

async function proveProbes({ anonymous }: SystemHandle, prove: Prove): Promise<void> {
  prove('/health meanwhile', (await anonymous.get('/health')).status).equals(200)
  const ready = await anonymous.get<{ dependencies: unknown }>('/ready')
  prove('/ready meanwhile', ready.status).equals(503)
  prove('what it says of the database', ready.body.dependencies).holds({ postgres: 'down' })
}

/**
 * The one try that the circuit breaker lets through when the database is back may be for something
 * that is not there; that answer says as much about the database as any other.
 */
async function proveRecoveryByMisses(context: ClaimContext, actor: Actor): Promise<void> {
  const { faults, prove } = context
  for (let turn = 1; turn <= 3; turn += 1) {
    const enough = new AbortController()
    const asking = Array.from({ length: 8 }, async () => {
      while (!enough.signal.aborted) await actor.get(`/projects/${unknownId}`)
    })
    await faults.during('postgres', cut(), () => waitUntilDown(actor))
    const isBack = await eventually(
      async () => (await actor.get(`/projects/${unknownId}`)).status === 404,
      recoversWithinMs,
    )
    enough.abort()
    await Promise.all(asking)
    prove(`what is not there is looked for again, ${turn}`, isBack).isTrue()
  }
}

async function isReady({ anonymous }: SystemHandle): Promise<boolean> {
  return (await anonymous.get('/ready')).status === 200
}

/** What a request may take without the cache; the service waits for no Redis longer than 250 ms. */
const withoutCacheMs = 2_000

claim('JEEX-OPS-01', { links: ['redis'], timeoutMs: 120_000 }, async (context) => {
  const { system, faults, prove } = context
  const info = await askRedis(system.services.redis.url, 'INFO server')
  const [, major = '0', minor = '0'] = /(?:valkey|redis)_version:(\d+)\.(\d+)/.exec(info) ?? []
  const version = Number(major) + Number(minor) / 100
  prove('version of the cache, its minor one as hundredths', version).isAtLeast(6.04)
  const [writer] = (await hireWriters(system, 'without-cache', 1)) as [Writer]

  await proveServed(writer.actor, 'with Redis', prove)
  await faults.during('redis', kill(), async () => {
    await proveServed(writer.actor, 'while Redis is gone', prove)
    const { status } = await system.anonymous.get('/health')
    prove('/health while Redis is gone', status).equals(200)
  })
  const isUp = async (): Promise<boolean> => (await system.anonymous.get('/ready')).status === 200
  prove('Redis is found again', await eventually(isUp, recoversWithinMs)).isTrue()
  await faults.during('redis', hold(), async () => {
    await proveServed(writer.actor, 'while Redis does not answer', prove)
  })
  prove('Redis answers again', await eventually(isUp, recoversWithinMs)).isTrue()
  await proveServed(writer.actor, 'with Redis again', prove)
})

/** Each sort of request, one after another: what was asked is done, and without a long wait. */
async function proveServed(actor: Actor, when: string, prove: Prove): Promise<void> {
  const wrong: unknown[] = []
  const ask = async (pending: PromiseLike<HttpResponse>): Promise<HttpResponse | undefined> => {
    const answer = await Promise.resolve(pending).catch((error: unknown) => String(error))
    const isGood = typeof answer === 'object' && isServed(answer)
    if (isGood && answer.durationMs < withoutCacheMs) return answer
    wrong.push(typeof answer === 'string' ? answer : { ...answer.request, status: answer.status })
    return undefined
  }
  const patience = { timeoutMs: 2 * withoutCacheMs }
  const created = await ask(actor.post('/projects', { name: when }, patience))
  const { id = unknownId } = (created?.body ?? {}) as { id?: string }
  const project = `/projects/${id}`
  const read = await ask(actor.get(project, patience))
  const headers = { 'if-match': String(read?.headers['etag']) }
  await ask(actor.put(project, { name: `${when}, changed` }, { ...patience, headers }))
  await ask(actor.get('/projects', patience))
  await ask(actor.delete(project, patience))
  prove(`requests ${when} that were not served within ${withoutCacheMs / 1_000} s`, wrong).isEmpty()
}
