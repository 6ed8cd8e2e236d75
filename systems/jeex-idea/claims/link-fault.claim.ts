import {
  type Actor,
  claim,
  type ClaimContext,
  cut,
  eventually,
  type HttpResponse,
  latency,
  reset,
  statement,
} from 'etalon'
import { findMarked, hireWriters, markedRequest, type Writer } from './marked-write.ts'
import { codeOf, isServed } from './service-answer.ts'

/** How long the service may take until all is well again. */
const recoversWithinMs = 5_000
const samplesMax = 40

claim('JEEX-R-09', { links: ['postgres'], timeoutMs: 180_000 }, async (context) => {
  const { system, prove } = context
  const [writer] = (await hireWriters(system, 'patient', 1)) as [Writer]
  const operator = await system.actor('operator')
  await system.anonymous.get('/health').expect(200)

  // Three tries have two pauses between them, of 12.5 to 25 and of 25 to 50 ms.
  const durationsMs: number[] = []
  const isEnough = (): boolean => durationsMs.length >= 8 && Math.min(...durationsMs) < 72
  while (durationsMs.length < samplesMax && !isEnough()) {
    durationsMs.push(await timeOneOutage(context, writer.actor))
  }
  prove('shortest time until a request gave up', Math.min(...durationsMs)).isBetween(36, 72, 'ms')

  const before = await readBreaker(operator)
  const asked = 400
  let refused = 0
  const touch = await outage(context, writer.actor, async () => {
    for (let request = 0; request < asked; request += 1) {
      if (codeOf(await writer.actor.get('/users/me')) === 'JEEX_DATABASE_DOWN') refused += 1
    }
  })
  prove('requests while the database was away', refused).equals(asked)
  prove('connections that were tried for them', touch.connections).isAtMost(asked / 4)
  const after = await readBreaker(operator)
  prove('times the circuit breaker opened', after.openings - before.openings).isAtLeast(1)
  prove('the circuit breaker afterwards', after.state).equals('closed')
})

/** How long one request tries while every connection is cut, from a closed circuit breaker. */
async function timeOneOutage(context: ClaimContext, actor: Actor): Promise<number> {
  let durationMs = 0
  await outage(context, actor, async () => {
    const answer = await actor.get('/projects')
    durationMs = answer.durationMs
  })
  return durationMs
}

/** Cuts everything while `work` goes on, and waits until all is well again. */
async function outage(
  { faults, prove }: ClaimContext,
  actor: Actor,
  work: () => Promise<void>,
): Promise<{ readonly connections: number }> {
  const touch = await faults.during('postgres', cut(), async (fault) => {
    await work()
    return fault.heal()
  })
  const isBack = await eventually(
    async () => isServed(await actor.get('/projects')),
    recoversWithinMs,
  )
  if (!isBack) prove('all is well after an outage', isBack).isTrue()
  return touch
}

async function readBreaker(operator: Actor): Promise<{ state: string; openings: number }> {
  const { body } = await operator
    .get<{ breaker: string; breaker_openings: number }>('/database/health')
    .expect(200)
  return { state: body.breaker, openings: body.breaker_openings }
}

/** Moments of a write at which nothing can have been committed: it is done again. */
const beforeCommit = {
  'at its first statement': statement(/^insert into projects/i, { times: 1 }),
  'at its last statement': statement(/^insert into audit_log/i, { times: 1 }),
  'when its first statement was done': statement(/^insert into projects/i, {
    times: 1,
    at: 'answer',
  }),
} as const

claim('JEEX-T-05', { links: ['postgres'], timeoutMs: 120_000 }, async (context) => {
  const { system, sql, faults, random, prove } = context
  const [writer] = (await hireWriters(system, 'through-cuts', 1)) as [Writer]
  const { actor } = writer
  const mark = random.text(8)
  const write = async (key: string): Promise<HttpResponse> => {
    const [path, body] = markedRequest(writer, 'project', key)
    return actor.post(path, body, { headers: { 'idempotency-key': key } })
  }
  const timesOf = async (key: string): Promise<number> => (await findMarked(sql, key)).length

  for (const [kind, fault] of Object.entries({ cut, reset })) {
    for (const [moment, when] of Object.entries(beforeCommit)) {
      const key = `${mark}-${kind}-${Object.keys(beforeCommit).indexOf(moment)}`
      const { status } = await faults.during('postgres', fault(when), () => write(key))
      prove(`${kind} ${moment}`, { status, times: await timesOf(key) }).equals({
        status: 201,
        times: 1,
      })
    }
    const reading = statement(/from projects/i, { times: 1 })
    const read = await faults.during('postgres', fault(reading), async () => actor.get('/projects'))
    prove(`${kind} in a read`, isServed(read)).isTrue()
    await proveOpenOutcome(context, { key: `${mark}-${kind}-open`, write, timesOf, kind, fault })
  }

  const slow = latency(60, { jitterMs: 30, direction: 'both' })
  const key = `${mark}-slow`
  const late = await faults.during('postgres', slow, () => write(key))
  prove('a write over a slow link', { status: late.status, times: await timesOf(key) }).equals({
    status: 201,
    times: 1,
  })
  prove('the time that it took', late.durationMs).isAtLeast(60, 'ms')
})

interface OpenWrite {
  readonly key: string
  readonly kind: string
  readonly fault: typeof cut
  readonly write: (key: string) => Promise<HttpResponse>
  readonly timesOf: (key: string) => Promise<number>
}

/** Lost while committing, nobody knows what became of a write; its key finds out. */
async function proveOpenOutcome(
  { faults, prove }: ClaimContext,
  { key, kind, fault, write, timesOf }: OpenWrite,
): Promise<void> {
  const committed = statement(/^commit$/i, { at: 'answer' })
  const open = await faults.during('postgres', fault(committed), () => write(key))
  const told = { status: open.status, code: codeOf(open), times: await timesOf(key) }
  prove(`${kind} after the commit, before its answer`, told).equals({
    status: 503,
    code: 'JEEX_OUTCOME_UNKNOWN',
    times: 1,
  })
  const again = await write(key)
  const found = { status: again.status, replayed: again.headers['idempotent-replayed'] }
  prove(`the same request again, after the ${kind}`, found).equals({
    status: 201,
    replayed: 'true',
  })
  prove('how often it was done', await timesOf(key)).equals(1)
}
