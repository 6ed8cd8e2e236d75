import { statement } from 'service-kit'
import type { InternshipRow } from '../schema/license.ts'
import { columnsOf } from './license.ts'

export const insertInternship = statement<
  InternshipRow,
  [userId: number, expiresAt: Date, now: Date]
>(
  'internship-insert',
  `insert into internship_licenses as l
     (user_id, ladder_version, expires_at, created_at, updated_at)
   select $1, current_version, $2, $3, $3 from ladders where id = 'INTERNSHIP'
   returning ${columnsOf.INTERNSHIP}`,
)

/** Gives the licence more time for credits; gives no row when there are not enough of them. */
export const renewInternship = statement<
  InternshipRow,
  [id: number, expiresAt: Date, costCredits: number]
>(
  'internship-renew',
  `update internship_licenses l
   set expires_at = $2, is_active = true, credit_balance = l.credit_balance - $3
   where l.id = $1 and l.credit_balance >= $3 returning ${columnsOf.INTERNSHIP}`,
)

export const approveCapstone = statement<InternshipRow, [id: number, actorId: number, now: Date]>(
  'internship-approve-capstone',
  `update internship_licenses l set capstone_approved_at = $3, capstone_approved_by = $2
   where l.id = $1 and l.capstone_approved_at is null returning ${columnsOf.INTERNSHIP}`,
)

export const countInternshipSessions = statement<never, [id: number, added: number]>(
  'internship-count-sessions',
  'update internship_licenses set sessions_completed = sessions_completed + $2 where id = $1',
)

/** Deactivates what has expired; the audit log says that the system did it. */
export const expireInternships = statement<{ id: number }, [now: Date]>(
  'internship-expire',
  `with expired as (
     update internship_licenses set is_active = false
     where is_active and expires_at <= $1 returning id, expires_at
   )
   insert into audit_log (action, entity, entity_id, before, after, at)
   select 'license.expire', 'license', id, jsonb_build_object('is_active', true),
     jsonb_build_object('is_active', false, 'expires_at', expires_at), $1
   from expired returning entity_id as id`,
)
