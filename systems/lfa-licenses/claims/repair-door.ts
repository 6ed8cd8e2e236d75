import type { HttpClient } from 'etalon'
import type { PendingResponse } from 'etalon/http'
import type { Pair } from './coupled-pair.ts'

const door = '/api/v1/licenses/admin/sync'

/** Which side is believed where the levels differ. */
export type Direction = 'progress_to_license' | 'license_to_progress' | 'recommended'

/** What a repair of a pair answers. */
export interface Repair {
  readonly user_id: number
  readonly specialization_id: string
  readonly changed: boolean
  readonly actions: readonly string[]
  readonly is_consistent: boolean
  readonly remaining: readonly string[]
}

/** What a repair of many pairs answers. */
export interface BulkRepair {
  readonly found: number
  readonly synced: number
  readonly failed: number
  readonly unrepaired: number
  readonly results: readonly Repair[]
}

/** Something that is wrong now. */
export interface Issue {
  readonly user_id: number
  readonly specialization: string
  readonly kind: string
  readonly recommended_action: string
}

/** Asks whether both sides of a pair agree. */
export function validate(
  by: HttpClient,
  { studentId, specialization }: Pair,
): PendingResponse<{ readonly issues: readonly Issue[] }> {
  return by.get(`${door}/user/${studentId}`, { query: { specialization_id: specialization } })
}

/** Repairs a pair. */
export function repair(
  by: HttpClient,
  { studentId, specialization }: Pair,
  { direction, dryRun = false }: { readonly direction?: Direction; readonly dryRun?: boolean } = {},
): PendingResponse<Repair> {
  const body = { specialization_id: specialization, ...(direction && { direction }) }
  const query = { dry_run: String(dryRun) }
  return by.post(`${door}/user/${studentId}`, body, { query })
}

/** Repairs all pairs of a user, or of everybody. */
export function repairAll(
  by: HttpClient,
  { userId, dryRun, ...body }: BulkRequest,
): PendingResponse<BulkRepair> {
  const path = userId === undefined ? `${door}/all` : `${door}/user/${userId}/all`
  return by.post(path, body, { query: { dry_run: String(dryRun) } })
}

interface BulkRequest {
  readonly userId?: number
  readonly dryRun: boolean
  readonly direction?: Direction
  readonly specialization_id?: string
}
