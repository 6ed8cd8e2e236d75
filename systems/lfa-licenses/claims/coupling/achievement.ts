import { claim, outcomeOfResponse, type Sql } from 'etalon'
import {
  addProgress,
  coupledSpecializations,
  insertStudents,
  setLevel,
  type Pair,
} from '../coupled-pair.ts'
import { personOf, type Person } from '../person.ts'

/** Adds to progress, and gives the codes that the answer names. */
async function earnedBy(
  by: Person,
  pair: Pair,
  gain: Readonly<Record<string, number>>,
): Promise<string[]> {
  const { body } = await addProgress(by, pair, gain).expect(200)
  return body.achievements_earned.map(({ code }) => code)
}

async function keptBy(sql: Sql, studentId: number): Promise<string[]> {
  const rows = await sql.rows<{ code: string }>(
    'select code from user_achievements where user_id = $1 order by code',
    [studentId],
  )
  return rows.map(({ code }) => code)
}

const leap = { xp_gained: 9_000_000, sessions_completed: 100 } as const
const hours = { theory_hours: 1_000, practice_hours: 1_000 } as const
const belts = ['FIRST_PROMOTION', 'LEVEL_3', 'LEVEL_5', 'MASTER']

/** What a whole ladder earns; that of interns ends at level 3. */
const whole = {
  PLAYER: ['DEDICATION', ...belts],
  COACH: ['DEDICATION', ...belts],
  INTERNSHIP: ['DEDICATION', ...belts.slice(0, 2)],
} as const

claim('LFA-CPL-13', async (context) => {
  const { system, sql, random, histories, prove } = context
  const admin = await personOf(system, 'admin:achievements')
  const [stepwise = 0, atOnce = 0, given = 0] = await insertStudents(sql, random, 3)
  const climber: Pair = { studentId: stepwise, specialization: 'PLAYER' }
  for (const [gain, earned] of [
    [{ sessions_completed: 4 }, []],
    [{ sessions_completed: 1 }, ['DEDICATION']],
    [{ sessions_completed: 7, xp_gained: 24_999 }, []],
    [{ xp_gained: 1 }, ['FIRST_PROMOTION']],
    [{ xp_gained: 20_000, sessions_completed: 2 }, []],
    [{ sessions_completed: 1 }, ['LEVEL_3']],
    [{ xp_gained: 55_000, sessions_completed: 4 }, []],
    [{ sessions_completed: 1 }, ['LEVEL_5']],
    [{ xp_gained: 150_000, sessions_completed: 9 }, []],
    [{ sessions_completed: 1 }, ['MASTER']],
    [{ sessions_completed: 100, xp_gained: 1 }, []],
  ] as const) {
    const codes = earned.map((code) => `PLAYER_${code}`)
    const found = await earnedBy(admin, climber, gain)
    prove(`earned with ${JSON.stringify(gain)}`, found).equals(codes)
  }
  const ofPlayer = whole.PLAYER.map((code) => `PLAYER_${code}`)
  prove('kept in the end', await keptBy(sql, stepwise)).equals(ofPlayer)

  const all: string[] = []
  for (const specialization of coupledSpecializations) {
    const pair: Pair = { studentId: atOnce, specialization }
    const codes = whole[specialization].map((code) => `${specialization}_${code}`)
    const gain = { ...leap, ...hours }
    prove(`earned by ${specialization} at once`, await earnedBy(admin, pair, gain)).equals(codes)
    prove(`earned by it again`, await earnedBy(admin, pair, leap)).isEmpty()
    all.push(...codes)
  }
  prove('kept of all three', await keptBy(sql, atOnce)).equals(all.toSorted())

  await setLevel(admin, { studentId: given, specialization: 'PLAYER' }, 3).expect(200)
  prove('kept with a level that was given', await keptBy(sql, given)).equals([
    'PLAYER_DEDICATION',
    'PLAYER_FIRST_PROMOTION',
    'PLAYER_LEVEL_3',
  ])

  // Of no specialization, so that updates which hold different progress earn it at once.
  await sql.run(
    `insert into achievements (code, title, description, criteria)
     values ('GENERAL_FIRST', 'A start', 'Completed a session', '{"sessions": 1}')`,
  )
  const wrong: unknown[] = []
  let overlapMax = 0
  for (const studentId of await insertStudents(sql, random, 8)) {
    const history = await histories.concurrently(
      { actors: 6, operations: 6, input: (at) => at % coupledSpecializations.length },
      async (at) => {
        const specialization = coupledSpecializations[at] ?? 'PLAYER'
        const pair: Pair = { studentId, specialization }
        return outcomeOfResponse(await addProgress(admin, pair, { sessions_completed: 1 }))
      },
    )
    overlapMax = Math.max(overlapMax, history.overlapMax)
    const told = history.ok.flatMap(({ outcome }) =>
      outcome.kind === 'ok' ? outcome.output.achievements_earned.map(({ code }) => code) : [],
    )
    const kept = await keptBy(sql, studentId)
    const isOnce = told.join() === 'GENERAL_FIRST' && kept.join() === 'GENERAL_FIRST'
    if (history.ok.length !== 6 || !isOnce) wrong.push({ studentId, told, kept })
  }
  prove('updates of one student at once', overlapMax).isAbove(1)
  prove('students who earned it otherwise than once', wrong).isEmpty()
})
