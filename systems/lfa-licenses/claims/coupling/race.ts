import {
  claim,
  type ClaimContext,
  eventually,
  outcomeOfResponse,
  type Sql,
  sumBounds,
} from 'etalon'
import { proveLockOrder, proveRowsMadeFirst } from './lock.ts'
import {
  addProgress,
  coupledSpecializations,
  desynchronized,
  insertStudents,
  setLevel,
  type Pair,
} from '../coupled-pair.ts'
import { plantPair } from '../pair-state.ts'
import { personOf, type Person } from '../person.ts'

type Context = Pick<ClaimContext, 'sql' | 'random' | 'histories' | 'prove'>

/** The first round only opens the connections of the service, so it takes several. */
const rounds = 8
const callers = 6

claim('LFA-CPL-06', { isolation: 'exclusive' }, async (context) => {
  const { system, sql, prove } = context
  const admin = await personOf(system, 'admin:first-updates')
  await proveRowsMadeFirst(context, admin)
  // Held in another order, every race of the two sides would wait for a deadlock to be found.
  if (!(await proveLockOrder(context, admin))) return
  await proveFirstUpdates(context, admin)
  await proveMixedWrites(context, admin)

  // A backend has told all that it counted only when it has ended.
  await system.kill()
  const isAlone = await eventually(async () => (await backendsOf(sql)) === 0, 10_000)
  prove('backends of the service have ended', isAlone).isTrue()
  const deadlocks = await sql.value<number>(
    'select deadlocks from pg_stat_database where datname = current_database()',
  )
  prove('deadlocks that PostgreSQL counted', deadlocks).equals(0)
})

/** Callers at once, on pairs of which no side is there: all are done, and each counts once. */
async function proveFirstUpdates(
  { sql, random, histories, prove }: Context,
  admin: Person,
): Promise<void> {
  const wrong: unknown[] = []
  let overlapMax = 0
  for (const studentId of await insertStudents(sql, random, rounds)) {
    const pair: Pair = { studentId, specialization: random.pick(coupledSpecializations) }
    const history = await histories.concurrently(
      { actors: callers, operations: callers, input: (_at, draw) => draw.integer(1, 900) },
      async (xp_gained) => outcomeOfResponse(await addProgress(admin, pair, { xp_gained })),
    )
    overlapMax = Math.max(overlapMax, history.overlapMax)
    const { acknowledged } = sumBounds(history, ({ input }) => input)
    const told = history.ok.map(({ outcome }) => outcome.kind === 'ok' && outcome.output.new_xp)
    const kept = await sql.rows<{ xp: number }>(
      'select total_xp as xp from specialization_progress where student_id = $1',
      [studentId],
    )
    const isCounted = kept.length === 1 && kept[0]?.xp === acknowledged
    const isDone = history.ok.length === callers && new Set(told).size === callers
    if (!isCounted || !isDone) wrong.push({ pair, kept, operations: history.operations })
  }
  prove('first updates of a pair under way at once', overlapMax).isAbove(1)
  prove('pairs whose first updates failed, or counted twice or never', wrong).isEmpty()
  prove('pairs of which one side is missing or differs', await desynchronized(sql)).isEmpty()
}

/** Updates, levels given and repairs of the same pairs, some of them with one side only. */
async function proveMixedWrites(
  { sql, random, histories, prove }: Context,
  admin: Person,
): Promise<void> {
  const refused: unknown[] = []
  for (const studentId of await insertStudents(sql, random, rounds)) {
    const pair: Pair = { studentId, specialization: 'PLAYER' }
    const side = random.pick(['progress', 'license'] as const)
    await plantPair(sql, pair, { progress: null, license: null, [side]: 2 })
    const leap = { xp_gained: 190_000, sessions_completed: 25 }
    const history = await histories.concurrently(
      { actors: callers, operations: 3 * callers, input: (at) => at % 3 },
      async (kind) => {
        if (kind === 0) return outcomeOfResponse(await addProgress(admin, pair, leap))
        if (kind === 1) return outcomeOfResponse(await setLevel(admin, pair, 4))
        const repair = `/api/v1/licenses/admin/sync/user/${studentId}`
        return outcomeOfResponse(await admin.post(repair, { specialization_id: 'PLAYER' }))
      },
    )
    refused.push(...history.failed, ...history.unknown)
  }
  prove('writes of one pair at once that were not done', refused).isEmpty()
  prove('pairs of which one side is missing or differs then', await desynchronized(sql)).isEmpty()
}

function backendsOf(sql: Sql): Promise<number> {
  return sql.value(
    `select count(*) from pg_stat_activity
     where datname = current_database() and application_name <> 'etalon'`,
  )
}
