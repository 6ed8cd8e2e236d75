import type { HttpClient } from 'etalon'
import type { PendingResponse } from 'etalon/http'

/** Something that is wrong with a pair, as the service tells it. */
export interface Violation {
  readonly user_id: number
  readonly specialization: string
  readonly progress_level: number | null
  readonly license_level: number | null
  readonly kind: string
  readonly recommended_action: string
}

/** A violation that a check has stored. */
export interface StoredViolation extends Violation {
  readonly id: number
  readonly check_id: number
  readonly resolved_at: string | null
}

/** A check with the first of what it found. */
export interface CheckReport {
  readonly check_id: number | null
  readonly started_at: string
  readonly total_checked: number
  readonly pairs_checked: number
  readonly users_checked: number
  readonly consistent: number
  readonly inconsistent: number
  readonly consistency_rate: number
  readonly status: string
  readonly report_file: string | null
  readonly violations_total: number
  readonly violations: readonly Violation[]
}

/** How things stand; null before the first check. */
export interface HealthStatus {
  readonly status: string
  readonly consistency_rate: number | null
  readonly last_check_id: number | null
  readonly next_check_at: string | null
}

/** As much of the dashboard's figures as claims compare. */
export interface HealthMetrics {
  readonly checks_total: number
  readonly violations_open: number
  readonly alerts: readonly {
    readonly check_id: number
    readonly from_status: string
    readonly to_status: string
    readonly consistency_rate: number
  }[]
  readonly system: {
    readonly check_interval_ms: number
    readonly cache_ms: number
    readonly users_total: number
  }
}

/** Checks everything at once. */
export function checkNow(by: HttpClient, dryRun = false): PendingResponse<CheckReport> {
  return by.post('/api/v1/health/check-now', undefined, { query: { dry_run: dryRun } })
}

/** What the last check found. */
export async function latestReport(by: HttpClient): Promise<CheckReport> {
  return (await by.get<CheckReport>('/api/v1/health/latest-report').expect(200)).body
}

/** How things stood at the last check. */
export async function readStatus(by: HttpClient): Promise<HealthStatus> {
  return (await by.get<HealthStatus>('/api/v1/health/status').expect(200)).body
}

/** The figures of the dashboard. */
export async function readMetrics(by: HttpClient): Promise<HealthMetrics> {
  return (await by.get<HealthMetrics>('/api/v1/health/metrics').expect(200)).body
}

/** What of it is still open, of the last check. */
export async function openViolations(
  by: HttpClient,
  query: Readonly<Record<string, string | number>> = {},
): Promise<readonly StoredViolation[]> {
  const path = '/api/v1/health/violations'
  const found = await by
    .get<{ items: readonly StoredViolation[] }>(path, { query: { page_size: 100, ...query } })
    .expect(200)
  return found.body.items
}

/** A violation without what only tells where it is kept. */
export function plainly(violation: Violation): Violation {
  const { user_id, specialization, progress_level, license_level } = violation
  const { kind, recommended_action } = violation
  return { user_id, specialization, progress_level, license_level, kind, recommended_action }
}
