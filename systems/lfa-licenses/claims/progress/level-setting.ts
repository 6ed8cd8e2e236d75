import { claim, type ClaimContext } from 'etalon'
import { wronglyRefused } from '../contract.ts'
import { addProgress, insertStudents, levelsOf, type Pair } from '../coupled-pair.ts'
import { withFailingLicense } from '../failing-write.ts'
import { pairState } from '../pair-state.ts'
import { personOf, type Person } from '../person.ts'
import { reportedClimb } from './reported-climb.ts'

const door = '/api/v1/specializations/progress/level'
const reason = 'a panel decided it'
const [shape, range] = ['422 LFA_VALIDATION_FAILED', '400 LFA_LEVEL_OUT_OF_RANGE']

claim('LFA-CPL-07', async (context) => {
  const { system, sql, random, prove } = context
  const admin = await personOf(system, 'admin:sets-levels')
  const [studentId = 0, absent = 0] = await insertStudents(sql, random, 2)
  const pair: Pair = { studentId, specialization: 'PLAYER' }
  const body = { student_id: studentId, specialization_id: 'PLAYER', reason }
  const set = (change: object) => admin.post(door, { ...body, ...change })
  const proveSet = async (what: string, change: object, told: object): Promise<void> => {
    const answer = (await set(change).expect(200)).body
    prove(what, answer).equals({ success: true, ...pairOf(pair), ...told })
  }
  await proveSet(
    'a level given to a beginner',
    { new_level: 3 },
    {
      progress: { old_level: 1, new_level: 3, old_xp: 0, new_xp: 45_000 },
      license: { old_level: 1, new_level: 3 },
    },
  )
  await proveSet(
    'the top, with what is added',
    { new_level: 8, xp_change: 300_000, sessions_change: 60 },
    {
      progress: { old_level: 3, new_level: 8, old_xp: 45_000, new_xp: 345_000 },
      license: { old_level: 3, new_level: 8 },
    },
  )
  await proveSet(
    'a level lower down',
    { new_level: 1, xp_change: -1_000 },
    {
      progress: { old_level: 8, new_level: 1, old_xp: 345_000, new_xp: 344_000 },
      license: { old_level: 8, new_level: 1 },
    },
  )
  prove('levels then', await levelsOf(sql, pair)).equals({ progress: 1, license: 1 })
  const license = await sql.one('select * from user_licenses where user_id = $1', [studentId])
  prove('the highest level after it', license).holds({ max_achieved_level: 8 })
  const changes = await sql.rows(
    `select from_level, to_level, advanced_by, advancement_reason from license_progressions
     where user_license_id = (select id from user_licenses where user_id = $1) order by id`,
    [studentId],
  )
  const by = { advanced_by: admin.id, advancement_reason: reason }
  prove('changes on record', changes).equals([
    { from_level: 1, to_level: 3, ...by },
    { from_level: 3, to_level: 8, ...by },
    { from_level: 8, to_level: 1, ...by },
  ])
  await sql.run('delete from user_licenses where user_id = $1', [studentId])
  await proveSet(
    'a level whose licence is missing',
    { new_level: 2 },
    {
      progress: { old_level: 1, new_level: 2, old_xp: 344_000, new_xp: 344_000 },
      license: { old_level: null, new_level: 2 },
    },
  )

  await proveRefusals(context, { admin, studentId, absent })
  for (const [specialization_id, new_level] of [
    ['INTERNSHIP', 3],
    ['COACH', 8],
  ] as const) {
    await set({ specialization_id, new_level }).expect(200)
    prove(
      `levels at the top of ${specialization_id}`,
      await levelsOf(sql, { studentId, specialization: specialization_id }),
    ).equals({ progress: new_level, license: new_level })
  }
})

/** What the door does not take leaves both sides as they are. */
async function proveRefusals(
  { system, sql, prove }: Pick<ClaimContext, 'system' | 'sql' | 'prove'>,
  who: { readonly admin: Person; readonly studentId: number; readonly absent: number },
): Promise<void> {
  const { admin, studentId, absent } = who
  const instructor = await personOf(system, 'instructor:sets-levels')
  const body = { student_id: studentId, specialization_id: 'PLAYER', reason }
  const set = (change: object) => admin.post(door, { ...body, ...change })
  const ids = [studentId, absent]
  const before = await pairState(sql, ids)
  const intern = { specialization_id: 'INTERNSHIP' }
  const wrong = await wronglyRefused([
    ...[0, -1, 9, 1_000].map(
      (new_level) => [`level ${new_level}`, range, set({ new_level })] as const,
    ),
    ['level 4 of three', range, set({ ...intern, new_level: 4 })],
    ['level 0 of a beginner', range, set({ student_id: absent, new_level: 0 })],
    ['half a level', shape, set({ new_level: 2.5 })],
    ['no level', shape, set({})],
    ['no reason', shape, set({ new_level: 3, reason: undefined })],
    ['an empty reason', shape, set({ new_level: 3, reason: ' ' })],
    ['what it does not know', shape, set({ new_level: 3, xp_gained: 1 })],
    ['XP below zero', '400 LFA_PROGRESS_NEGATIVE', set({ new_level: 3, xp_change: -344_001 })],
    [
      'sessions below zero',
      '400 LFA_PROGRESS_NEGATIVE',
      set({ new_level: 3, sessions_change: -91 }),
    ],
    ['nobody', '404 LFA_USER_UNKNOWN', set({ new_level: 3, student_id: 999_999_999 })],
    ['by an instructor', '403 LFA_FORBIDDEN', instructor.post(door, { ...body, new_level: 3 })],
    [
      'by nobody',
      '401 LFA_UNAUTHENTICATED',
      system.anonymous.post(door, { ...body, new_level: 3 }),
    ],
  ])
  prove('requests refused otherwise', wrong).isEmpty()
  const told = [(await set({ new_level: 9 })).body, (await set({ ...intern, new_level: 4 })).body]
  prove('what a refusal says', told.map(detailsOf)).equals([
    { error_type: 'validation_error', max_level: 8 },
    { error_type: 'validation_error', max_level: 3 },
  ])
  const failing = { userId: studentId, write: 'update' } as const
  const failure = await withFailingLicense(sql, failing, async () => set({ new_level: 4 }))
  prove('answer when the database fails', failure.status).equals(503)
  prove('what it says', detailsOf(failure.body)).equals({ error_type: 'database_error' })
  prove('both sides after all refusals', await pairState(sql, ids)).equals(before)
}

function pairOf({ studentId, specialization }: Pair): object {
  return { student_id: studentId, specialization_id: specialization }
}

function detailsOf(body: unknown): unknown {
  return (body as { readonly error?: { readonly details?: unknown } }).error?.details
}

/** More than the service has connections. */
const failures = 24

claim('LFA-CPL-16', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:fails')
  const students = await insertStudents(sql, random, 2)
  const [studentId = 0, other = 0] = students
  const pair: Pair = { studentId, specialization: 'PLAYER' }
  await addProgress(admin, pair, { xp_gained: 1 }).expect(200)
  const before = await pairState(sql, students)
  const [{ gain }] = reportedClimb
  const step = { ...gain, student_id: studentId, specialization_id: 'PLAYER' }
  const key = { headers: { 'idempotency-key': random.text(12) } }
  const update = () => admin.post('/api/v1/specializations/progress/update', step, key)

  const statuses = new Set<number>()
  const failing = { userId: studentId, write: 'update' } as const
  await withFailingLicense(sql, failing, async () => {
    for (let at = 0; at < failures; at += 1) statuses.add((await update()).status)
  })
  prove('answers to updates that fail at their last write', [...statuses]).equals([503])
  const first = { userId: other, write: 'insert' } as const
  const made = await withFailingLicense(sql, first, async () =>
    addProgress(admin, { studentId: other, specialization: 'COACH' }, { xp_gained: 1 }),
  )
  prove('answer to a first update that fails', made.status).equals(503)
  prove('what is kept of all of them', await pairState(sql, students)).equals(before)

  const open = await sql.rows(
    `select state, query from pg_stat_activity
     where datname = current_database() and application_name <> 'etalon'
       and state like 'idle in transaction%'`,
  )
  prove('transactions left open', open).isEmpty()
  const free = await sql.rows(
    `select p.id from specialization_progress p join user_licenses l on l.user_id = p.student_id
     where p.student_id = $1 for update skip locked`,
    [studentId],
  )
  prove('rows that nobody holds', free.length).equals(1)

  // Every connection of the service is used again, and the same request now does what it says.
  const reads = await Promise.all(
    Array.from({ length: failures }, () => admin.get('/api/v1/specializations/progress/me')),
  )
  prove(
    'reads that are not answered',
    reads.filter(({ status }) => status !== 200),
  ).isEmpty()
  const { body, headers } = await update().expect(200)
  prove('the update, once nothing fails', body).holds({ old_level: 1, new_level: 2, old_xp: 1 })
  prove('it is no replay', headers['idempotent-replayed']).equals(undefined)
  prove('levels then', await levelsOf(sql, pair)).equals({ progress: 2, license: 2 })
})
