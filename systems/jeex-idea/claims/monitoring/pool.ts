import { claim, eventually, type SystemHandle, users } from 'etalon'
import { connectionsOf, withLockedExecutions } from '../locked-execution.ts'
import { dashboardOf } from '../monitor.ts'
import { openProject } from '../project.ts'
import { atOnce } from '../refusal.ts'

const keptMax = 20
const openMax = 50
const backupsAtOnce = 20

/** Whoever waits is served in the end, however slow the machine is. */
const patient = { DATABASE_ACQUIRE_TIMEOUT_MS: '30000', STATEMENT_TIMEOUT_MS: '30000' }

claim('JEEX-REQ-004', { timeoutMs: 60_000 }, async ({ system, sql, load, prove }) => {
  await system.kill()
  await system.startAgain('api', { ...patient, DATABASE_IDLE_MS: '200' })
  const requests = [await executionList(system)]
  const operator = await system.actor('operator')
  let openAtMost = 0
  const look = async (): Promise<number> => {
    const { open, blocked } = await connectionsOf(sql)
    openAtMost = Math.max(openAtMost, open)
    return blocked
  }
  const lookUntil = async (work: Promise<unknown>, withinMs: number): Promise<void> => {
    let isOver = false
    const end = (): void => void (isOver = true)
    work.then(end, end)
    await eventually(async () => isOver || (await look()) < 0, withinMs)
  }
  const backUp = () => operator.post('/database/backup/create', {}, { timeoutMs: 60_000 })
  await withLockedExecutions(sql, async (unlock) => {
    const first = backUp().expect(201)
    const isAtWork = await eventually(async () => (await look()) === 1, 20_000)
    prove('a backup is at work', isAtWork).isTrue()
    const asking = load(users(200), { durationMs: 1_000, warmUpMs: 1_000, requests })
    const isFull = await eventually(async () => (await look()) >= openMax, 20_000)
    prove('200 clients use all connections there are for requests', isFull).isTrue()
    const more = atOnce(backupsAtOnce, backUp)
    // Whose account is looked up anew waits like everybody until the lock is gone.
    await lookUntil(more, 3_000)
    await unlock()
    await lookUntil(Promise.all([asking, more]), 30_000)
    prove('requests answered otherwise than 200', unlike(await asking, [200])).equals(0)
    const odd = (await more).filter(({ status }) => status !== 409 && status !== 201)
    prove('backups asked for besides that were neither refused nor made', odd).isEmpty()
    await first
  })
  prove('connections of the service, at most', openAtMost).isAtMost(openMax)
  const isSmall = await eventually(async () => (await connectionsOf(sql)).open === keptMax, 10_000)
  prove('the pool is back at its 20 connections', isSmall).isTrue()
})

claim('JEEX-D-02', { name: 'overload', timeoutMs: 60_000 }, async (context) => {
  const { system, sql, load, prove } = context
  await system.kill()
  await system.startAgain('api', patient)
  const list = await executionList(system)
  const requests = [{ ...list, statuses: [200, 503] }]
  const think = { law: 'constant', thinkMs: 20 } as const
  await withLockedExecutions(sql, async (unlock) => {
    const asking = load(users(300, think), { durationMs: 2_000, warmUpMs: 0, requests })
    const isFull = await eventually(async () => (await refusalsOf(system)) > 0, 20_000)
    prove('300 clients are more than may wait', isFull).isTrue()
    const refused = await system.anonymous.get<Refusal>(list.path, { headers: list.headers })
    prove('the status of a refusal', refused.status).equals(503)
    prove('its code', refused.body.error?.code).equals('JEEX_OVERLOADED')
    prove('its headers', refused.headers).holds({ 'retry-after': '1', 'x-overload': 'true' })
    await unlock()
    const run = await asking
    prove('requests answered otherwise than 200 or 503', unlike(run, [200, 503])).equals(0)
    prove('requests that were served all the same', run.statuses.get(200) ?? 0).isAtLeast(200)
    const { requests: counted } = await dashboardOf(await system.actor('operator'))
    prove('refusals', counted.refused).isAtLeast(run.statuses.get(503) ?? 1)
    prove('refusals, beside all answers 503', counted.refused).equals(counted.by_status['503'] ?? 0)
    prove('failures', [counted.failed, counted.error_percent]).equals([0, 0])
  })
})

interface Refusal {
  readonly error?: { readonly code: string }
}

/** A request for the executions of a new project. */
async function executionList(system: SystemHandle) {
  const owner = await system.actor('owner')
  const { id } = await openProject(owner)
  return { path: `/projects/${id}/agents/executions`, headers: owner.headers }
}

/** How many requests the service says it has refused since it started. */
async function refusalsOf({ anonymous }: SystemHandle): Promise<number> {
  const { text } = await anonymous.get('/database/metrics/prometheus').expect(200)
  return Number(/^jeex_overload_refusals(?:{.*})? (\d+)$/m.exec(text)?.[1])
}

/** How many answers had another status than these. */
function unlike(
  { statuses }: { readonly statuses: ReadonlyMap<number, number> },
  expected: readonly number[],
): number {
  return [...statuses].reduce(
    (sum, [status, count]) => (expected.includes(status) ? sum : sum + count),
    0,
  )
}
