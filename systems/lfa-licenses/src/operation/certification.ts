import { recordAudit, type Sql } from 'service-kit'
import type { Actor } from '../actor.ts'
import { certificationRequirements, examinationGaps, type Examination } from '../certification.ts'
import { fail } from '../error.ts'
import { gapsOf, nextLevel, type Level, type Requirement } from '../level.ts'
import type { CoachRow } from '../schema/license.ts'
import type { Service } from '../service.ts'
import { readCoachBackground, setCoachLevel } from '../store/coach.ts'
import { ladderOf } from '../store/ladder.ts'
import { recordProgression } from '../store/progression.ts'
import { lockLicense, requireActive } from './license.ts'

/** How a certification is asked for. */
export interface CertificationRequest extends Examination {
  readonly reason?: string | undefined
  /** A reason for certifying although requirements are not met. */
  readonly override_reason?: string | undefined
}

/** What a level takes and what the licence has of it at this moment, the examination aside. */
export async function coachRequirements(
  sql: Sql,
  { clock, domain }: Service,
  license: CoachRow,
  level: Level,
): Promise<Requirement[]> {
  const [found] = await readCoachBackground(sql, license.id)
  const record = { ...license, total_xp: 0, sessions: 0, date_of_birth: null, ...found }
  const today = clock.now().toISOString().slice(0, 10)
  return certificationRequirements(level, record, today, domain.certification)
}

/** Raises a coach by one level after an examination. Only an admin gets here. */
export async function certify(
  tx: Sql,
  service: Service,
  actor: Actor,
  { id, request }: { readonly id: number; readonly request: CertificationRequest },
): Promise<CoachRow> {
  const now = service.clock.now()
  const license = await lockLicense(tx, actor, 'COACH', { id, purpose: 'teach', now })
  requireActive(license, now)
  const level = nextLevel(
    await ladderOf(tx, 'COACH', license.ladder_version),
    license.current_level,
  )
  if (level === undefined) throw fail('LFA_LEVEL_MAX')
  const requirements = await coachRequirements(tx, service, license, level)
  const gaps = [...gapsOf(requirements), ...examinationGaps(level, request)]
  const isOverride = request.override_reason !== undefined
  if (gaps.length > 0 && !isOverride) throw fail('LFA_PROMOTION_NOT_EARNED', gaps)

  const [row] = await setCoachLevel(tx, id, level.level, now)
  const reason = request.override_reason ?? request.reason ?? null
  const { exam_score_percent, first_aid_certificate } = request
  const { current_level } = license
  await recordProgression(tx, {
    specialization: 'COACH',
    licenseId: id,
    fromLevel: current_level,
    toLevel: level.level,
    advancedBy: actor.id,
    reason,
    requirementsMet: {
      record: Object.fromEntries(requirements.map(([name, , actual]) => [name, actual])),
      examination: { exam_score_percent, first_aid_certificate },
      gaps,
    },
    isOverride,
    at: now,
  })
  await recordAudit(tx, {
    actorId: actor.id,
    action: 'license.promote',
    entity: 'license',
    entityId: id,
    before: { current_level },
    after: { current_level: level.level, reason, is_override: isOverride },
    at: now,
  })
  return row as CoachRow
}
