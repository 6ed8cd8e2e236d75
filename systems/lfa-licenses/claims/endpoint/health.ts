import { claim } from 'etalon'
import { openScene, proveContract, type Scene } from './api-scene.ts'
import { differences, wronglyRefused, type Attempt } from '../contract.ts'
import { insertStudents } from '../coupled-pair.ts'
import { plainly, type CheckReport, type StoredViolation, type Violation } from '../health.ts'
import { clearAway, plantPairs } from '../pair-crowd.ts'
import { personOf } from '../person.ts'

type Row = Readonly<Record<string, unknown>>

interface Page {
  readonly items: readonly StoredViolation[]
  readonly page: number
  readonly page_size: number
  readonly total: number
}

const shape = '422 LFA_VALIDATION_FAILED'
const forbidden = '403 LFA_FORBIDDEN'
const health = '/api/v1/health'
const endpoints = [
  'GET /health/status',
  'GET /health/latest-report',
  'POST /health/check-now',
  'GET /health/violations',
  'GET /health/metrics',
] as const

/** More than a report shows. */
const wrongCount = 503
const shownMax = 500

claim('LFA-API-05', async (context) => {
  const scene = await openScene(context, 'api-health')
  const { sql, random, admin, prove } = scene
  await clearAway(sql, admin)
  await proveUnchecked(scene)
  const userIds = await insertStudents(sql, random, wrongCount)
  await plantPairs(sql, [
    ...userIds.map((user_id, at) => {
      const specialization = at % 2 === 0 ? ('PLAYER' as const) : ('COACH' as const)
      return { user_id, specialization, progress: 2, license: at < 3 ? 1 : null }
    }),
    { user_id: admin.id, specialization: 'COACH', progress: 3, license: 3 },
  ])
  const report = await proveCheck(scene)
  await proveViolations(scene, report, userIds)
  await proveFigures(scene, report)
  prove('doors answered otherwise than they have to', await wrongDoors(scene)).isEmpty()
  proveContract(scene, endpoints)
})

/** Before the first check there is a status and no report. */
async function proveUnchecked({ prove, contract, admin }: Scene): Promise<void> {
  const status = await contract.call<Row>(admin, 'GET /health/status')
  prove('the status before a check', status).holds({ status: 'unknown', last_check_id: null })
  const metrics = await contract.call<Row>(admin, 'GET /health/metrics')
  prove('the figures before a check', metrics).holds({ checks_total: 0, history: [] })
  const refused = await wronglyRefused([
    ['a report before a check', '404 LFA_HEALTH_UNCHECKED', admin.get(`${health}/latest-report`)],
  ])
  prove('wrong refusals', refused).isEmpty()
}

async function proveCheck({ sql, prove, contract, admin }: Scene): Promise<CheckReport> {
  const tried = await contract.call<Row>(admin, 'POST /health/check-now', {
    query: { dry_run: 'true' },
  })
  prove('a dry run', tried).holds({ dry_run: true, check_id: null, pairs_checked: wrongCount + 1 })
  const made = await contract.call<CheckReport & Row>(admin, 'POST /health/check-now')
  prove('a check', made).holds({
    dry_run: false,
    trigger: 'MANUAL',
    previous_status: 'unknown',
    inconsistent: wrongCount,
    violations_total: wrongCount,
    by_kind: { missing_license: wrongCount - 3, level_mismatch: 3 },
  })
  prove('violations that it shows', made.violations.length).equals(shownMax)
  const row = await sql.one<Row>('select * from integrity_checks where id = $1', [made.check_id])
  prove('the check, told and kept', differences(made, row)).isEmpty()
  const latest = await contract.call<CheckReport & Row>(admin, 'GET /health/latest-report')
  const { violations: _made, ...counts } = made
  prove('the latest report', latest).holds(counts)
  prove('what it lists', latest.violations.map(plainly)).equals(made.violations.map(plainly))
  return made
}

async function proveViolations(
  { sql, prove, contract, admin }: Scene,
  { check_id: checkId, violations }: CheckReport,
  userIds: readonly number[],
): Promise<void> {
  const list = (query: Readonly<Record<string, string | number>> = {}): Promise<Page> =>
    contract.call<Page>(admin, 'GET /health/violations', { query })
  const first = await list({ page: 1, page_size: 100 })
  prove('the first page', first).holds({ page: 1, page_size: 100, total: wrongCount })
  prove('what it lists', first.items.map(plainly)).equals(violations.slice(0, 100).map(plainly))
  const last = await list({ page: 6, page_size: 100 })
  prove('rows of the last page', last.items.length).equals(wrongCount - shownMax)
  const [one = 0, two = 0] = userIds
  const kept = await sql.rows<Violation>(
    'select * from integrity_violations where check_id = $1 and user_id = $2',
    [checkId, two],
  )
  const own = await list({ user_id: two })
  prove('those of a user', own.items.map(plainly)).equals(kept.map(plainly))
  await sql.run('update integrity_violations set resolved_at = now() where user_id = $1', [one])
  const totals = await Promise.all(
    [
      {},
      { kind: 'level_mismatch' },
      { kind: 'expired_active' },
      { specialization: 'COACH' },
      { specialization: 'PLAYER', kind: 'level_mismatch' },
      { check_id: checkId ?? 0 },
      { check_id: (checkId ?? 0) + 1 },
      { resolved: 'true' },
      { resolved: 'any' },
      { user_id: admin.id },
    ].map(async (query) => (await list(query)).total),
  )
  const coaches = Math.floor(wrongCount / 2)
  prove('how many each filter lists', totals).equals([
    wrongCount - 1,
    2,
    0,
    coaches,
    1,
    wrongCount - 1,
    0,
    1,
    wrongCount,
    0,
  ])
}

async function proveFigures(
  { sql, prove, contract, admin }: Scene,
  made: CheckReport,
): Promise<void> {
  const { check_id, started_at, consistency_rate, inconsistent, status } = made
  const now = await contract.call<Row>(admin, 'GET /health/status')
  prove('the status', now).holds({
    status,
    consistency_rate,
    inconsistent,
    pairs_checked: made.pairs_checked,
    users_checked: made.users_checked,
    last_check_id: check_id,
    last_checked_at: started_at,
    trigger: 'MANUAL',
  })
  const metrics = await contract.call<Row>(admin, 'GET /health/metrics')
  prove('the figures', metrics).holds({
    checks_total: 1,
    checks_last_day: 1,
    average_rate_last_day: consistency_rate,
    history: [{ check_id, started_at, consistency_rate, inconsistent, status, trigger: 'MANUAL' }],
  })
  const users = await sql.value('select count(*) from users')
  prove('the system in the figures', metrics['system']).holds({
    users_total: users,
    pairs_total: made.pairs_checked,
    check_interval_ms: 300_000,
    cache_ms: 30_000,
  })
}

/** Only admins come in, and only with what is documented. */
async function wrongDoors({ system, admin, student }: Scene): Promise<unknown[]> {
  const instructor = await personOf(system, 'instructor:api-health')
  const closed = [
    [student, forbidden],
    [instructor, forbidden],
    [system.anonymous, '401 LFA_UNAUTHENTICATED'],
  ] as const
  const attempts = endpoints.flatMap((endpoint) =>
    closed.map(([by, expected]): Attempt => {
      const [method = '', path = ''] = endpoint.split(' ')
      return [`${endpoint} by ${by.actor}`, expected, by.send(method, `/api/v1${path}`)]
    }),
  )
  return wronglyRefused([
    ...attempts,
    ['a dry run of maybe', shape, admin.post(`${health}/check-now?dry_run=maybe`)],
    ['an unknown parameter', shape, admin.post(`${health}/check-now?dryrun=true`)],
    ['an unknown field', shape, admin.post(`${health}/check-now`, { dry_run: true })],
    ['an unknown kind', shape, admin.get(`${health}/violations?kind=strange`)],
    ['page 0', shape, admin.get(`${health}/violations?page=0`)],
    ['an id that is none', shape, admin.get(`${health}/violations?user_id=one`)],
  ])
}
