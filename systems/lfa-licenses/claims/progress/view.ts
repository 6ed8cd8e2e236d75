import { claim, type ClaimContext } from 'etalon'
import { insertStudents, type CoupledSpecialization } from '../coupled-pair.ts'
import { personOf } from '../person.ts'

/** A place on a ladder, and what has to be told of it. */
interface Place {
  readonly specialization?: CoupledSpecialization
  readonly level: number
  readonly xp: number
  readonly sessions: number
  readonly told: Readonly<Record<string, unknown>>
}

const nothing = { xp_needed: 0, sessions_needed: 0 } as const

const places: readonly Place[] = [
  {
    level: 1,
    xp: 0,
    sessions: 0,
    told: {
      xp_needed: 25_000,
      sessions_needed: 12,
      progress_percent: 0,
      can_level_up: false,
      is_max_level: false,
      max_level: 8,
      level_name: 'Bamboo Disciple',
    },
  },
  {
    level: 1,
    xp: 24_999,
    sessions: 11,
    told: {
      xp_needed: 1,
      sessions_needed: 1,
      xp_percent: 99.9,
      sessions_percent: 91.6,
      progress_percent: 91.6,
      can_level_up: false,
    },
  },
  // Enough of one, nothing of the other.
  {
    level: 1,
    xp: 25_000,
    sessions: 0,
    told: {
      xp_needed: 0,
      sessions_needed: 12,
      xp_percent: 100,
      sessions_percent: 0,
      progress_percent: 0,
      can_level_up: false,
    },
  },
  {
    level: 1,
    xp: 0,
    sessions: 12,
    told: { xp_needed: 25_000, sessions_needed: 0, progress_percent: 0, can_level_up: false },
  },
  // The way is counted from this level, the gap from what there is.
  {
    level: 2,
    xp: 35_000,
    sessions: 13,
    told: { xp_needed: 10_000, sessions_needed: 2, xp_percent: 50, sessions_percent: 33.3 },
  },
  // An admin may have put somebody lower than his XP reach.
  {
    level: 3,
    xp: 70_000,
    sessions: 18,
    told: { ...nothing, progress_percent: 100, can_level_up: true },
  },
  {
    level: 7,
    xp: 249_999,
    sessions: 29,
    told: { xp_needed: 1, sessions_needed: 1, can_level_up: false, is_max_level: false },
  },
  {
    level: 8,
    xp: 325_000,
    sessions: 72,
    told: {
      ...nothing,
      next_level: null,
      progress_percent: 100,
      is_max_level: true,
      can_level_up: false,
      level_name: 'Dragon Wisdom',
      level_color: 'red',
    },
  },
  {
    specialization: 'INTERNSHIP',
    level: 2,
    xp: 20_000,
    sessions: 20,
    told: {
      xp_needed: 8_000,
      sessions_needed: 2,
      xp_percent: 20,
      sessions_percent: 50,
      max_level: 3,
    },
  },
  {
    specialization: 'COACH',
    level: 1,
    xp: 35_000,
    sessions: 18,
    told: {
      ...nothing,
      theory_hours_needed: 70,
      practice_hours_needed: 110,
      can_level_up: false,
    },
  },
]

claim('LFA-CPL-15', async (context) => {
  const { system, sql, random, prove } = context
  const admin = await personOf(system, 'admin:views')
  const students = await insertStudents(sql, random, places.length)
  for (const [at, place] of places.entries()) {
    const { specialization = 'PLAYER', level, xp, sessions, told } = place
    const studentId = students[at] ?? 0
    await sql.run(
      `insert into specialization_progress
         (student_id, specialization_id, current_level, total_xp, completed_sessions)
       values ($1, $2, $3, $4, $5)`,
      [studentId, specialization, level, xp, sessions],
    )
    const query = { user_id: String(studentId) }
    const path = `/api/v1/specializations/progress/${specialization}`
    const { body } = await admin.get<View>(path, { query }).expect(200)
    prove(`${specialization} ${level} with ${xp} XP, ${sessions} sessions`, body).holds(told)
    const next = await nextOf(context, { specialization, level })
    prove('what the next level takes', body.next_level ?? {}).holds(next)
    prove('the gaps, from the ladder', body).holds({
      xp_needed: Math.max(0, (next.required_xp ?? 0) - xp),
      sessions_needed: Math.max(0, (next.required_sessions ?? 0) - sessions),
    })
  }
})

interface View {
  readonly next_level: object | null
}

/** What the ladder says of the level above; nothing at the top. */
async function nextOf(
  { sql }: Pick<ClaimContext, 'sql'>,
  { specialization, level }: Pick<Place, 'level'> & { specialization: CoupledSpecialization },
): Promise<{ readonly required_xp?: number; readonly required_sessions?: number }> {
  const rows = await sql.rows<{ required_xp: number; required_sessions: number }>(
    `select level, name, required_xp, required_sessions from spec_levels
     where ladder_id = $1 and version = 1 and level = $2`,
    [`${specialization}_PROGRESS`, level + 1],
  )
  return rows[0] ?? {}
}
