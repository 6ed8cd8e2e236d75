import { statement, type Sql } from 'service-kit'
import type { PendingPayment, PromotionCandidate } from '../schema/queue.ts'
import { inScope } from './license.ts'

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

/** Who asks, whether for everyone, and which of a coach's hours count. */
type CandidateFilter = [
  actorId: number,
  isAdmin: boolean,
  requireHours: boolean,
  requireTeachingHours: boolean,
  now: Date,
]

const candidates = `(
  select 'GANCUJU' as specialization_type, l.id as license_id, l.user_id, l.current_level,
    v.level as to_level, v.name as to_name, v.color as to_color, v.approver_role,
    v.approvals as approvals_needed, l.competitions_entered, l.competitions_won, l.win_rate,
    null::integer as theory_hours, null::integer as practice_hours, l.teaching_hours,
    v.exam_pass_percent
  from gancuju_licenses l
  join spec_levels v on v.ladder_id = 'GANCUJU' and v.version = l.ladder_version
    and v.level = l.current_level + 1
  where l.is_active and l.eligible_level > l.current_level
    and ($2 or (l.user_id <> $1 and ${inScope('GANCUJU', '$1', '$5')}))
  union all
  select 'COACH', l.id, l.user_id, l.current_level, v.level, v.name, null, v.approver_role,
    v.approvals, null, null, null, l.theory_hours, l.practice_hours, l.teaching_hours,
    v.exam_pass_percent
  from coach_licenses l
  join spec_levels v on v.ladder_id = 'COACH' and v.version = l.ladder_version
    and v.level = l.current_level + 1
  where $2 and l.is_active
    and (not $3 or (l.theory_hours >= v.theory_hours and l.practice_hours >= v.practice_hours))
    and (not $4 or l.teaching_hours >= v.teaching_hours)
)`

/** Licences whose record carries the next level, as far as the caller may decide on them. */
export const readCandidates = statement<
  PromotionCandidate,
  [...CandidateFilter, limit: number, offset: number]
>(
  'queue-promotions',
  `select c.*, u.name as holder_name,
     (select count(*)::integer from promotion_approvals a
      where a.gancuju_license_id = c.license_id and a.to_level = c.to_level) as approvals,
     exists (select from promotion_approvals a
      where a.gancuju_license_id = c.license_id and a.to_level = c.to_level
        and a.approved_by = $1) as approved_by_me
   from ${candidates} c join users u on u.id = c.user_id
   order by c.specialization_type, u.name, c.license_id limit $6 offset $7`,
)

const candidateCount = statement<{ total: number }, CandidateFilter>(
  'queue-promotions-count',
  `select count(*) as total from ${candidates} c`,
)

export async function countCandidates(sql: Sql, ...filter: CandidateFilter): Promise<number> {
  return (await candidateCount(sql, ...filter))[0]?.total ?? 0
}
