import { forgetKeys, inTransaction, recordAudit, withLease, type Sql } from 'service-kit'
import { seasonStart } from '../age-group.ts'
import type { Service } from '../service.ts'
import type { CreditSpecialization } from '../specialization.ts'
import { expireCoaches } from '../store/coach.ts'
import { ledgers } from '../store/credit.ts'
import { expireInternships } from '../store/internship.ts'
import { licenses } from '../store/license.ts'
import { writeNotices } from '../store/notice.ts'
import { moveAgeGroups } from '../store/player.ts'
import { addDays } from '../validity.ts'
import { expireCredits } from './credit.ts'

/** What one round did. */
export interface ExpiryReport {
  readonly internships_expired: number
  readonly coaches_expired: number
  readonly notices_written: number
  readonly players_moved: number
  readonly credits_expired: number
}

const keysKeptDays = 7

/** One round of what only the passing of time asks for; `undefined` while another process is at it. */
export type ExpiryJob = () => Promise<ExpiryReport | undefined>

type Parts = Pick<Service, 'pool' | 'clock' | 'domain'>

/**
 * Makes the job by which licences and credits expire, holders are noticed, players change their
 * age group with the season, and old idempotency keys go. Doing it twice changes nothing more.
 */
export function expiryJob(service: Parts): ExpiryJob {
  const { pool, clock, domain } = service
  let seasonMoved: string | undefined
  return async () => {
    const now = clock.now()
    const season = seasonStart(now)
    const report = await withLease(pool, 'lfa-expiry', async (tx) => {
      const internships = await expireInternships(tx, now)
      const coaches = await expireCoaches(tx, now)
      const notices = await writeNotices(tx, now, domain.noticeDays)
      // Once a season: nobody's age group changes within it.
      const players = season === seasonMoved ? 0 : await movePlayers(tx, service, season)
      await forgetKeys(tx, addDays(now, -keysKeptDays))
      return {
        internships_expired: internships.length,
        coaches_expired: coaches.length,
        notices_written: notices.length,
        players_moved: players,
      }
    })
    if (report === undefined) return undefined
    seasonMoved = season
    const playerCredits = await expireLedger(service, 'LFA_PLAYER', now)
    const internshipCredits = await expireLedger(service, 'INTERNSHIP', now)
    return { ...report, credits_expired: playerCredits + internshipCredits }
  }
}

async function movePlayers(tx: Sql, { clock, domain }: Parts, season: string): Promise<number> {
  const { PRE, YOUTH } = domain.ageBands
  const moved = await moveAgeGroups(tx, season, PRE.max ?? 999, YOUTH.max ?? 999)
  for (const { id, age_group } of moved) {
    await recordAudit(tx, {
      actorId: null,
      action: 'license.move-age-group',
      entity: 'license',
      entityId: id,
      after: { age_group },
      at: clock.now(),
    })
  }
  return moved.length
}

/** One transaction for each licence, so that no caller waits for all of them. */
async function expireLedger(
  { pool }: Parts,
  specialization: CreditSpecialization,
  now: Date,
): Promise<number> {
  let expired = 0
  for (const { license_id } of await ledgers[specialization].expiring(pool, now)) {
    expired += await inTransaction(pool, async (tx) => {
      const [license] = await licenses[specialization].lock(tx, license_id, 0, now)
      return license === undefined ? 0 : expireCredits(tx, specialization, license_id, now)
    })
  }
  return expired
}
