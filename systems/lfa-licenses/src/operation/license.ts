import { inTransaction, recordAudit, requestError, type Sql } from 'service-kit'
import { allowed, type Actor, type Purpose } from '../actor.ts'
import {
  ageGroupAt,
  ageInYears,
  isInBand,
  seasonStart,
  type AgeBands,
  type AgeGroup,
} from '../age-group.ts'
import { fail } from '../error.ts'
import type { Service } from '../service.ts'
import type { Specialization } from '../specialization.ts'
import { insertCoach } from '../store/coach.ts'
import { insertGancuju } from '../store/gancuju.ts'
import { insertInternship } from '../store/internship.ts'
import {
  deleteLicense,
  findAnyLicense,
  licenses,
  type LicenseRows,
  type LocatedLicense,
} from '../store/license.ts'
import { insertPlayer } from '../store/player.ts'
import { findApplicant } from '../store/user.ts'
import { addMonths } from '../validity.ts'

/** For whom a licence is issued; without a user, for the caller. */
export interface LicenseRequest {
  readonly user_id?: number | undefined
  readonly age_group?: AgeGroup | undefined
}

/**
 * Issues a licence. Everyone may have one active licence in each specialization; only an admin
 * issues them to others.
 */
export async function createLicense<Name extends Specialization>(
  service: Service,
  actor: Actor,
  specialization: Name,
  request: LicenseRequest,
): Promise<LicenseRows[Name]> {
  const userId = request.user_id ?? actor.id
  if (userId !== actor.id && actor.role !== 'ADMIN') throw requestError('FORBIDDEN')
  const now = service.clock.now()
  return inTransaction(service.pool, async (tx) => {
    const [applicant] = await findApplicant(tx, userId, specialization)
    if (applicant === undefined) throw fail('LFA_USER_UNKNOWN')
    const { date_of_birth: birth, min_age: minAge } = applicant
    if (birth !== null && ageInYears(birth, now.toISOString().slice(0, 10)) < minAge) {
      throw fail('LFA_AGE_NOT_ALLOWED', { min_age: minAge })
    }
    const row = await insertLicense(tx, service, specialization, { userId, birth, request, now })
    await recordAudit(tx, {
      actorId: actor.id,
      action: 'license.create',
      entity: 'license',
      entityId: row.id,
      after: row,
      at: now,
    })
    return row as LicenseRows[Name]
  })
}

interface Applicant {
  readonly userId: number
  readonly birth: string | null
  readonly request: LicenseRequest
  readonly now: Date
}

async function insertLicense(
  tx: Sql,
  { domain }: Service,
  specialization: Specialization,
  applicant: Applicant,
): Promise<LicenseRows[Specialization]> {
  const { userId, now } = applicant
  const insert = (): Promise<LicenseRows[Specialization][]> => {
    switch (specialization) {
      case 'LFA_PLAYER':
        return insertPlayer(tx, userId, ageGroupOf(applicant, domain.ageBands), now)
      case 'GANCUJU':
        return insertGancuju(tx, userId, now)
      case 'INTERNSHIP':
        return insertInternship(tx, userId, addMonths(now, domain.internshipValidityMonths), now)
      case 'COACH':
        return insertCoach(tx, userId, addMonths(now, domain.coachValidityMonths), now)
    }
  }
  return (await insert())[0] as LicenseRows[Specialization]
}

/** The group asked for if the age fits it, else the group of the age. */
function ageGroupOf({ birth, request, now }: Applicant, bands: AgeBands): AgeGroup {
  const asked = request.age_group
  if (birth === null) {
    if (asked === undefined) throw fail('LFA_AGE_UNKNOWN')
    return asked
  }
  const age = ageInYears(birth, seasonStart(now))
  const group = asked ?? ageGroupAt(bands, birth, now)
  if (group !== undefined && isInBand(bands[group], age)) return group
  throw fail('LFA_AGE_NOT_ALLOWED', { age_at_season_start: age, age_group: group ?? null })
}

/** The caller's own licence: the active one, else the newest. */
export async function ownLicense<Name extends Specialization>(
  service: Service,
  actor: Actor,
  specialization: Name,
): Promise<LicenseRows[Name]> {
  const [row] = await licenses[specialization].ofUser(service.reads, actor.id)
  if (row === undefined) throw fail('LFA_LICENSE_UNKNOWN')
  return row
}

/** A licence by its id, if the caller may read it. */
export async function readLicense<Name extends Specialization>(
  service: Service,
  actor: Actor,
  specialization: Name,
  id: number,
): Promise<LicenseRows[Name]> {
  const [row] = await licenses[specialization].byId(
    service.reads,
    id,
    actor.id,
    service.clock.now(),
  )
  return allowed(actor, row, 'read')
}

/** The same for a licence of whichever specialization. */
export async function readAnyLicense(
  service: Service,
  actor: Actor,
  id: number,
): Promise<LocatedLicense> {
  const { reads, clock } = service
  return allowed(actor, await findAnyLicense(reads, id, actor.id, clock.now()), 'read')
}

/** Holds a licence until the transaction ends, if the caller may use it for the purpose. */
export async function lockLicense<Name extends Specialization>(
  tx: Sql,
  actor: Actor,
  specialization: Name,
  of: { readonly id: number; readonly purpose: Purpose; readonly now: Date },
): Promise<LicenseRows[Name]> {
  const [row] = await licenses[specialization].lock(tx, of.id, actor.id, of.now)
  return allowed(actor, row, of.purpose)
}

/** Throws unless the licence may be used now: it is active, and its time is not up. */
export function requireActive(
  license: { readonly is_active: boolean; readonly expires_at?: Date | null },
  now: Date,
): void {
  const { is_active, expires_at = null } = license
  if (!is_active || (expires_at !== null && expires_at <= now)) throw fail('LFA_LICENSE_INACTIVE')
}

/** Deletes a licence and everything that hangs on it, and nothing else. */
export async function removeLicense(service: Service, actor: Actor, id: number): Promise<void> {
  await inTransaction(service.pool, async (tx) => {
    const now = service.clock.now()
    const found = await findAnyLicense(tx, id, actor.id, now)
    if (found === undefined) throw fail('LFA_LICENSE_UNKNOWN')
    const row = await deleteLicense(tx, found.specialization_type, id)
    if (row === undefined) throw fail('LFA_LICENSE_UNKNOWN')
    await recordAudit(tx, {
      actorId: actor.id,
      action: 'license.delete',
      entity: 'license',
      entityId: id,
      before: row,
      at: now,
    })
  })
}
