import { recordAudit, type Sql } from 'service-kit'
import type { Actor } from '../actor.ts'
import { fail } from '../error.ts'
import { gapsOf, nextLevel, type Ladder, type Level, type Requirement } from '../level.ts'
import { eligibleLevel, promotionRequirements } from '../promotion.ts'
import type { GancujuRow } from '../schema/license.ts'
import type { Service } from '../service.ts'
import {
  addGancujuRecord,
  approvePromotion,
  clearApprovals,
  readApprovals,
  setEligibleLevel,
  setGancujuLevel,
} from '../store/gancuju.ts'
import { ladderOf } from '../store/ladder.ts'
import { recordProgression } from '../store/progression.ts'
import { lockLicense, requireActive } from './license.ts'

const dayMs = 86_400_000

/** How a promotion is asked for. */
export interface PromotionRequest {
  readonly reason?: string | undefined
  /** An admin's reason for promoting although requirements are not met. */
  readonly override_reason?: string | undefined
}

/** What became of it: `promoted` is false while another approval is needed. */
export interface PromotionResult {
  readonly license: GancujuRow
  readonly promoted: boolean
  readonly approvals: number
  readonly approvals_needed: number
}

/** What a licence can add to its record. */
export interface RecordAddition {
  readonly entered?: number
  readonly won?: number
  readonly teachingHours?: number
  readonly sessions?: number
}

/**
 * Adds to the record of a licence that the caller holds locked, and settles which level the record
 * would carry. It never promotes.
 */
export async function addToRecord(
  tx: Sql,
  { domain }: Service,
  id: number,
  addition: RecordAddition,
): Promise<GancujuRow> {
  const { entered = 0, won = 0, teachingHours = 0, sessions = 0 } = addition
  const row = first(await addGancujuRecord(tx, id, entered, won, teachingHours, sessions))
  const ladder = await ladderOf(tx, 'GANCUJU', row.ladder_version)
  const eligible = eligibleLevel(ladder, row, domain.promotion)
  return eligible === row.eligible_level ? row : first(await setEligibleLevel(tx, id, eligible))
}

/** {@link addToRecord} as an instructor or admin asks for it, with its audit entry. */
export async function creditRecord(
  tx: Sql,
  service: Service,
  actor: Actor,
  { id, addition }: { readonly id: number; readonly addition: RecordAddition },
): Promise<GancujuRow> {
  const now = service.clock.now()
  const license = await lockLicense(tx, actor, 'GANCUJU', { id, purpose: 'teach', now })
  requireActive(license, now)
  const row = await addToRecord(tx, service, id, addition)
  await recordAudit(tx, {
    actorId: actor.id,
    action: 'record.credit',
    entity: 'license',
    entityId: id,
    before: evidence(license),
    after: evidence(row),
    at: now,
  })
  return row
}

/** What a level takes and what the licence has of it at this moment. */
export function gancujuRequirements(
  service: Service,
  license: GancujuRow,
  level: Level,
): Requirement[] {
  const since = license.last_advanced_at ?? license.created_at
  const days = Math.floor((service.clock.now().getTime() - since.getTime()) / dayMs)
  return promotionRequirements(level, license, days, service.domain.promotion)
}

/**
 * Promotes by one level, or notes an approval where the level takes more than one. Who may decide
 * stands in the ladder; the same admin cannot approve twice.
 */
export async function promote(
  tx: Sql,
  service: Service,
  actor: Actor,
  { id, request }: { readonly id: number; readonly request: PromotionRequest },
): Promise<PromotionResult> {
  const now = service.clock.now()
  const license = await lockLicense(tx, actor, 'GANCUJU', { id, purpose: 'teach', now })
  requireActive(license, now)
  const ladder = await ladderOf(tx, 'GANCUJU', license.ladder_version)
  const level = nextLevel(ladder, license.current_level)
  if (level === undefined) throw fail('LFA_LEVEL_MAX')
  requireApprover(actor, level)
  const isOverride = request.override_reason !== undefined
  if (isOverride && actor.role !== 'ADMIN') throw fail('LFA_OVERRIDE_NOT_YOURS')
  const gaps = gapsOf(gancujuRequirements(service, license, level))
  if (gaps.length > 0 && !isOverride) throw fail('LFA_PROMOTION_NOT_EARNED', gaps)

  const approvers = await approve(tx, license, level, { actor, now })
  const open = { approvals: approvers.length, approvals_needed: level.approvals }
  if (approvers.length < level.approvals) return { license, promoted: false, ...open }
  const changed = await changeLevel(tx, service, ladder, {
    license,
    toLevel: level.level,
    actor,
    reason: request.override_reason ?? request.reason ?? null,
    requirementsMet: { record: evidence(license), gaps, approved_by: approvers },
    isOverride,
  })
  return { license: changed, promoted: true, ...open }
}

/** Takes one level back; the highest level ever reached stays. */
export async function demote(
  tx: Sql,
  service: Service,
  actor: Actor,
  { id, reason }: { readonly id: number; readonly reason: string },
): Promise<GancujuRow> {
  const now = service.clock.now()
  const license = await lockLicense(tx, actor, 'GANCUJU', { id, purpose: 'teach', now })
  requireActive(license, now)
  const ladder = await ladderOf(tx, 'GANCUJU', license.ladder_version)
  const held = ladder.find((row) => row.level === license.current_level)
  if (held === undefined || held.level === 1) throw fail('LFA_LEVEL_MIN')
  requireApprover(actor, held)
  return changeLevel(tx, service, ladder, {
    license,
    toLevel: held.level - 1,
    actor,
    reason,
    requirementsMet: null,
    isOverride: false,
  })
}

function requireApprover(actor: Actor, level: Level): void {
  if (level.approver_role === 'ADMIN' && actor.role !== 'ADMIN') {
    throw fail('LFA_PROMOTION_NOT_YOURS')
  }
}

/** The admins or instructors who agree, the caller among them; the licence is held locked. */
async function approve(
  tx: Sql,
  license: GancujuRow,
  level: Level,
  { actor, now }: { readonly actor: Actor; readonly now: Date },
): Promise<number[]> {
  if (level.approvals === 1) return [actor.id]
  const noted = await approvePromotion(tx, license.id, level.level, actor.id, now)
  if (noted.length === 0) throw fail('LFA_PROMOTION_APPROVED')
  await recordAudit(tx, {
    actorId: actor.id,
    action: 'license.approve-promotion',
    entity: 'license',
    entityId: license.id,
    after: { to_level: level.level },
    at: now,
  })
  const approvals = await readApprovals(tx, license.id, level.level)
  return approvals.map((row) => row.approved_by)
}

interface LevelChange {
  readonly license: GancujuRow
  readonly toLevel: number
  readonly actor: Actor
  readonly reason: string | null
  readonly requirementsMet: unknown
  readonly isOverride: boolean
}

async function changeLevel(
  tx: Sql,
  { clock, domain }: Service,
  ladder: Ladder,
  change: LevelChange,
): Promise<GancujuRow> {
  const { license, toLevel, actor, reason, isOverride } = change
  const at = clock.now()
  const eligible = eligibleLevel(ladder, { ...license, current_level: toLevel }, domain.promotion)
  const row = first(await setGancujuLevel(tx, license.id, toLevel, eligible, at))
  await clearApprovals(tx, license.id)
  await recordProgression(tx, {
    specialization: 'GANCUJU',
    licenseId: license.id,
    fromLevel: license.current_level,
    toLevel,
    advancedBy: actor.id,
    reason,
    requirementsMet: change.requirementsMet,
    isOverride,
    at,
  })
  await recordAudit(tx, {
    actorId: actor.id,
    action: toLevel > license.current_level ? 'license.promote' : 'license.demote',
    entity: 'license',
    entityId: license.id,
    before: { current_level: license.current_level },
    after: { current_level: toLevel, reason, is_override: isOverride },
    at,
  })
  return row
}

function evidence(license: GancujuRow): unknown {
  const { sessions_attended, competitions_entered, competitions_won, win_rate, teaching_hours } =
    license
  return { sessions_attended, competitions_entered, competitions_won, win_rate, teaching_hours }
}

/** The row of an update by a lock's holder, which is always there. */
function first<Row>(rows: readonly Row[]): Row {
  return rows[0] as Row
}
