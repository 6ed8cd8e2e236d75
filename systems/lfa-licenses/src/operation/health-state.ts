import { jobNames } from '../job.ts'
import { statusThresholds } from '../integrity.ts'
import type { Check, HealthMetrics, HealthState } from '../schema/health.ts'
import type { Service } from '../service.ts'
import {
  checkFigures,
  countKinds,
  nextCheckAt,
  readAlerts,
  readChecks,
  type CheckRow,
} from '../store/check.ts'
import { addDays } from '../validity.ts'
import type { Monitor } from './health-check.ts'

const historyMax = 48
const alertsMax = 10

/** How things stand since the last check; `unknown` before the first. Remembered for a while. */
export function readState({ service, cache }: Monitor): Promise<HealthState> {
  return cache.read('status', async () => {
    const { pool } = service
    const [last] = await readChecks(pool, 1)
    const [next] = await nextCheckAt(pool, jobNames.healthCheck)
    return {
      status: last?.status ?? 'unknown',
      consistency_rate: last?.consistency_rate ?? null,
      pairs_checked: last?.pairs_checked ?? null,
      users_checked: last?.users_checked ?? null,
      total_checked: last?.pairs_checked ?? null,
      consistent: last?.consistent ?? null,
      inconsistent: last?.inconsistent ?? null,
      last_check_id: last?.check_id ?? null,
      last_checked_at: last?.started_at ?? null,
      next_check_at: next?.due_at ?? null,
      trigger: last?.trigger ?? null,
      duration_ms: last?.duration_ms ?? null,
      thresholds: { ...statusThresholds },
    }
  })
}

/** The last check as it was stored, without its violations; undefined before the first. */
export async function readLastCheck({ pool }: Service): Promise<Check | undefined> {
  const [last] = await readChecks(pool, 1)
  if (last === undefined) return undefined
  const kinds = await countKinds(pool, last.check_id)
  return {
    ...last,
    total_checked: last.pairs_checked,
    dry_run: false,
    violations_total: kinds.reduce((sum, { total }) => sum + total, 0),
    by_kind: sumBy(kinds, ({ kind }) => kind, 'total'),
  }
}

/** Figures of the dashboard, remembered for a while. */
export function readMetrics(monitor: Monitor): Promise<HealthMetrics> {
  return monitor.cache.read('metrics', () => makeMetrics(monitor))
}

async function makeMetrics(monitor: Monitor): Promise<HealthMetrics> {
  const { pool, clock } = monitor.service
  const checks = await readChecks(pool, historyMax)
  const [last] = checks
  const [figures] = await checkFigures(pool, addDays(clock.now(), -1))
  if (figures === undefined) throw new Error('an aggregate gave no row')
  const kinds = last === undefined ? [] : await countKinds(pool, last.check_id)
  const { users_total, ...counted } = figures
  return {
    ...counted,
    last_duration_ms: last?.duration_ms ?? null,
    violations_open: kinds.reduce((sum, { open }) => sum + open, 0),
    by_kind: sumBy(kinds, ({ kind }) => kind, 'open'),
    by_specialization: sumBy(kinds, ({ specialization }) => specialization, 'open'),
    history: checks.map(toPoint).reverse(),
    alerts: await readAlerts(pool, alertsMax),
    system: {
      version: monitor.version,
      check_interval_ms: monitor.checkIntervalMs,
      sync_interval_ms: monitor.syncIntervalMs,
      cache_ms: monitor.cacheMs,
      pairs_total: last?.pairs_checked ?? null,
      users_total,
    },
  }
}

type KindCount = Awaited<ReturnType<typeof countKinds>>[number]

function sumBy<Key extends string>(
  counts: readonly KindCount[],
  keyOf: (count: KindCount) => Key,
  what: 'total' | 'open',
): Record<Key, number> {
  const sums: Partial<Record<Key, number>> = {}
  for (const count of counts) {
    const key = keyOf(count)
    if (count[what] > 0) sums[key] = (sums[key] ?? 0) + count[what]
  }
  return sums as Record<Key, number>
}

function toPoint(row: CheckRow): HealthMetrics['history'][number] {
  const { check_id, started_at, consistency_rate, inconsistent, status, trigger } = row
  return { check_id, started_at, consistency_rate, inconsistent, status, trigger }
}
