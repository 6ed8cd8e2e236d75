import { claim, type Random, type Sql } from 'etalon'
import { addProgress, insertStudents, levelsOf, type Pair } from '../coupled-pair.ts'
import { personOf, type Person } from '../person.ts'
import { reportedClimb, reportedTotals } from './reported-climb.ts'

const begin = '/api/v1/specializations/progress'
const atFirst = {
  current_level: 1,
  total_xp: 0,
  completed_sessions: 0,
  level_name: 'Bamboo Disciple',
  is_consistent: true,
} as const

claim('LFA-T-31', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:enrols-player')
  const account = { name: 'A new player', role: 'STUDENT', date_of_birth: '2008-05-05' }
  const email = `${random.text(10)}@lfa.example`
  const made = await admin.post<{ id: number }>('/api/v1/users', { ...account, email }).expect(201)
  const beginner = await personOf(system, 'student:begins')
  const ways = [
    ['for himself', beginner.id, beginner, {}],
    ['by an admin', made.body.id, admin, { student_id: made.body.id }],
  ] as const
  for (const [way, studentId, by, whom] of ways) {
    const pair = { studentId, specialization: 'PLAYER' } as const
    prove(`before it is begun ${way}`, await levelsOf(sql, pair)).equals({
      progress: null,
      license: null,
    })
    const { body } = await by.post(begin, { specialization_id: 'PLAYER', ...whom }).expect(201)
    prove(`what is told when begun ${way}`, body).holds({ ...atFirst, student_id: studentId })
    prove(`levels when begun ${way}`, await levelsOf(sql, pair)).equals({ progress: 1, license: 1 })
    const view = await admin.get(`${begin}/PLAYER`, { query: { user_id: String(studentId) } })
    prove(`what is read when begun ${way}`, view.body).holds(atFirst)
  }
})

claim('LFA-T-32', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:first-step')
  const pair = await playerOf(sql, random)
  // He has progress and a licence already, so that the sync has something to change.
  await addProgress(admin, pair, { projects_completed: 1 }).expect(200)
  const [{ gain }] = reportedClimb
  const { body } = await addProgress(admin, pair, gain).expect(200)
  prove('the update', body).holds({
    old_level: 1,
    new_level: 2,
    leveled_up: true,
    new_xp: 25_000,
    sync_result: {
      success: true,
      action: 'updated',
      old_license_level: 1,
      new_license_level: 2,
      progress_level: 2,
    },
  })
  prove('levels after it', await levelsOf(sql, pair)).equals({ progress: 2, license: 2 })
})

claim('LFA-T-33', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:six-levels')
  const pair = await playerOf(sql, random)
  const [first, ...more] = reportedClimb
  await addProgress(admin, pair, first.gain).expect(200)
  let gained = 0
  for (const { gain, level } of more) {
    const { body } = await addProgress(admin, pair, gain).expect(200)
    gained += body.levels_gained
    prove(`the update to level ${level}`, body).holds({
      new_level: level,
      leveled_up: true,
      sync_result: {
        success: true,
        action: 'updated',
        old_license_level: body.old_level,
        new_license_level: level,
        progress_level: level,
      },
    })
    prove(`levels after it`, await levelsOf(sql, pair)).equals({ progress: level, license: level })
  }
  prove('levels gained', gained).equals(6)
  const row = await sql.one('select * from specialization_progress where student_id = $1', [
    pair.studentId,
  ])
  prove('progress in the end', row).holds(reportedTotals)
})

claim('LFA-T-34', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:restores')
  const pair = await climbed(admin, await playerOf(sql, random))
  const sync = `/api/v1/licenses/admin/sync/user/${pair.studentId}`
  const validate = async (): Promise<unknown> =>
    (await admin.get(sync, { query: { specialization_id: 'PLAYER' } }).expect(200)).body
  prove('before', await validate()).holds({ is_consistent: true, license_level: 8, issues: [] })

  await sql.run(
    `update user_licenses set current_level = current_level - 2
     where user_id = $1 and specialization_type = 'PLAYER'`,
    [pair.studentId],
  )
  const found = {
    is_consistent: false,
    progress_level: 8,
    license_level: 6,
    kind: 'level_mismatch',
    recommended_action: 'sync_progress_to_license',
  }
  prove('two levels lower', await validate()).holds(found)
  const { body } = await admin.post(sync, { specialization_id: 'PLAYER' }).expect(200)
  prove('the repair', body).holds({
    success: true,
    changed: true,
    actions: ['sync_progress_to_license'],
    before: { progress_level: 8, license_level: 6 },
    after: { progress_level: 8, license_level: 8 },
    is_consistent: true,
  })
  prove('afterwards', await validate()).holds({ is_consistent: true, kind: null, issues: [] })
  prove('levels afterwards', await levelsOf(sql, pair)).equals({ progress: 8, license: 8 })
})

async function playerOf(sql: Sql, random: Random): Promise<Pair> {
  const [studentId = 0] = await insertStudents(sql, random, 1)
  return { studentId, specialization: 'PLAYER' }
}

/** Does the whole of the reported run with a student. */
async function climbed(admin: Person, pair: Pair): Promise<Pair> {
  for (const { gain } of reportedClimb) await addProgress(admin, pair, gain).expect(200)
  return pair
}
