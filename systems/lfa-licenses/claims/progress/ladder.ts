import { claim, type Sql } from 'etalon'
import {
  addProgress,
  coupledSpecializations,
  insertStudents,
  levelsOf,
  type CoupledSpecialization,
} from '../coupled-pair.ts'
import { personOf, type Person } from '../person.ts'
import { reportedClimb, reportedTotals } from './reported-climb.ts'

/** What is added, update by update, and the levels that it has to end at, one for each update. */
interface Climb {
  readonly specialization?: CoupledSpecialization
  readonly gains: readonly (readonly [xp: number, sessions: number])[]
  readonly levels: readonly number[]
}

const atOnce = (xp: number, sessions: number, level: number): Climb => ({
  gains: [[xp, sessions]],
  levels: [level],
})

/** Climbs, each with a student of its own, that did not end where they have to, on both sides. */
async function wrongClimbs(
  { admin, sql }: { readonly admin: Person; readonly sql: Sql },
  students: readonly number[],
  climbs: readonly Climb[],
): Promise<unknown[]> {
  const wrong: unknown[] = []
  for (const [at, { specialization = 'PLAYER', gains, levels }] of climbs.entries()) {
    const pair = { studentId: students[at] ?? 0, specialization }
    const told: number[] = []
    for (const [xp_gained, sessions_completed] of gains) {
      const { body } = await addProgress(admin, pair, { xp_gained, sessions_completed }).expect(200)
      told.push(body.new_level)
    }
    const kept = await levelsOf(sql, pair)
    const level = levels.at(-1)
    const agrees = told.join() === levels.join() && kept.progress === level
    if (!agrees || kept.license !== level) wrong.push({ specialization, gains, levels, told, kept })
  }
  return wrong
}

claim('LFA-LVL-01', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:second-level')
  const climbs: Climb[] = [
    atOnce(25_000, 12, 2),
    atOnce(24_999, 12, 1),
    atOnce(25_000, 11, 1),
    atOnce(24_999, 11, 1),
    atOnce(25_001, 13, 2),
    // The last XP, or the last session, comes by itself.
    {
      gains: [
        [24_999, 12],
        [1, 0],
      ],
      levels: [1, 2],
    },
    {
      gains: [
        [25_000, 11],
        [0, 1],
      ],
      levels: [1, 2],
    },
  ]
  const students = await insertStudents(sql, random, climbs.length)
  const wrong = await wrongClimbs({ admin, sql }, students, climbs)
  prove('climbs that ended at another level', wrong).isEmpty()
  const { body } = await admin.get<Levels>('/api/v1/specializations/levels/PLAYER').expect(200)
  prove('what level 2 takes, as documented', body.levels[1]).holds({
    level: 2,
    required_xp: 25_000,
    required_sessions: 12,
  })
})

interface Levels {
  readonly levels: readonly object[]
}

claim('LFA-LVL-02', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:climbs')
  const [studentId = 0] = await insertStudents(sql, random, 1)
  const pair = { studentId, specialization: 'PLAYER' } as const
  const told: number[] = []
  const licensed: (number | null)[] = []
  for (const { gain } of reportedClimb) {
    told.push((await addProgress(admin, pair, gain).expect(200)).body.new_level)
    licensed.push((await levelsOf(sql, pair)).license)
  }
  prove('levels after each update', told).equals([2, 5, 7, 8])
  prove('levels of the licence after each', licensed).equals([2, 5, 7, 8])
  const row = await sql.one('select * from specialization_progress where student_id = $1', [
    studentId,
  ])
  prove('what it adds up to', row).holds(reportedTotals)
})

/** Sessions that level 2 takes. */
const sessionsOfSecond = { PLAYER: 12, COACH: 18, INTERNSHIP: 18 } as const
const xpMax = 10_000_000

claim('LFA-LVL-03', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:xp-alone')
  const alone = coupledSpecializations.flatMap((specialization): Climb[] => {
    const short = sessionsOfSecond[specialization] - 1
    return [
      {
        specialization,
        gains: [
          [xpMax, 0],
          [xpMax, 0],
        ],
        levels: [1, 1],
      },
      { specialization, gains: [[xpMax, short]], levels: [1] },
      // Neither do sessions.
      { specialization, gains: [[0, 10_000]], levels: [1] },
    ]
  })
  // One session more, and the same XP count.
  const climbs: Climb[] = [
    ...alone,
    {
      gains: [
        [xpMax, 11],
        [0, 1],
      ],
      levels: [1, 2],
    },
  ]
  const students = await insertStudents(sql, random, climbs.length)
  const wrong = await wrongClimbs({ admin, sql }, students, climbs)
  prove('climbs that ended at another level', wrong).isEmpty()
})

claim('LFA-LVL-04', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:leaps')
  const climbs: Climb[] = [
    atOnce(45_000, 15, 3),
    atOnce(140_000, 22, 6),
    // Sessions for more, XP for less, and the other way round.
    atOnce(69_999, 500, 3),
    atOnce(9_000_000, 19, 4),
    {
      gains: [
        [25_000, 12],
        [165_000, 13],
      ],
      levels: [2, 7],
    },
    { specialization: 'INTERNSHIP', gains: [[28_000, 22]], levels: [3] },
  ]
  const [studentId = 0, ...students] = await insertStudents(sql, random, climbs.length + 1)
  const wrong = await wrongClimbs({ admin, sql }, students, climbs)
  prove('climbs that ended at another level', wrong).isEmpty()

  const pair = { studentId, specialization: 'PLAYER' } as const
  const leap = { xp_gained: 250_000, sessions_completed: 30 }
  const { body } = await addProgress(admin, pair, leap).expect(200)
  prove('from 1 to 8 at once', body).holds({
    old_level: 1,
    new_level: 8,
    levels_gained: 7,
    leveled_up: true,
  })
  const changes = await sql.rows(
    `select from_level, to_level from license_progressions
     where user_license_id = (select id from user_licenses where user_id = $1)`,
    [studentId],
  )
  prove('changes of the level on record', changes).equals([{ from_level: 1, to_level: 8 }])
})

claim('LFA-D-04', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:eighth-level')
  const { body } = await admin.get<Levels>('/api/v1/specializations/levels/PLAYER').expect(200)
  prove('levels of the ladder', body.levels.length).equals(8)
  prove('what level 8 takes, as documented', body.levels[7]).holds({
    level: 8,
    required_xp: 250_000,
    required_sessions: 30,
  })
  const climbs = [
    atOnce(250_000, 30, 8),
    atOnce(249_999, 30, 7),
    atOnce(250_000, 29, 7),
    atOnce(324_999, 72, 8),
    // The run's total is neither needed nor enough.
    atOnce(325_000, 29, 7),
  ]
  const students = await insertStudents(sql, random, climbs.length)
  const wrong = await wrongClimbs({ admin, sql }, students, climbs)
  prove('climbs that ended at another level', wrong).isEmpty()
})
