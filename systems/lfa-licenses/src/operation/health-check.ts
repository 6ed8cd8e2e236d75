import type { PoolClient } from 'pg'
import { inTransaction, withLease } from 'service-kit'
import { fail } from '../error.ts'
import type { HealthCache } from '../health-cache.ts'
import {
  consistencyRate,
  hasWorsened,
  healthStatus,
  type HealthStatus,
  type ViolationKind,
} from '../integrity.ts'
import { deleteReports, reportName, writeReport } from '../report-file.ts'
import type { Check } from '../schema/health.ts'
import type { Inconsistency } from '../schema/progress.ts'
import type { Service } from '../service.ts'
import {
  clearReportFile,
  closeViolations,
  dropChecks,
  insertAlert,
  insertCheck,
  insertViolations,
  readChecks,
} from '../store/check.ts'
import { checkAll } from '../store/inconsistency.ts'
import { addDays } from '../validity.ts'
import { withAction } from './repair.ts'

/** That the status became worse. */
export interface Alert {
  readonly check_id: number
  readonly from_status: HealthStatus
  readonly to_status: HealthStatus
  readonly consistency_rate: number
}

/** What the health checks work with. */
export interface Monitor {
  readonly service: Service
  readonly cache: HealthCache
  readonly reportDirectory: string
  readonly keepDays: number
  readonly checkIntervalMs: number
  readonly syncIntervalMs: number
  readonly cacheMs: number
  readonly version: string
  /** Told of every alert after it was stored. */
  readonly onAlert: (alert: Alert) => void
}

/** Why a check is made. */
export interface CheckRequest {
  readonly trigger: 'SCHEDULED' | 'MANUAL'
  readonly dryRun: boolean
  readonly actorId: number | null
}

/** A check with all that it found. */
export interface CheckOutcome {
  readonly check: Check
  readonly violations: readonly Inconsistency[]
}

/** A check may take longer than a request. */
export const checkTimeLimitMs = 120_000

/**
 * Checks every pair in one statement, so at one moment. Stores the check, what it found and its
 * report, also when nothing is wrong, and raises an alert when the status is worse than before. A
 * dry run only looks. One process checks at a time: throws `LFA_CHECK_RUNNING` while another does.
 */
export async function checkHealth(monitor: Monitor, request: CheckRequest): Promise<CheckOutcome> {
  const { pool, log } = monitor.service
  if (request.dryRun) return inTransaction(pool, (tx) => look(tx, monitor, request))
  const done = await withLease(pool, 'lfa-health-check', async (tx) => {
    const outcome = await look(tx, monitor, request)
    return store(tx, monitor, request, outcome)
  })
  if (done === undefined) throw fail('LFA_CHECK_RUNNING')
  await monitor.cache.drop()
  const { outcome, alert, dropped } = done
  const { violations_total, by_kind, ...check } = outcome.check
  log.info({ check, violations_total, by_kind }, 'integrity checked')
  if (alert) {
    log.error({ alert }, 'integrity became worse')
    monitor.onAlert(alert)
  }
  await deleteReports(monitor.reportDirectory, dropped)
  return outcome
}

async function look(
  tx: PoolClient,
  { service }: Monitor,
  { trigger, dryRun }: CheckRequest,
): Promise<CheckOutcome> {
  const startedAt = service.clock.now()
  const startedMs = performance.now()
  await tx.query(`set local statement_timeout = ${checkTimeLimitMs}`)
  const [previous] = await readChecks(tx, 1)
  const rows = await checkAll(tx, startedAt)
  const [first] = rows
  if (first === undefined) throw new Error('an aggregate gave no row')
  const { pairs_checked: pairs, users_checked: users, inconsistent } = first
  const violations: Inconsistency[] = []
  const byKind: Partial<Record<ViolationKind, number>> = {}
  for (const {
    pairs_checked: _pairs,
    users_checked: _users,
    inconsistent: _bad,
    kind,
    ...row
  } of rows) {
    if (kind === null) continue
    violations.push(withAction({ ...row, kind }))
    byKind[kind] = (byKind[kind] ?? 0) + 1
  }
  const consistent = pairs - inconsistent
  const check: Check = {
    check_id: null,
    started_at: startedAt,
    duration_ms: Math.round(performance.now() - startedMs),
    total_checked: pairs,
    pairs_checked: pairs,
    users_checked: users,
    consistent,
    inconsistent,
    consistency_rate: consistencyRate(consistent, pairs),
    status: healthStatus(consistent, pairs),
    previous_status: previous?.status ?? 'unknown',
    trigger,
    dry_run: dryRun,
    report_file: null,
    violations_total: violations.length,
    by_kind: byKind,
  }
  return { check, violations }
}

async function store(
  tx: PoolClient,
  monitor: Monitor,
  request: CheckRequest,
  { check: found, violations }: CheckOutcome,
): Promise<{ outcome: CheckOutcome; alert: Alert | undefined; dropped: string[] }> {
  const reportFile = reportName(found.started_at)
  const id = await keepCheck(tx, { ...found, report_file: reportFile }, request.actorId)
  if (violations.length > 0) await insertViolations(tx, id, JSON.stringify(violations))
  await closeViolations(tx, id, found.started_at)
  const check: Check = { ...found, check_id: id, report_file: reportFile }
  let alert: Alert | undefined
  if (hasWorsened(check.previous_status, check.status)) {
    const { previous_status: from, status: to, consistency_rate: rate } = check
    await insertAlert(tx, id, from, to, rate, check.started_at)
    alert = { check_id: id, from_status: from, to_status: to, consistency_rate: rate }
  }
  const dropped = await dropChecks(tx, addDays(check.started_at, -monitor.keepDays))
  // Names stay in the database; the file says who by id alone.
  const listed = violations.map(({ user_name: _name, ...violation }) => violation)
  const report = { timestamp: check.started_at, ...check, violations: listed }
  try {
    await writeReport(monitor.reportDirectory, reportFile, report)
  } catch (error) {
    // The rows say the same; a full disk is no reason not to have checked.
    monitor.service.log.error({ err: error, reportFile }, 'integrity report not written')
    await clearReportFile(tx, id)
    check.report_file = null
  }
  return {
    outcome: { check, violations },
    alert,
    dropped: dropped.flatMap(({ report_file }) => report_file ?? []),
  }
}

async function keepCheck(tx: PoolClient, check: Check, actorId: number | null): Promise<number> {
  const [row] = await insertCheck(
    tx,
    check.started_at,
    check.duration_ms,
    check.pairs_checked,
    check.users_checked,
    check.consistent,
    check.inconsistent,
    check.consistency_rate,
    check.status,
    check.previous_status,
    check.trigger,
    actorId,
    check.report_file,
  )
  if (row === undefined) throw new Error('an insert gave no row')
  return row.id
}
