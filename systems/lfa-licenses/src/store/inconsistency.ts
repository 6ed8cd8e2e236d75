import { statement } from 'service-kit'
import { coupledSpecializations } from '../coupled.ts'
import type { ViolationKind } from '../integrity.ts'

/** Something that is wrong with a pair; the action to recommend follows from it. */
export interface Finding {
  readonly user_id: number
  readonly user_name: string | null
  readonly specialization: string
  readonly progress_level: number | null
  readonly license_level: number | null
  readonly kind: ViolationKind
  readonly details: Record<string, unknown>
}

const coupled = coupledSpecializations.map((name) => `'${name}'`).join(', ')

/** Of each user with licences that have credits: balances beside the sums of their ledgers. */
function holding(name: string, prefix: string, expires: string, ofOne: boolean): string {
  const ofUser = `(select id from ${prefix}_licenses where user_id = $2)`
  return `select l.user_id, '${name}' as specialization,
      bool_or(l.credit_balance <> coalesce(t.total, 0)) as balance_differs,
      sum(l.credit_balance) as credit_balance, sum(coalesce(t.total, 0)) as ledger_total,
      ${expires} as is_expired
    from ${prefix}_licenses l
    left join (
      select license_id, sum(amount) as total from ${prefix}_credit_transactions
      where payment_verified ${ofOne ? `and license_id in ${ofUser}` : ''} group by license_id
    ) t on t.license_id = l.id
    ${ofOne ? 'where l.user_id = $2' : ''} group by l.user_id`
}

/**
 * All that is wrong, found in one pass over the full outer join of progress and licences, and over
 * the licences that have credits or expire. A pair is a user and a specialization with a row in any
 * of them. `$1` is the time; with `ofOne`, `$2` is the only user who is looked at.
 */
function findings(ofOne: boolean): string {
  const only = (column: string, word = 'where'): string => (ofOne ? `${word} ${column} = $2` : '')
  const expired = 'bool_or(l.is_active and l.expires_at <= $1)'
  return `
    license as (
      select * from user_licenses
      where specialization_type in (${coupled}) ${only('user_id', 'and')}
    ), coupled as (
      select coalesce(p.student_id, l.user_id) as user_id,
        coalesce(p.specialization_id, l.specialization_type) as specialization,
        p.current_level as progress_level, l.current_level as license_level,
        l.max_achieved_level, p.total_xp, s.required_xp,
        l.is_active and l.expires_at <= $1 as is_expired
      from (select * from specialization_progress ${only('student_id')}) p
      full join license l
        on l.user_id = p.student_id and l.specialization_type = p.specialization_id
      left join spec_levels s
        on s.ladder_id = p.specialization_id || '_PROGRESS' and s.version = p.ladder_version
        and s.level = p.current_level and s.level > 1
    ), holding as (
      ${holding('LFA_PLAYER', 'lfa_player', 'false', ofOne)}
      union all
      ${holding('INTERNSHIP', 'internship', expired, ofOne)}
      union all
      select l.user_id, 'COACH', false, null, null, ${expired}
      from coach_licenses l ${only('l.user_id')} group by l.user_id
    ), pair as (
      select user_id, specialization, c.progress_level, c.license_level, c.max_achieved_level,
        c.total_xp, c.required_xp, h.credit_balance, h.ledger_total,
        c.progress_level is not null and c.license_level is null as misses_license,
        c.license_level is not null and c.progress_level is null as misses_progress,
        coalesce(c.progress_level <> c.license_level, false) as levels_differ,
        coalesce(c.max_achieved_level < c.license_level, false) as max_is_below,
        coalesce(c.total_xp < c.required_xp, false) as xp_is_below,
        coalesce(h.balance_differs, false) as balance_differs,
        coalesce(c.is_expired, false) or coalesce(h.is_expired, false) as is_expired,
        coalesce(h.is_expired, false) as is_expired_elsewhere
      from coupled c full join holding h using (user_id, specialization)
    ), bad as materialized (
      select * from pair
      where misses_license or misses_progress or levels_differ or max_is_below or xp_is_below
        or balance_differs or is_expired
    ), finding as (
      select bad.user_id, bad.specialization, bad.progress_level, bad.license_level,
        found.kind, found.details
      from bad cross join lateral (values
        ('missing_license', misses_license, '{}'::jsonb),
        ('missing_progress', misses_progress, '{}'),
        ('level_mismatch', levels_differ, '{}'),
        ('max_below_current', max_is_below,
          jsonb_build_object('max_achieved_level', max_achieved_level)),
        ('xp_below_level', xp_is_below,
          jsonb_build_object('total_xp', total_xp, 'required_xp', required_xp)),
        ('balance_mismatch', balance_differs,
          jsonb_build_object('credit_balance', credit_balance, 'ledger_total', ledger_total)),
        ('expired_active', is_expired,
          jsonb_build_object('in_specialization_table', is_expired_elsewhere))
      ) as found (kind, holds, details)
      where found.holds
    )`
}

const shown = `f.user_id, u.name as user_name, f.specialization, f.progress_level, f.license_level,
  f.kind, f.details`
const order = 'order by f.user_id, f.specialization, f.kind'

/** Sizes of a check, on every row; its columns of a finding are null when nothing is wrong. */
interface CheckedFinding extends Omit<Finding, 'kind'> {
  readonly kind: ViolationKind | null
  readonly pairs_checked: number
  readonly users_checked: number
  readonly inconsistent: number
}

/** Looks at everything: one statement, so one moment. */
export const checkAll = statement<CheckedFinding, [now: Date]>(
  'inconsistency-check-all',
  `with ${findings(false)}, checked as (
     select count(*) as pairs_checked, count(distinct user_id) as users_checked,
       (select count(*) from bad) as inconsistent
     from pair
   )
   select c.*, ${shown}
   from checked c left join finding f on true left join users u on u.id = f.user_id ${order}`,
)

type Filter = [
  now: Date,
  userId: number | null,
  specialization: string | null,
  kind: ViolationKind | null,
]

/** One page of what is wrong now; every row says how many there are in all. */
export const listFindings = statement<
  Finding & { total: number },
  [...Filter, limit: number, offset: number]
>(
  'inconsistency-list',
  `with ${findings(false)}
   select ${shown}, count(*) over () as total
   from finding f left join users u on u.id = f.user_id
   where ($2::bigint is null or f.user_id = $2) and ($3::text is null or f.specialization = $3)
     and ($4::text is null or f.kind = $4)
   ${order} limit $5 offset $6`,
)

/** What is wrong with one user. */
export const findingsOf = statement<Finding, [now: Date, userId: number]>(
  'inconsistency-of-user',
  `with ${findings(true)}
   select ${shown} from finding f left join users u on u.id = f.user_id ${order}`,
)
