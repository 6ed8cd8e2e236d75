import { z } from 'zod'
import { healthStatuses, violationKinds } from '../integrity.ts'
import { inconsistency } from './progress.ts'

const checkTriggers = ['SCHEDULED', 'MANUAL'] as const

const counts = {
  /** Pairs of user and specialization; the older name of `pairs_checked`. */
  total_checked: z.int(),
  pairs_checked: z.int(),
  users_checked: z.int(),
  consistent: z.int(),
  inconsistent: z.int(),
  consistency_rate: z.number(),
}

const kindCounts = z.partialRecord(z.enum(violationKinds), z.int())

/** One check, as it is stored and as its report file has it. */
export const check = z.object({
  /** Null for a dry run, which is not stored. */
  check_id: z.int().nullable(),
  started_at: z.date(),
  duration_ms: z.int(),
  ...counts,
  status: z.enum(healthStatuses),
  previous_status: z.enum(healthStatuses),
  trigger: z.enum(checkTriggers),
  dry_run: z.boolean(),
  report_file: z.string().nullable(),
  /** Of all violations; a pair may have several. */
  violations_total: z.int(),
  by_kind: kindCounts,
})

export type Check = z.infer<typeof check>

/** A check with the first of what it found. */
export const checkReport = check.extend({ violations: z.array(inconsistency) })

export type CheckReport = z.infer<typeof checkReport>

/** How things stand; figures are null before the first check. */
export const healthState = z.object({
  status: z.enum(healthStatuses),
  consistency_rate: z.number().nullable(),
  pairs_checked: z.int().nullable(),
  users_checked: z.int().nullable(),
  total_checked: z.int().nullable(),
  consistent: z.int().nullable(),
  inconsistent: z.int().nullable(),
  last_check_id: z.int().nullable(),
  last_checked_at: z.date().nullable(),
  next_check_at: z.date().nullable(),
  trigger: z.enum(checkTriggers).nullable(),
  duration_ms: z.int().nullable(),
  thresholds: z.object({ healthy: z.number(), degraded: z.number() }),
})

export type HealthState = z.infer<typeof healthState>

/** A violation that a check stored. */
export const violation = inconsistency.extend({
  id: z.int(),
  check_id: z.int(),
  found_at: z.date(),
  resolved_at: z.date().nullable(),
})

export type Violation = z.infer<typeof violation>

/** That the status became worse. */
const alert = z.object({
  id: z.int(),
  check_id: z.int(),
  from_status: z.enum(healthStatuses),
  to_status: z.enum(healthStatuses),
  consistency_rate: z.number(),
  raised_at: z.date(),
})

/** Figures for the dashboard. */
export const healthMetrics = z.object({
  checks_total: z.int(),
  checks_last_day: z.int(),
  average_rate_last_day: z.number().nullable(),
  average_duration_ms: z.number().nullable(),
  last_duration_ms: z.int().nullable(),
  violations_open: z.int(),
  violations_resolved_last_day: z.int(),
  alerts_last_day: z.int(),
  by_kind: kindCounts,
  by_specialization: z.record(z.string(), z.int()),
  /** Newest last. */
  history: z.array(
    z.object({
      check_id: z.int(),
      started_at: z.date(),
      consistency_rate: z.number(),
      inconsistent: z.int(),
      status: z.enum(healthStatuses),
      trigger: z.enum(checkTriggers),
    }),
  ),
  /** Newest first. */
  alerts: z.array(alert),
  system: z.object({
    version: z.string(),
    check_interval_ms: z.int(),
    sync_interval_ms: z.int(),
    cache_ms: z.int(),
    pairs_total: z.int().nullable(),
    users_total: z.int(),
  }),
})

export type HealthMetrics = z.infer<typeof healthMetrics>
