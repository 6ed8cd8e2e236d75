import { statement } from 'service-kit'
import type { GancujuRow } from '../schema/license.ts'
import { columnsOf } from './license.ts'

export const insertGancuju = statement<GancujuRow, [userId: number, now: Date]>(
  'gancuju-insert',
  `insert into gancuju_licenses as l (user_id, ladder_version, created_at, updated_at)
   select $1, current_version, $2, $2 from ladders where id = 'GANCUJU'
   returning ${columnsOf.GANCUJU}`,
)

/** Adds to what the licence can show; for the holder of its lock. */
export const addGancujuRecord = statement<
  GancujuRow,
  [id: number, entered: number, won: number, teachingHours: number, sessions: number]
>(
  'gancuju-add-record',
  `update gancuju_licenses l
   set competitions_entered = l.competitions_entered + $2,
     competitions_won = l.competitions_won + $3,
     teaching_hours = l.teaching_hours + $4,
     sessions_attended = l.sessions_attended + $5
   where l.id = $1 returning ${columnsOf.GANCUJU}`,
)

export const setEligibleLevel = statement<GancujuRow, [id: number, level: number]>(
  'gancuju-set-eligible',
  `update gancuju_licenses l set eligible_level = $2 where l.id = $1
   returning ${columnsOf.GANCUJU}`,
)

/** Changes the level by one step; for the holder of the licence's lock. */
export const setGancujuLevel = statement<
  GancujuRow,
  [id: number, level: number, eligibleLevel: number, now: Date]
>(
  'gancuju-set-level',
  `update gancuju_licenses l
   set current_level = $2, eligible_level = $3, last_advanced_at = $4
   where l.id = $1 returning ${columnsOf.GANCUJU}`,
)

/** Notes that an admin agrees; gives no row when the same one has agreed before. */
export const approvePromotion = statement<
  { approved_by: number },
  [id: number, toLevel: number, approvedBy: number, now: Date]
>(
  'gancuju-approve',
  `insert into promotion_approvals (gancuju_license_id, to_level, approved_by, approved_at)
   values ($1, $2, $3, $4) on conflict do nothing returning approved_by`,
)

export const readApprovals = statement<{ approved_by: number }, [id: number, toLevel: number]>(
  'gancuju-approvals',
  `select approved_by from promotion_approvals
   where gancuju_license_id = $1 and to_level = $2 order by approved_at`,
)

export const clearApprovals = statement<never, [id: number]>(
  'gancuju-clear-approvals',
  'delete from promotion_approvals where gancuju_license_id = $1',
)
