import { randomUUID } from 'node:crypto'
import { type Actor, claim, eventually, type Random, type Sql } from 'etalon'
import {
  addExecution,
  agentTypes,
  executionStates,
  report,
  type Execution,
  type ExecutionState,
} from '../execution.ts'
import { idOf, openProject } from '../project.ts'
import { atOnce, wronglyAnswered } from '../refusal.ts'

const dayMs = 86_400_000

/** An execution as the claim keeps it in mind. */
interface Known {
  readonly agent_type: string
  readonly daysAgo: number
  status: ExecutionState
  /** Not where it was cancelled while it was pending; what it took then was waiting. */
  ran: boolean
  duration_ms: number | null
  tokens_in: number | null
  tokens_out: number | null
  /** In millionths, so that sums are exact. */
  costMillionths: number | null
}

type Figures = Readonly<Record<string, unknown>>

interface Metrics extends Figures {
  readonly by_agent_type: readonly Figures[]
  readonly last: readonly Execution[]
}

claim(['JEEX-R-12', 'JEEX-D-13'], { timeoutMs: 90_000 }, async ({ system, sql, random, prove }) => {
  const owner = await system.actor('owner:of-figures')
  await awayFromMidnight()
  const { id } = await openProject(owner)
  const known = Array.from({ length: 600 }, () => draw(random))
  const ids = await insertAll(sql, owner, { id, known })
  const ask = async (days: number): Promise<Metrics> =>
    (await owner.get<Metrics>(`/projects/${id}/agents/metrics?days=${days}`).expect(200)).body
  const wrongly = async (): Promise<unknown[]> => {
    const wrong: unknown[] = []
    for (const days of [1, 2, 7, 30, 31, 90, 364, 365]) {
      const within = known.filter(({ daysAgo }) => daysAgo < days)
      wrong.push(...differing(days, await ask(days), within))
    }
    return wrong
  }
  prove('figures of 600 executions over 8 spans that are wrong', await wrongly()).isEmpty()

  // What goes on changes the figures of the day on which it was asked for.
  await endSome(sql, random, { ids, known })
  prove('figures that are wrong after half of what went on has ended', await wrongly()).isEmpty()
  const added = await atOnce(40, (at) =>
    addExecution(owner, id, { agent_type: agentTypes[at % 15] }).expect(201),
  )
  for (const { body } of added) known.push(pending(body.agent_type))
  await Promise.all(
    added.map(async ({ body }, at) => {
      const it = known[600 + at] as Known
      it.status = random.pick(['completed', 'failed', 'cancelled', 'timed_out'])
      it.ran = it.status !== 'cancelled' || at % 2 === 0
      if (it.ran) await report(owner, body, { status: 'running' }).expect(200)
      it.tokens_in = random.integer(0, 1_000)
      it.costMillionths = random.integer(0, 5_000_000)
      const facts = { tokens_in: it.tokens_in, cost: it.costMillionths / 1e6 }
      const ended = await report(owner, body, { status: it.status, ...facts }).expect(200)
      it.duration_ms = ended.body.duration_ms
    }),
  )
  prove('figures that are wrong after 40 more, 40 at once', await wrongly()).isEmpty()
  const { body: asked } = await addExecution(owner, id).expect(201)
  await eventually(() => Date.now() > Date.parse(asked.created_at) + 50, 5_000)
  const never = await report(owner, asked, { status: 'cancelled' }).expect(200)
  known.push({ ...pending(asked.agent_type), status: 'cancelled', ran: false, duration_ms: 0 })
  prove('how long it ran that was cancelled before', never.body.duration_ms).equals(0)
  prove('figures that are wrong after it', await wrongly()).isEmpty()
  const counted = await sql.one<Record<string, number>>(
    `select count(*) as total, count(*) filter (where status = 'completed') as successful,
       count(*) filter (where status = 'failed') as failed,
       avg(duration_ms) / 1000 as average_seconds
     from agent_executions where project_id = $1 and created_at >= now() - interval '400 days'`,
    [id],
  )
  const beyond = known.filter(({ daysAgo }) => daysAgo >= 365).length
  prove('executions that are older than a year', beyond).isAbove(0)
  prove('executions that the database counts', counted['total']).equals(known.length)
})

claim('JEEX-API-16', async ({ system, sql, random, prove }) => {
  const owner = await system.actor('owner')
  const { id } = await openProject(owner)
  const path = `/projects/${id}/agents/metrics`
  const none = await owner.get<Metrics>(path).expect(200)
  prove('without an execution', none.body).equals({
    days: 30,
    ...figuresOf([]),
    by_agent_type: [],
    last: [],
  })
  const made = await atOnce(13, () => addExecution(owner, id).expect(201))
  const started = random.shuffle(made.map(({ body }) => body)).slice(0, 4)
  for (const each of started) await report(owner, each, { status: 'running' }).expect(200)
  const { body } = await owner.get<Metrics>(`${path}?days=2`).expect(200)
  prove('with 13 that have not ended', body).holds({
    total: 13,
    pending: 9,
    running: 4,
    successful: 0,
    success_rate: null,
    average_seconds: null,
  })
  const rows = await sql.rows<{ id: string }>(
    `select id from agent_executions where project_id = $1 order by started_at desc, id desc
     limit 10`,
    [id],
  )
  prove(
    'the last ten',
    body.last.map((each) => each.id),
  ).equals(rows.map((row) => row.id))
  const shape = '422 JEEX_VALIDATION_FAILED'
  const wrong = await wronglyAnswered([
    ...['1', '365'].map(
      (days) => [`${days} days`, '200', owner.get(`${path}?days=${days}`)] as const,
    ),
    ...['0', '-1', '366', '1.5', 'x', '', '1e2', '0x1'].map(
      (days) => [`${days} days`, shape, owner.get(`${path}?days=${days}`)] as const,
    ),
    ['a parameter of its own', shape, owner.get(`${path}?project_id=${id}`)],
    ["a stranger's look", '404 JEEX_PROJECT_UNKNOWN', (await system.actor('stranger')).get(path)],
    ['without a token', '401 JEEX_UNAUTHENTICATED', system.anonymous.get(path)],
  ])
  prove('looks of 13 that were wrongly answered', wrong).isEmpty()
})

/** Days are of UTC; the claim does not begin on one and end on the next. */
async function awayFromMidnight(): Promise<void> {
  await eventually(() => Date.now() % dayMs < dayMs - 40_000, 45_000)
}

function pending(agent_type: string): Known {
  const nothing = { duration_ms: null, tokens_in: null, tokens_out: null, costMillionths: null }
  return { agent_type, daysAgo: 0, status: 'pending', ran: true, ...nothing }
}

/** Any execution of the last 400 days; many on the days at which spans end. */
function draw(random: Random): Known {
  const edges = [0, 0, 1, 6, 7, 29, 30, 31, 89, 90, 363, 364, 365]
  const daysAgo = random.integer(0, 2) === 0 ? random.integer(0, 399) : random.pick(edges)
  const known = { ...pending(random.pick(agentTypes)), daysAgo }
  known.status = random.pick(executionStates)
  if (isEnd(known.status)) known.duration_ms = random.integer(0, 3_600_000)
  if (known.status === 'cancelled') known.ran = random.integer(0, 1) === 0
  if (random.integer(0, 3) > 0) known.tokens_in = random.integer(0, 200_000)
  if (random.integer(0, 3) > 0) known.tokens_out = random.integer(0, 200_000)
  if (random.integer(0, 3) > 0) known.costMillionths = random.integer(0, 90_000_000)
  return known
}

function isEnd(status: ExecutionState): boolean {
  return status !== 'pending' && status !== 'running'
}

/** Puts executions into the database; what ran began a second after it was asked for. */
async function insertAll(
  sql: Sql,
  owner: Actor,
  { id, known }: { readonly id: string; readonly known: readonly Known[] },
): Promise<string[]> {
  const today = Math.floor(Date.now() / dayMs) * dayMs
  const rows = known.map((each) => {
    const createdMs = today - each.daysAgo * dayMs
    const startedMs = createdMs + (each.ran ? 1_000 : 0)
    const { duration_ms: duration, costMillionths, ...facts } = each
    const cost = costMillionths === null ? null : (costMillionths / 1e6).toFixed(6)
    const [created_at, started_at] = [new Date(createdMs), new Date(startedMs)]
    const completed_at = duration === null ? null : new Date(startedMs + duration)
    const times = { created_at, started_at, completed_at, duration_ms: duration }
    return { ...facts, ...times, cost, id: randomUUID() }
  })
  await sql.run(
    `insert into agent_executions (id, project_id, owner_id, agent_type, correlation_id, status,
       duration_ms, tokens_in, tokens_out, cost, created_at, started_at, completed_at)
     select r.id, $1, $2, r.agent_type, gen_random_uuid(), r.status, r.duration_ms, r.tokens_in,
       r.tokens_out, r.cost, r.created_at, r.started_at, r.completed_at
     from jsonb_to_recordset($3) r (id uuid, agent_type text, status text, duration_ms bigint,
       tokens_in bigint, tokens_out bigint, cost numeric, created_at timestamptz,
       started_at timestamptz, completed_at timestamptz)`,
    [id, idOf(owner), JSON.stringify(rows)],
  )
  return rows.map((row) => row.id)
}

/** Ends half of those that run. */
async function endSome(
  sql: Sql,
  random: Random,
  { ids, known }: { readonly ids: readonly string[]; readonly known: readonly Known[] },
): Promise<void> {
  const running = [...known.entries()].filter(([, { status }]) => status === 'running')
  for (const [at, it] of running.slice(0, running.length / 2)) {
    it.status = random.pick(['completed', 'failed'])
    it.duration_ms = random.integer(1, 9_999_999)
    await sql.run(
      `update agent_executions set status = $2, duration_ms = $3, completed_at = now() where id = $1`,
      [ids[at], it.status, it.duration_ms],
    )
  }
}

/** The figures of executions by the words of the requirement, in whole numbers to the end. */
function figuresOf(executions: readonly Known[]): Figures {
  const count = (...states: ExecutionState[]): number =>
    executions.filter(({ status }) => states.includes(status)).length
  const sum = (of: (each: Known) => number | null): number =>
    executions.reduce((total, each) => total + (of(each) ?? 0), 0)
  const successful = count('completed')
  const judged = count('completed', 'failed', 'timed_out')
  const timed = executions.filter((each) => isEnd(each.status) && each.ran)
  const tookMs = timed.reduce((total, each) => total + (each.duration_ms ?? 0), 0)
  return {
    total: executions.length,
    pending: count('pending'),
    running: count('running'),
    successful,
    failed: count('failed'),
    timed_out: count('timed_out'),
    cancelled: count('cancelled'),
    success_rate: judged === 0 ? null : successful / judged,
    average_seconds: timed.length === 0 ? null : tookMs / (timed.length * 1_000),
    tokens_in: sum((each) => each.tokens_in),
    tokens_out: sum((each) => each.tokens_out),
    cost: sum((each) => each.costMillionths) / 1e6,
  }
}

/** The figures of a span that are not those of its executions. */
function differing(days: number, found: Metrics, within: readonly Known[]): unknown[] {
  const groups = agentTypes
    .map((type) => [type, within.filter((each) => each.agent_type === type)] as const)
    .filter(([, some]) => some.length > 0)
  const compared: (readonly [group: string, expected: Figures, found: Figures | undefined])[] = [
    ['all', figuresOf(within), found],
    ...groups.map(([type, some]) => {
      const figures = found.by_agent_type.find((each) => each['agent_type'] === type)
      return [type, figuresOf(some), figures] as const
    }),
  ]
  const groupsTold = found.by_agent_type.map((each) => each['agent_type'])
  const names = groups.map(([type]) => type)
  const strange = groupsTold.join() === names.join() ? [] : [{ days, groupsTold, names }]
  const wrong = compared.flatMap(([group, expected, told]) =>
    Object.entries(expected)
      .filter(([name, value]) => told?.[name] !== value)
      .map(([name, value]) => ({ days, group, name, expected: value, found: told?.[name] })),
  )
  return [...strange, ...wrong]
}
