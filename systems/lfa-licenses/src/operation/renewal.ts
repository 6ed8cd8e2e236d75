import { recordAudit, type Sql } from 'service-kit'
import type { Actor } from '../actor.ts'
import { fail } from '../error.ts'
import type { CoachRow, InternshipRow } from '../schema/license.ts'
import type { Service } from '../service.ts'
import { renewCoach } from '../store/coach.ts'
import { ledgers } from '../store/credit.ts'
import { renewInternship } from '../store/internship.ts'
import { renewedUntil } from '../validity.ts'
import { expireCredits } from './credit.ts'
import { lockLicense } from './license.ts'

/**
 * Gives an internship licence more months, counted from its expiry or from now, and active again.
 * Takes the price from the licence's own credits; throws `LFA_CREDITS_INSUFFICIENT` without them.
 */
export async function renewInternshipLicense(
  tx: Sql,
  service: Service,
  actor: Actor,
  { id, key }: { readonly id: number; readonly key: string | null },
): Promise<InternshipRow> {
  const { clock, domain } = service
  const now = clock.now()
  const license = await lockLicense(tx, actor, 'INTERNSHIP', { id, purpose: 'hold', now })
  await expireCredits(tx, 'INTERNSHIP', id, now)
  const until = renewedUntil(license.expires_at, now, domain.internshipValidityMonths)
  const cost = domain.renewalCostCredits
  const [row] = await renewInternship(tx, id, until, cost)
  if (row === undefined) throw fail('LFA_CREDITS_INSUFFICIENT', { needed: cost })
  if (cost > 0) await ledgers.INTERNSHIP.enterRenewal(tx, id, cost, actor.id, key, now)
  await auditRenewal(tx, actor, { id, from: license.expires_at, until, at: now })
  return row
}

/** Gives a coach licence more months and makes it active again; coaches have no credits to pay. */
export async function renewCoachLicense(
  tx: Sql,
  { clock, domain }: Service,
  actor: Actor,
  id: number,
): Promise<CoachRow> {
  const now = clock.now()
  const license = await lockLicense(tx, actor, 'COACH', { id, purpose: 'hold', now })
  const until = renewedUntil(license.expires_at, now, domain.coachValidityMonths)
  const [row] = await renewCoach(tx, id, until)
  await auditRenewal(tx, actor, { id, from: license.expires_at, until, at: now })
  return row as CoachRow
}

interface Renewal {
  readonly id: number
  readonly from: Date
  readonly until: Date
  readonly at: Date
}

function auditRenewal(tx: Sql, actor: Actor, { id, from, until, at }: Renewal): Promise<void> {
  return recordAudit(tx, {
    actorId: actor.id,
    action: 'license.renew',
    entity: 'license',
    entityId: id,
    before: { expires_at: from },
    after: { expires_at: until },
    at,
  })
}
