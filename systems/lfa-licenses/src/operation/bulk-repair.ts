import { withLease } from 'service-kit'
import { coupledSpecialization, type CoupledSpecialization } from '../coupled.ts'
import { fail } from '../error.ts'
import type { BulkRepair, Repair } from '../schema/progress.ts'
import type { Service } from '../service.ts'
import { findingsOf, listFindings, type Finding } from '../store/inconsistency.ts'
import type { Pair } from './coupling.ts'
import { needsPerson, repairPair, type RepairRequest } from './repair.ts'

/** How many results an answer shows; its counts cover all. */
const shownMax = 100
/** Pairs that are repaired at the same time. */
const lanes = 2
const pairsMax = 10_000_000

/** Repairs every pair in which something is wrong; one process does it at a time. */
export async function repairAll(
  service: Service,
  request: RepairRequest & { readonly specialization: CoupledSpecialization | null },
): Promise<BulkRepair> {
  const { pool, clock } = service
  const result = await withLease(pool, 'lfa-sync-all', async (tx) => {
    const { specialization } = request
    const now = clock.now()
    const found = await listFindings(tx, now, null, specialization, null, pairsMax, 0)
    return repairFound(service, found, request)
  })
  if (result === undefined) throw fail('LFA_SYNC_RUNNING')
  return result
}

/** Repairs every pair of one user in which something is wrong. */
export async function repairUser(
  service: Service,
  userId: number,
  request: RepairRequest,
): Promise<BulkRepair> {
  const found = await findingsOf(service.pool, service.clock.now(), userId)
  return repairFound(service, found, request)
}

async function repairFound(
  service: Service,
  found: readonly Finding[],
  request: RepairRequest,
): Promise<BulkRepair> {
  const startedAt = performance.now()
  const { mendable, unrepaired, total } = pairsOf(found)
  const results: Repair[] = []
  let synced = 0
  let failed = 0
  const waiting = mendable.values()
  const lane = async (): Promise<void> => {
    for (const pair of waiting) {
      const result = await tryRepair(service, pair, request)
      if (result.success) synced += 1
      else failed += 1
      if (results.length < shownMax) results.push(result)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return {
    dry_run: request.dryRun,
    direction: request.direction,
    found: total,
    synced,
    failed,
    unrepaired,
    duration_ms: Math.round(performance.now() - startedAt),
    results,
  }
}

/** One pair that cannot be repaired does not stop the others. */
async function tryRepair(service: Service, pair: Pair, request: RepairRequest): Promise<Repair> {
  try {
    return await repairPair(service, pair, request)
  } catch (error) {
    service.log.error({ err: error, ...pair }, 'repair failed')
    return {
      user_id: pair.userId,
      specialization_id: pair.specialization,
      dry_run: request.dryRun,
      success: false,
      changed: false,
      actions: [],
      before: { progress_level: null, license_level: null },
      after: { progress_level: null, license_level: null },
      is_consistent: false,
      remaining: [],
      error: 'database_error',
    }
  }
}

/** The pairs among findings: those that a sync mends, and how many need a person. */
function pairsOf(found: readonly Finding[]): {
  mendable: Pair[]
  unrepaired: number
  total: number
} {
  const mendable = new Map<string, Pair>()
  const all = new Set<string>()
  const left = new Set<string>()
  for (const finding of found) {
    const key = `${finding.user_id} ${finding.specialization}`
    const specialization = coupledSpecialization(finding.specialization)
    all.add(key)
    if (specialization === undefined || needsPerson(finding)) left.add(key)
    else mendable.set(key, { userId: finding.user_id, specialization })
  }
  return { mendable: [...mendable.values()], unrepaired: left.size, total: all.size }
}
