import { claim, type Random, type Sql } from 'etalon'
import { coupledSpecializations, insertStudents } from '../coupled-pair.ts'
import { checkNow, plainly, type CheckReport, type Violation } from '../health.ts'
import { clearAway, plantPairs, type PairRows } from '../pair-crowd.ts'
import { personOf } from '../person.ts'

/** The figures of the second report. */
const reported = { checked: 37, consistent: 3, inconsistent: 34, rate: 8.11 } as const

const userCount = 60

claim(['LFA-HLT-01', 'LFA-D-05', 'LFA-D-06'], async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:counts')
  await clearAway(sql, admin)
  const drawn = drawPairs(random, await insertEverybody(sql, random))
  await plantPairs(
    sql,
    drawn.map(({ rows }) => rows),
  )
  const wrong = drawn.filter(({ violations }) => violations.length > 0)
  const expected = drawn.flatMap(({ violations }) => violations)
  const users = new Set(drawn.map(({ rows }) => rows.user_id))

  const { body } = await checkNow(admin).expect(200)
  prove('users with several pairs', drawn.length - users.size).isAtLeast(1)
  prove('what was counted', countsOf(body)).equals({
    total_checked: drawn.length,
    pairs_checked: drawn.length,
    users_checked: users.size,
    consistent: drawn.length - wrong.length,
    inconsistent: wrong.length,
    consistency_rate: await rateOf(sql, drawn.length - wrong.length, drawn.length),
    violations_total: expected.length,
  })
  const found = body.violations.map(plainly)
  for (const kind of ['missing_license', 'missing_progress'] as const) {
    const of = (all: readonly Violation[]): string[] =>
      all.filter((one) => one.kind === kind).map(keyOf)
    prove(`pairs with a ${kind}`, of(found).toSorted()).equals(of(expected).toSorted())
  }
  prove('what was found', found.toSorted(byKey)).equals(expected.toSorted(byKey))
})

claim('LFA-HLT-02', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:example')
  await clearAway(sql, admin)
  const seed = String(random.integer(1, 1_000_000))
  const made = await system.run(
    ['node', 'src/generate.ts', '--example', '--seed', seed],
    ({ postgres }) => ({ DATABASE_URL: postgres.url('app') }),
  )
  prove('the command that makes the example', made.code).equals(0)
  const before = await checkNow(admin).expect(200)
  prove('the check', before.body).holds({
    total_checked: reported.checked,
    users_checked: reported.checked,
    consistent: reported.consistent,
    inconsistent: reported.inconsistent,
    consistency_rate: reported.rate,
    status: 'critical',
  })
  prove('pairs that differ, counted by SQL', await differing(sql)).isBetween(1, 34)

  const { body } = await admin.post('/api/v1/licenses/admin/sync/all').expect(200)
  prove('the repair', body).holds({ found: 34, synced: 34, failed: 0, unrepaired: 0 })
  const after = await checkNow(admin).expect(200)
  prove('the check after it', after.body).holds({
    total_checked: reported.checked,
    consistent: reported.checked,
    inconsistent: 0,
    consistency_rate: 100,
    status: 'healthy',
    violations: [],
  })
  prove('pairs that differ then, counted by SQL', await differing(sql)).equals(0)
})

claim('LFA-HLT-03', async ({ system, sql, prove }) => {
  const admin = await personOf(system, 'admin:empty')
  await clearAway(sql, admin)
  const nothing = {
    total_checked: 0,
    pairs_checked: 0,
    users_checked: 0,
    consistent: 0,
    inconsistent: 0,
    consistency_rate: 100,
    status: 'healthy',
    violations: [],
  }
  prove('tried', (await checkNow(admin, true)).body).holds(nothing)
  prove('checked', (await checkNow(admin)).body).holds(nothing)
  const kept = await sql.rows('select pairs_checked, consistency_rate from integrity_checks')
  prove('what is kept of it', kept).equals([{ pairs_checked: 0, consistency_rate: 100 }])
})

/** People of every role, some of whose accounts are closed. */
async function insertEverybody(sql: Sql, random: Random): Promise<number[]> {
  const ids = await insertStudents(sql, random, userCount)
  await sql.run(
    `update users set role = (array['STUDENT', 'INSTRUCTOR', 'ADMIN'])[1 + id % 3],
       is_active = id % 5 <> 0
     where id = any ($1)`,
    [ids],
  )
  return ids
}

interface DrawnPair {
  readonly rows: PairRows
  /** What has to be found of it. */
  readonly violations: readonly Violation[]
}

type Rows = Pick<PairRows, 'progress' | 'license' | 'maximum'>

/** Ways in which a pair may stand around a level, and what each has to be found as. */
const states: readonly {
  readonly rows: (level: number) => Rows
  readonly found: readonly (readonly [kind: string, action: string])[]
}[] = [
  { rows: (level) => ({ progress: level, license: level }), found: [] },
  {
    rows: (level) => ({ progress: level + 1, license: level }),
    found: [['level_mismatch', 'sync_progress_to_license']],
  },
  {
    rows: (level) => ({ progress: level, license: level + 1 }),
    found: [['level_mismatch', 'sync_license_to_progress']],
  },
  {
    rows: (level) => ({ progress: level, license: null }),
    found: [['missing_license', 'create_license_from_progress']],
  },
  {
    rows: (level) => ({ progress: null, license: level }),
    found: [['missing_progress', 'create_progress_from_license']],
  },
  {
    rows: (level) => ({ progress: level, license: level + 1, maximum: level }),
    found: [
      ['level_mismatch', 'sync_license_to_progress'],
      ['max_below_current', 'raise_max_level'],
    ],
  },
]

/** Draws who has which specializations, in which state; every state comes up. */
function drawPairs(random: Random, userIds: readonly number[]): DrawnPair[] {
  const pairs = userIds.flatMap((user_id) =>
    coupledSpecializations
      .filter(() => random.integer(0, 2) > 0)
      .map((specialization) => ({ user_id, specialization })),
  )
  return pairs.map((pair, at) => {
    const state = states[at] ?? random.pick(states)
    const rows = { ...pair, ...state.rows(random.integer(1, 7)) }
    const { progress: progress_level, license: license_level } = rows
    const violations = state.found.map(([kind, recommended_action]) => {
      return { ...pair, progress_level, license_level, kind, recommended_action }
    })
    return { rows, violations }
  })
}

function countsOf(report: CheckReport): object {
  const { total_checked, pairs_checked, users_checked, consistent, inconsistent } = report
  const { consistency_rate, violations_total } = report
  return {
    total_checked,
    pairs_checked,
    users_checked,
    consistent,
    inconsistent,
    consistency_rate,
    violations_total,
  }
}

/** The rate with two decimals, as PostgreSQL's exact numbers have it. */
function rateOf(sql: Sql, consistent: number, checked: number): Promise<number> {
  return sql.value('select round(100.0 * $1::integer / $2::integer, 2)', [consistent, checked])
}

/** How many pairs have two different levels, or one side only. */
function differing(sql: Sql): Promise<number> {
  return sql.value(
    `select count(*) from specialization_progress p
     full join user_licenses l
       on l.user_id = p.student_id and l.specialization_type = p.specialization_id
     where p.current_level is distinct from l.current_level`,
  )
}

function keyOf({ user_id, specialization, kind }: Violation): string {
  return `${user_id} ${specialization} ${kind}`
}

function byKey(one: Violation, other: Violation): number {
  return keyOf(one).localeCompare(keyOf(other))
}
