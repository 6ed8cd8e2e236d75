import { claim, eventually, type Sql } from 'etalon'
import { levelsOf, type Pair } from '../coupled-pair.ts'
import { plantPair } from '../pair-state.ts'
import { personOf } from '../person.ts'

const intervalMs = 21_600_000
/** Processes look at the clock every second; how long a repair that is due may take to come. */
const comesWithinMs = 15_000
const staysAwayMs = 1_500

const options = { name: 'scheduled', clock: 'movable', timeoutMs: 120_000 } as const

claim('LFA-CPL-11', options, async ({ system, sql, prove }) => {
  const beside = await system.revision()
  const moveTo = async (timeMs: number): Promise<void> => {
    for (const { clock } of [system, beside]) await clock.moveTo(new Date(timeMs))
  }
  const isPlanned = async (): Promise<boolean> => (await dueTimes(sql)).length > 0
  prove('a repair is planned', await eventually(isPlanned, comesWithinMs)).isTrue()
  const { id: studentId } = await personOf(system, 'student:mended')
  const pair = { studentId, specialization: 'PLAYER' } as const
  await plantPair(sql, pair, { progress: 3, license: 1 })
  const isMended = async (): Promise<boolean> => (await levelsOf(sql, pair)).license === 3

  const [firstDue = 0] = await dueTimes(sql)
  prove('time to the first repair', firstDue - system.clock.now().getTime()).isAtMost(intervalMs)
  let due = firstDue
  for (const turn of ['first', 'second']) {
    await moveTo(due - 30_000)
    prove(`the pair mended half a minute before the ${turn} repair`, await soon(isMended)).equals(
      false,
    )
    await moveTo(due + 500)
    prove(`the pair mended by the ${turn}`, await eventually(isMended, comesWithinMs)).isTrue()
    const [next = 0] = await dueTimes(sql)
    prove(`time from the ${turn} to the next`, next - due).isBetween(
      intervalMs,
      intervalMs + comesWithinMs,
    )
    due = next
    await sql.run('update user_licenses set current_level = 1 where user_id = $1', [studentId])
  }
  prove('the pair mended between two repairs', await soon(isMended)).equals(false)
  prove('repairs on record, of two processes in two turns', await repairsOf(sql, pair)).equals(2)
})

function soon(isDone: () => Promise<boolean>): Promise<boolean> {
  return eventually(isDone, staysAwayMs)
}

/** When the next repair of everybody is due; empty as long as none is planned. */
async function dueTimes(sql: Sql): Promise<number[]> {
  const rows = await sql.rows<{ due_at: Date }>(
    `select due_at from job_schedules where name = 'sync-all'`,
  )
  return rows.map(({ due_at }) => due_at.getTime())
}

function repairsOf(sql: Sql, { studentId, specialization }: Pair): Promise<number> {
  return sql.value<number>(
    `select count(*) from license_progressions p join user_licenses l on l.id = p.user_license_id
     where l.user_id = $1 and l.specialization_type = $2`,
    [studentId, specialization],
  )
}
