import { randomUUID } from 'node:crypto'
import { requestError, uniqueViolation, withRetry } from 'service-kit'
import { allowed, type Actor } from '../actor.ts'
import { fail } from '../error.ts'
import type { Service } from '../service.ts'
import { licenses } from '../store/license.ts'
import { findXpEntry, grantInternshipXp, type XpEntry } from '../store/xp.ts'

export const xpSources = [
  'ATTENDANCE',
  'QUIZ',
  'PROJECT',
  'COMPETITION',
  'ACHIEVEMENT',
  'MANUAL',
] as const

type XpSource = (typeof xpSources)[number]

/** XP that somebody grants. */
export interface XpGrant {
  readonly license_id: number
  readonly xp_gained: number
  readonly source: XpSource
  readonly description?: string | undefined
}

/** The ledger row of a grant, and whether it was made by an earlier request with the same key. */
export interface XpAnswer {
  readonly entry: XpEntry
  readonly replayed: boolean
}

/**
 * Grants XP to an internship licence, once for each key. Without a key every call is a grant.
 * Throws `IDEMPOTENCY_KEY_REUSED` when the key belongs to a different grant.
 */
export async function grantXp(
  service: Service,
  actor: Actor,
  grant: XpGrant,
  key: string = randomUUID(),
): Promise<XpAnswer> {
  const { license_id, xp_gained, source, description = null } = grant
  const now = service.clock.now()
  const isAdmin = actor.role === 'ADMIN'
  try {
    const [entry] = await withRetry(() =>
      grantInternshipXp(
        service.pool,
        license_id,
        xp_gained,
        source,
        key,
        description,
        actor.id,
        now,
        isAdmin,
      ),
    )
    if (entry) return { entry, replayed: false }
  } catch (error) {
    if (uniqueViolation(error) !== 'xp_transactions_idempotency_key_key') throw error
  }
  return earlierGrant(service, actor, grant, key)
}

/** Why a grant gave no row: it was made before, or something forbids it. */
async function earlierGrant(
  { pool, clock }: Service,
  actor: Actor,
  grant: XpGrant,
  key: string,
): Promise<XpAnswer> {
  const [license] = await licenses.INTERNSHIP.byId(pool, grant.license_id, actor.id, clock.now())
  allowed(actor, license, 'teach')
  const [entry] = await findXpEntry(pool, key)
  if (entry === undefined) throw fail('LFA_LICENSE_INACTIVE')
  const isSame =
    entry.license_id === grant.license_id &&
    entry.amount === grant.xp_gained &&
    entry.source === grant.source
  if (!isSame) throw requestError('IDEMPOTENCY_KEY_REUSED')
  return { entry, replayed: true }
}
