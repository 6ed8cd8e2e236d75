import { statement } from 'service-kit'
import type { CoupledSpecialization } from '../coupled.ts'
import type { CoupledLicense } from '../schema/progress.ts'

const columns = `l.id, l.user_id, l.specialization_type, l.current_level, l.max_achieved_level,
  l.started_at, l.last_advanced_at, l.expires_at, l.is_active`

type Pair = [userId: number, specialization: CoupledSpecialization]

/** Makes the licence unless it is there; gives a row when it was made. */
export const insertCoupledLicense = statement<CoupledLicense, [...Pair, level: number, now: Date]>(
  'coupled-license-insert',
  `insert into user_licenses as l
     (user_id, specialization_type, current_level, max_achieved_level, started_at,
      last_advanced_at, is_coupled, created_at)
   values ($1, $2, $3, $3, $4, case when $3::smallint > 1 then $4::timestamptz end, true, $4)
   on conflict on constraint user_licenses_one_per_specialization do nothing
   returning ${columns}`,
)

/** Holds the licence until the transaction ends; always after its progress. */
export const lockCoupledLicense = statement<CoupledLicense, Pair>(
  'coupled-license-lock',
  `select ${columns} from user_licenses l
   where l.user_id = $1 and l.specialization_type = $2 for update`,
)

export const readCoupledLicense = statement<CoupledLicense, Pair>(
  'coupled-license-read',
  `select ${columns} from user_licenses l
   where l.user_id = $1 and l.specialization_type = $2`,
)

/** Puts the licence at a level; its maximum never falls. The caller holds the row. */
export const writeLicenseLevel = statement<never, [id: number, level: number, now: Date]>(
  'coupled-license-level',
  `update user_licenses
   set current_level = $2, max_achieved_level = greatest(max_achieved_level, $2),
     last_advanced_at = $3
   where id = $1`,
)

/** Lifts a maximum that is below the level. */
export const raiseLicenseMaximum = statement<never, [id: number]>(
  'coupled-license-raise-maximum',
  `update user_licenses set max_achieved_level = greatest(max_achieved_level, current_level)
   where id = $1`,
)

export const deactivateCoupledLicense = statement<never, [id: number]>(
  'coupled-license-deactivate',
  'update user_licenses set is_active = false where id = $1',
)

/** One row for each change of the level; by the system where nobody is named. */
export const recordLevelChange = statement<
  never,
  [
    licenseId: number,
    fromLevel: number,
    toLevel: number,
    advancedBy: number | null,
    reason: string,
    requirementsMet: string,
    now: Date,
  ]
>(
  'coupled-license-record-level',
  `insert into license_progressions
     (user_license_id, from_level, to_level, advanced_by, advancement_reason, requirements_met,
      advanced_at)
   values ($1, $2, $3, $4, $5, $6, $7)`,
)
