/** What can be wrong with the records of one user in one specialization. */
export const violationKinds = [
  'missing_license',
  'missing_progress',
  'level_mismatch',
  'max_below_current',
  'xp_below_level',
  'balance_mismatch',
  'expired_active',
] as const

export type ViolationKind = (typeof violationKinds)[number]

/** What mends each kind. */
export const repairActions = [
  'create_license_from_progress',
  'create_progress_from_license',
  'sync_progress_to_license',
  'sync_license_to_progress',
  'raise_max_level',
  'raise_xp_to_level',
  'review_credit_ledger',
  'deactivate_license',
] as const

export type RepairAction = (typeof repairActions)[number]

/** The levels of both sides; null where there is no row. */
export interface LevelPair {
  readonly progress_level: number | null
  readonly license_level: number | null
}

const actionOf = {
  missing_license: 'create_license_from_progress',
  missing_progress: 'create_progress_from_license',
  max_below_current: 'raise_max_level',
  xp_below_level: 'raise_xp_to_level',
  balance_mismatch: 'review_credit_ledger',
  expired_active: 'deactivate_license',
} as const satisfies Omit<Record<ViolationKind, RepairAction>, 'level_mismatch'>

/** What to do about a violation: of two different levels the higher one is copied. */
export function recommendedAction(kind: ViolationKind, levels: LevelPair): RepairAction {
  if (kind !== 'level_mismatch') return actionOf[kind]
  return (levels.progress_level ?? 0) > (levels.license_level ?? 0)
    ? 'sync_progress_to_license'
    : 'sync_license_to_progress'
}

export const healthStatuses = ['unknown', 'healthy', 'degraded', 'critical'] as const

export type HealthStatus = (typeof healthStatuses)[number]

/** The least consistency of each status, in percent. */
export const statusThresholds = { healthy: 99, degraded: 95 } as const

/**
 * Consistent pairs in percent, with two decimals; nothing checked is nothing wrong. It is 100 only
 * when nothing is wrong, however many pairs there are.
 */
export function consistencyRate(consistent: number, checked: number): number {
  if (consistent === checked) return 100
  return Math.min(99.99, Math.round((consistent / checked) * 10_000) / 100)
}

/**
 * The status that a check found. Judged by the counts, not by the rounded rate: 98.996 percent is
 * shown as 99.00 and is not healthy.
 */
export function healthStatus(
  consistent: number,
  checked: number,
): Exclude<HealthStatus, 'unknown'> {
  if (consistent * 100 >= checked * statusThresholds.healthy) return 'healthy'
  return consistent * 100 >= checked * statusThresholds.degraded ? 'degraded' : 'critical'
}

/** Whether a status is worse than the one before; after `unknown`, whether it is not healthy. */
export function hasWorsened(before: HealthStatus, after: HealthStatus): boolean {
  const severity = (status: HealthStatus): number =>
    status === 'unknown' ? 1 : healthStatuses.indexOf(status)
  return severity(after) > severity(before)
}
