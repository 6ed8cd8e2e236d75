import type { HttpClient } from 'etalon'

/** What the monitoring dashboard tells, as far as claims read it. */
export interface DashboardFigures {
  readonly status: string
  readonly pool: {
    readonly size: number
    readonly overflow_max: number
    readonly connections: number
    readonly in_use: number
    readonly idle: number
    readonly overflow: number
    readonly waiting: number
    readonly use_percent: number
    readonly acquisitions: number
    readonly opened: number
    readonly efficiency: number
    readonly reuse: number
    readonly failures: number
    readonly refusals: number
    readonly wait_ms_average: number
  }
  readonly queries: {
    readonly count: number
    readonly p50_ms: number | null
    readonly p95_ms: number | null
    readonly p99_ms: number | null
    readonly slow_ms: number
    readonly slow: readonly { readonly name: string; readonly duration_ms: number }[]
  }
  readonly requests: {
    readonly p95_ms: number | null
    readonly per_second: number
    readonly failed: number
    readonly refused: number
    readonly error_percent: number
    readonly by_status: Readonly<Record<string, number>>
  }
  readonly users: { readonly concurrent: number }
  readonly database: {
    readonly up: boolean
    readonly latency_ms: number | null
    readonly version: string | null
    readonly size_bytes: number | null
    readonly connections: number | null
    readonly breaker: string
  }
  readonly redis: { readonly up: boolean }
  readonly backup: {
    readonly configured: boolean
    readonly last_completed_at: string | null
    readonly last_full_at: string | null
    readonly next_full_at: string | null
    readonly next_incremental_at: string | null
    readonly backups: readonly { readonly id: string; readonly status: string }[]
  }
  readonly alerts: { readonly firing: readonly Alert[]; readonly cleared: readonly Alert[] }
  readonly limits: { readonly query_p95_ms: number }
}

/** An alert that fires, or has cleared. */
interface Alert {
  readonly name: string
  readonly firing_since: string
  readonly cleared_at: string | null
}

/** The alerts that there are, in the order of their names. */
export const alertNames = [
  'backup_broken',
  'backup_overdue',
  'database_down',
  'error_rate',
  'overload',
  'pool_use',
  'query_p95',
  'redis_down',
  'slow_queries',
] as const

/** Reads the dashboard as an operator. */
export async function dashboardOf(operator: HttpClient): Promise<DashboardFigures> {
  const path = '/database/monitoring/dashboard'
  return (await operator.get<DashboardFigures>(path).expect(200)).body
}
