import { type ClaimContext, eventually, type HttpResponse, type Sql } from 'etalon'
import { addProgress, insertStudents, setLevel, type Levels, type Pair } from '../coupled-pair.ts'
import { plantPair } from '../pair-state.ts'
import type { Person } from '../person.ts'

type Context = Pick<ClaimContext, 'sql' | 'random' | 'prove'>

const ofPair = {
  progress: 'specialization_progress where student_id = $1 and specialization_id = $2',
  license: 'user_licenses where user_id = $1 and specialization_type = $2',
} as const

const leap = { xp_gained: 45_000, sessions_completed: 15 }

/** Every request that writes both sides, and what of the pair is there before. */
const doors: readonly (readonly [
  what: string,
  before: Levels,
  send: (by: Person, pair: Pair) => PromiseLike<HttpResponse>,
])[] = [
  ['an update', { progress: 1, license: 1 }, (by, pair) => addProgress(by, pair, leap)],
  ['a level given', { progress: 1, license: 1 }, (by, pair) => setLevel(by, pair, 3)],
  ['a repair', { progress: 3, license: 1 }, repair],
  ['a first update', { progress: null, license: 2 }, (by, pair) => addProgress(by, pair, leap)],
  ['a repair without progress', { progress: null, license: 2 }, repair],
]

function repair(by: Person, { studentId, specialization }: Pair): PromiseLike<HttpResponse> {
  const path = `/api/v1/licenses/admin/sync/user/${studentId}`
  return by.post(path, { specialization_id: specialization })
}

/**
 * Proves in which order both sides are held: a request that waits for the licence holds progress,
 * or has made it, and a request that waits for progress leaves the licence free. Gives whether all
 * of them do.
 */
export async function proveLockOrder(
  { sql, random, prove }: Context,
  by: Person,
): Promise<boolean> {
  const students = await insertStudents(sql, random, 2 * doors.length)
  const wrong: unknown[] = []
  for (const [what, before, send] of doors) {
    for (const held of ['license', 'progress'] as const) {
      const pair: Pair = { studentId: students.pop() ?? 0, specialization: 'PLAYER' }
      await plantPair(sql, pair, { ...before, xp: 10_000 })
      const values = [pair.studentId, pair.specialization]
      const found = await sql.session(async (one) => {
        await one.run('begin')
        if (held === 'progress' && before.progress === null) {
          await plantPair(one, pair, { progress: 1, license: null })
        } else {
          await one.run(`select from ${ofPair[held]} for update`, values)
        }
        const answer = send(by, pair).then(({ status }) => status)
        const hasWaited = await eventually(() => isWaiting(sql), 5_000)
        const isOrdered = held === 'license' ? await isHeld(sql, pair) : await isFree(sql, values)
        await one.run('rollback')
        return { hasWaited, isOrdered, status: await answer }
      })
      const { hasWaited, isOrdered, status } = found
      if (!hasWaited || !isOrdered || status !== 200) wrong.push({ what, held, ...found })
    }
  }
  return prove('requests that hold the licence before progress', wrong).isEmpty() === 'upheld'
}

/**
 * Proves that rows are made before they are held: first updates that meet a row which somebody else
 * is making wait for it, and then use it, or make it themselves when it was taken back.
 */
export async function proveRowsMadeFirst(
  { sql, random, prove }: Context,
  by: Person,
): Promise<void> {
  const students = await insertStudents(sql, random, 2)
  for (const end of ['commit', 'rollback'] as const) {
    const pair: Pair = { studentId: students.pop() ?? 0, specialization: 'PLAYER' }
    const statuses = await sql.session(async (one) => {
      await one.run('begin')
      await plantPair(one, pair, { progress: 1, license: 1, xp: 0 })
      const updates = [10, 200].map((xp_gained) => addProgress(by, pair, { xp_gained }))
      const answers = Promise.all(updates.map((update) => update.then(({ status }) => status)))
      await eventually(() => isWaiting(sql), 5_000)
      await one.run(end)
      return answers
    })
    prove(`first updates after the ${end} of another`, statuses).equals([200, 200])
    const xp = await sql.value<number>(`select total_xp from ${ofPair.progress}`, [
      pair.studentId,
      pair.specialization,
    ])
    prove('XP that they made', xp).equals(210)
  }
}

/** Whether a connection of the service waits for a lock. */
async function isWaiting(sql: Sql): Promise<boolean> {
  const waiting = await sql.value<number>(
    `select count(*) from pg_stat_activity where datname = current_database()
       and application_name <> 'etalon' and wait_event_type = 'Lock'`,
  )
  return waiting > 0
}

/** Whether somebody holds the progress of a pair, or is making it. */
function isHeld(sql: Sql, { studentId, specialization }: Pair): Promise<boolean> {
  return sql.session(async (one) => {
    await one.run('begin')
    try {
      await one.run(`set local lock_timeout = '50ms'`)
      await one.run(
        `insert into specialization_progress (student_id, specialization_id) values ($1, $2)
         on conflict (student_id, specialization_id) do update set last_activity = now()`,
        [studentId, specialization],
      )
      return false
    } catch (error) {
      if ((error as { code?: string }).code === '55P03') return true
      throw error
    } finally {
      await one.run('rollback')
    }
  })
}

async function isFree(sql: Sql, values: readonly unknown[]): Promise<boolean> {
  const rows = await sql.rows(`select id from ${ofPair.license} for update skip locked`, values)
  return rows.length === 1
}
