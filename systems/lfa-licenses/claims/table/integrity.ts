import { claim, type Prove, type SystemHandle } from 'etalon'
import { insertStudents } from '../coupled-pair.ts'
import { refusals, wronglyAnswered, type Attempt } from '../database-refusal.ts'
import type { RowValues } from '../license-insert.ts'
import { checkNow } from '../health.ts'
import { plantPairs } from '../pair-crowd.ts'
import { personOf } from '../person.ts'
import { columnsOf } from './column.ts'

const { check, notNull, unique, foreignKey, forbidden } = refusals
const accepted = 'accepted'

claim('LFA-ENT-11', async ({ system, sql, random, prove }) => {
  prove('columns of checks', await columnsOf(sql, 'integrity_checks')).holds({
    id: 'bigint not null',
    started_at: 'timestamp with time zone not null',
    duration_ms: 'integer not null',
    pairs_checked: 'integer not null',
    users_checked: 'integer not null',
    consistent: 'integer not null',
    inconsistent: 'integer not null',
    consistency_rate: 'numeric(5,2) not null',
    status: 'text not null',
    trigger: 'text not null',
    dry_run: 'boolean not null',
  })
  prove('columns of violations', await columnsOf(sql, 'integrity_violations')).holds({
    check_id: 'bigint not null',
    user_id: 'bigint not null',
    specialization: 'text not null',
    progress_level: 'smallint',
    license_level: 'smallint',
    kind: 'text not null',
    recommended_action: 'text not null',
    resolved_at: 'timestamp with time zone',
  })

  const admin = await personOf(system, 'admin:files')
  const [leaver = 0] = await insertStudents(sql, random, 1)
  const specialization = 'COACH'
  await plantPairs(sql, [{ user_id: leaver, specialization, progress: 2, license: null }])
  const { body } = await checkNow(admin).expect(200)
  const checkId = body.check_id ?? 0
  const attempts = [...rowsOfChecks(), ...rowsOfViolations(checkId, leaver)]
  prove('rows answered wrongly', await wronglyAnswered(sql, attempts)).isEmpty()
  await proveRewrites(system, prove)

  const kept = (): Promise<number> =>
    sql.value('select count(*) from integrity_violations where check_id = $1', [checkId])
  prove('violations of the check', await kept()).equals(1)
  await sql.run('delete from users where id = $1', [leaver])
  prove('violations once the account is gone', await kept()).equals(1)
  await sql.run('delete from integrity_checks where id = $1', [checkId])
  prove('violations once the check is gone', await kept()).equals(0)
})

/** An insert and the answer it has to get. */
function attempt(table: string, row: RowValues, answer: string, values: RowValues): Attempt {
  const all = { ...row, ...values }
  const text = `insert into ${table} (${Object.keys(all).join(', ')})
    values (${Object.values(all).join(', ')})`
  return [`${table}: ${JSON.stringify(values)}`, answer, text]
}

function rowsOfChecks(): Attempt[] {
  const row: RowValues = {
    started_at: 'now()',
    duration_ms: '1',
    pairs_checked: '4',
    users_checked: '3',
    consistent: '3',
    inconsistent: '1',
    consistency_rate: '75',
    status: `'critical'`,
    previous_status: `'unknown'`,
    trigger: `'SCHEDULED'`,
  }
  const required = Object.keys(row).map((name) => [notNull, { [name]: 'null' }] as const)
  return (
    [
      [accepted, {}],
      [accepted, { trigger: `'MANUAL'` }],
      [accepted, { status: `'healthy'` }],
      [accepted, { status: `'degraded'` }],
      [check, { status: `'unknown'` }],
      [check, { status: `'fine'` }],
      [check, { trigger: `'CRON'` }],
      [check, { consistent: '4' }],
      [check, { pairs_checked: '3' }],
      ...required,
    ] as const
  ).map(([answer, values]) => attempt('integrity_checks', row, answer, values))
}

function rowsOfViolations(checkId: number, userId: number): Attempt[] {
  const row: RowValues = {
    check_id: String(checkId),
    user_id: String(userId),
    specialization: `'COACH'`,
    kind: `'level_mismatch'`,
    recommended_action: `'sync_progress_to_license'`,
  }
  const required = Object.keys(row).map((name) => [notNull, { [name]: 'null' }] as const)
  return (
    [
      [accepted, {}],
      [accepted, { specialization: `'PLAYER'`, kind: `'missing_license'` }],
      [unique, { kind: `'missing_license'` }],
      [check, { kind: `'strange'` }],
      [foreignKey, { check_id: '-1' }],
      ...required,
    ] as const
  ).map(([answer, values]) => attempt('integrity_violations', row, answer, values))
}

/** The service closes violations, and rewrites nothing else of what was found. */
async function proveRewrites(system: SystemHandle, prove: Prove): Promise<void> {
  const refused = [
    'update integrity_checks set consistency_rate = 100',
    'update integrity_checks set consistent = pairs_checked, inconsistent = 0',
    `update integrity_checks set status = 'healthy'`,
    `update integrity_violations set kind = 'level_mismatch'`,
    'update integrity_violations set progress_level = license_level',
    'delete from integrity_violations',
    'truncate integrity_checks cascade',
  ].map((text): Attempt => [text, forbidden, text])
  const closing = 'update integrity_violations set resolved_at = now()'
  const wrong = await wronglyAnswered(system.sqlAs('app'), [
    ...refused,
    [closing, accepted, closing],
  ])
  prove('rewriting by the service answered wrongly', wrong).isEmpty()
}
