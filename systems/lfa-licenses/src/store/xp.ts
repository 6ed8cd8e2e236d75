import { statement } from 'service-kit'
import { inScope } from './license.ts'

/** One row of the XP ledger. */
export interface XpEntry {
  readonly id: number
  readonly license_id: number
  readonly source: string
  readonly amount: number
  readonly balance_after: number
  readonly level_before: number | null
  readonly level_after: number | null
}

const entryColumns = 'id, license_id, source, amount, balance_after, level_before, level_after'

/**
 * Grants XP to an internship licence: the licence, the ledger, the change of level and the audit
 * log in one statement, so that a grant is one round trip and holds one row lock for its own
 * length. Gives no row when the licence is unknown, inactive or expired, when the actor (unless
 * `isAdmin`) does not teach it, or when the key was used; a key used at the same moment is a
 * violation of `xp_transactions_idempotency_key_key`. The licence is held before it is changed,
 * because `returning old` of a table with triggers shows it as it was before a concurrent change.
 */
export const grantInternshipXp = statement<
  XpEntry,
  [
    licenseId: number,
    amount: number,
    source: string,
    key: string,
    description: string | null,
    actorId: number,
    now: Date,
    isAdmin: boolean,
  ]
>(
  'internship-grant-xp',
  `with held as (
     select id, current_level from internship_licenses where id = $1 for no key update
   ), granted as (
     update internship_licenses l
     set total_xp = l.total_xp + $2
     from held
     where l.id = held.id and l.is_active and l.expires_at > $7
       and ($8 or (l.user_id <> $6 and ${inScope('INTERNSHIP', '$6', '$7')}))
       and not exists (select from xp_transactions where idempotency_key = $4)
     returning l.id, l.user_id, l.total_xp,
       held.current_level as level_before, l.current_level as level_after
   ), advanced as (
     insert into license_progressions
       (internship_license_id, from_level, to_level, advancement_reason, requirements_met,
        advanced_at)
     select id, level_before, level_after, 'XP reached',
       jsonb_build_object('total_xp', total_xp), $7
     from granted where level_before <> level_after
   ), audited as (
     insert into audit_log (actor_id, action, entity, entity_id, before, after, at)
     select $6, 'xp.grant', 'license', id, jsonb_build_object('total_xp', total_xp - $2),
       jsonb_build_object('amount', $2::integer, 'source', $3::text, 'total_xp', total_xp), $7
     from granted
   )
   insert into xp_transactions
     (user_id, internship_license_id, source, amount, balance_after, level_before, level_after,
      granted_by, description, idempotency_key, created_at)
   select user_id, id, $3, $2, total_xp, level_before, level_after, $6, $5, $4, $7 from granted
   returning ${entryColumns}`,
)

/** Enters XP of a player, whose licence keeps no sum; for the holder of the licence's lock. */
export const enterPlayerXp = statement<
  XpEntry,
  [licenseId: number, amount: number, source: string, key: string, actorId: number, now: Date]
>(
  'lfa_player-enter-xp',
  `insert into xp_transactions
     (user_id, lfa_player_license_id, source, amount, balance_after, granted_by,
      idempotency_key, created_at)
   select l.user_id, l.id, $3, $2, $2 + coalesce((
       select balance_after from xp_transactions where lfa_player_license_id = l.id
       order by id desc limit 1
     ), 0), $5, $4, $6
   from lfa_player_licenses l where l.id = $1
   returning ${entryColumns}`,
)

/** The entry that was made under a key. */
export const findXpEntry = statement<XpEntry, [key: string]>(
  'xp-by-key',
  `select ${entryColumns} from xp_transactions where idempotency_key = $1`,
)
