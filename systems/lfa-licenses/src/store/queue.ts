import { statement, type Sql } from 'service-kit'
import type { CoachRow, GancujuRow } from '../schema/license.ts'
import type { PendingPayment } from '../schema/queue.ts'
import { background, type CoachBackground } from './coach.ts'
import { columnsOf, inScope } from './license.ts'

const purchases = (prefix: string, specialization: string): string =>
  `select 'PURCHASE', t.id, '${specialization}', l.user_id, null, t.amount,
     t.payment_reference_code, t.payment_proof_url, t.created_at
   from ${prefix}_credit_transactions t join ${prefix}_licenses l on l.id = t.license_id
   where t.type = 'PURCHASE' and not t.payment_verified`

const unpaid = `(
  select 'ENROLLMENT' as kind, e.enrollment_id as id, e.specialization_type, e.user_id,
    m.name as semester_name, m.cost_credits as credits, e.payment_reference_code,
    e.payment_proof_url, e.created_at
  from v_enrollments e join semesters m on m.id = e.semester_id
  where not e.payment_verified and e.status = 'ENROLLED'
  union all ${purchases('lfa_player', 'LFA_PLAYER')}
  union all ${purchases('internship', 'INTERNSHIP')}
)`

/** Payments that wait for an admin, the oldest first. */
export const readPendingPayments = statement<PendingPayment, [limit: number, offset: number]>(
  'queue-payments',
  `select p.*, u.name as holder_name from ${unpaid} p join users u on u.id = p.user_id
   order by p.created_at, p.kind, p.id limit $1 offset $2`,
)

const paymentCount = statement<{ total: number }, []>(
  'queue-payments-count',
  `select count(*) as total from ${unpaid} p`,
)

export async function countPendingPayments(sql: Sql): Promise<number> {
  return (await paymentCount(sql))[0]?.total ?? 0
}

/** A GānCuju licence that may be ready for its next level, and who has approved that. */
export interface GancujuCandidate extends GancujuRow {
  readonly holder_name: string
  readonly approvals: number
  readonly approved_by_me: boolean
}

/**
 * Active licences that the caller may decide on, or sees an admin decide on, by name: those whose
 * competitions and teaching hours are enough, which counts however the switches are set.
 */
export const readGancujuCandidates = statement<
  GancujuCandidate,
  [actorId: number, isAdmin: boolean, now: Date]
>(
  'queue-gancuju',
  `select ${columnsOf.GANCUJU}, u.name as holder_name,
     (select count(*)::integer from promotion_approvals a
      where a.gancuju_license_id = l.id and a.to_level = v.level) as approvals,
     exists (select from promotion_approvals a
      where a.gancuju_license_id = l.id and a.to_level = v.level
        and a.approved_by = $1) as approved_by_me
   from gancuju_licenses l join users u on u.id = l.user_id ${nextLevelOf('GANCUJU')}
   where l.is_active and l.competitions_entered >= v.competitions_entered
     and l.competitions_won >= v.competitions_won and l.teaching_hours >= v.teaching_hours
     and ($2 or (l.user_id <> $1 and ${inScope('GANCUJU', '$1', '$3')}))
   order by u.name, l.id`,
)

/** A coach's licence that may be ready for its next level. */
export interface CoachCandidate extends CoachRow, CoachBackground {
  readonly holder_name: string
}

/** Licences in force, by name, whose teaching hours are enough, where they count. */
export const readCoachCandidates = statement<
  CoachCandidate,
  [requireTeachingHours: boolean, now: Date]
>(
  'queue-coach',
  `select ${columnsOf.COACH}, u.name as holder_name, ${background.columns}
   from ${background.from} ${nextLevelOf('COACH')}
   where l.is_active and l.expires_at > $2 and (not $1 or l.teaching_hours >= v.teaching_hours)
   order by u.name, l.id`,
)

function nextLevelOf(ladder: 'GANCUJU' | 'COACH'): string {
  return `join spec_levels v on v.ladder_id = '${ladder}' and v.version = l.ladder_version
    and v.level = l.current_level + 1`
}
