import type { Actor } from '../actor.ts'
import { levelsOf, lockedCard, skillsOf } from '../card.ts'
import { nextLevel } from '../level.ts'
import { programmeStatus } from '../programme.ts'
import type { LicenseCard } from '../schema/card.ts'
import type { Service } from '../service.ts'
import { ledgers } from '../store/credit.ts'
import { ladderOf } from '../store/ladder.ts'
import { licenses } from '../store/license.ts'
import { daysRemaining } from '../validity.ts'
import { statusNow } from '../view.ts'
import { coachRequirements } from './certification.ts'
import { gancujuRequirements } from './promotion.ts'

/** One card for each specialization, whether the caller has a licence of it or not. */
export async function ownCards(service: Service, { id }: Actor): Promise<LicenseCard[]> {
  return Promise.all([
    playerCard(service, id),
    gancujuCard(service, id),
    internshipCard(service, id),
    coachCard(service, id),
  ])
}

async function playerCard(service: Service, userId: number): Promise<LicenseCard> {
  const { pool } = service
  const card = lockedCard('LFA_PLAYER')
  const [row] = await licenses.LFA_PLAYER.ofUser(pool, userId)
  if (row === undefined) return card
  return {
    ...card,
    license_id: row.id,
    is_active: row.is_active,
    status: 'perpetual',
    credit_balance: row.credit_balance,
    pending_credits: await pendingCredits(service, 'LFA_PLAYER', row.id),
    age_group: row.age_group,
    overall_avg: row.overall_avg,
    skills: skillsOf(row),
  }
}

async function gancujuCard(service: Service, userId: number): Promise<LicenseCard> {
  const { pool } = service
  const card = lockedCard('GANCUJU')
  const [row] = await licenses.GANCUJU.ofUser(pool, userId)
  if (row === undefined) return card
  const ladder = await ladderOf(pool, 'GANCUJU', row.ladder_version)
  return {
    ...card,
    license_id: row.id,
    is_active: row.is_active,
    status: 'perpetual',
    ...levelsOf(ladder, row, (next) => gancujuRequirements(service, row, next)),
  }
}

async function internshipCard(service: Service, userId: number): Promise<LicenseCard> {
  const { pool, domain } = service
  const card = lockedCard('INTERNSHIP')
  const [row] = await licenses.INTERNSHIP.ofUser(pool, userId)
  if (row === undefined) return card
  const ladder = await ladderOf(pool, 'INTERNSHIP', row.ladder_version)
  return {
    ...card,
    license_id: row.id,
    is_active: row.is_active,
    ...validityOf(service, row.expires_at),
    renewal_cost_credits: domain.renewalCostCredits,
    credit_balance: row.credit_balance,
    pending_credits: await pendingCredits(service, 'INTERNSHIP', row.id),
    ...levelsOf(ladder, row, (next) => [['total_xp', next.required_xp, row.total_xp]]),
    programme_status: programmeStatus(row.total_xp, row.capstone_approved_at),
  }
}

async function coachCard(service: Service, userId: number): Promise<LicenseCard> {
  const { pool } = service
  const card = lockedCard('COACH')
  const [row] = await licenses.COACH.ofUser(pool, userId)
  if (row === undefined) return card
  const ladder = await ladderOf(pool, 'COACH', row.ladder_version)
  const next = nextLevel(ladder, row.current_level)
  const requirements = next ? await coachRequirements(pool, service, row, next) : []
  return {
    ...card,
    license_id: row.id,
    is_active: row.is_active,
    ...validityOf(service, row.expires_at),
    renewal_cost_credits: 0,
    ...levelsOf(ladder, row, () => requirements),
  }
}

function validityOf(
  service: Service,
  expiresAt: Date,
): Pick<LicenseCard, 'status' | 'expires_at' | 'days_remaining'> {
  return {
    status: statusNow(service, expiresAt),
    expires_at: expiresAt,
    days_remaining: daysRemaining(expiresAt, service.clock.now()),
  }
}

async function pendingCredits(
  { pool, clock }: Service,
  specialization: 'LFA_PLAYER' | 'INTERNSHIP',
  licenseId: number,
): Promise<number> {
  const [balance] = await ledgers[specialization].balance(pool, licenseId, clock.now())
  return balance?.pending_credits ?? 0
}
