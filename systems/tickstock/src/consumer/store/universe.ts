import { statement } from 'service-kit'
import type {
  ChangeRow,
  MemberRow,
  Overlap,
  PastMember,
  UniverseDetail,
  UniverseRow,
} from '../schema/universe.ts'
import { utc } from './utc.ts'

const columns = `cache_key as key, universe_metadata ->> 'theme' as theme,
  universe_category as category, jsonb_array_length(symbols) as symbol_count,
  universe_metadata ->> 'description' as description, universe_metadata ->> 'focus' as focus,
  universe_metadata ->> 'rebalance_frequency' as rebalance_frequency, liquidity_filter,
  last_universe_update at time zone 'UTC' as last_updated,
  jsonb_path_query_array(symbols, '$[0 to 4]') as sample`

export const listUniverses = statement<
  UniverseRow,
  [category: string | null, limit: number, offset: number]
>(
  'universe-list',
  `select ${columns} from cache_entries where $1::text is null or universe_category = $1
   order by cache_key limit $2 offset $3`,
)

export const countUniverses = statement<{ count: number }, [category: string | null]>(
  'universe-count',
  'select count(*) from cache_entries where $1::text is null or universe_category = $1',
)

/** The members of `$1` now. */
const members = `select member.symbol, listed.name, listed.type, listed.sector, member.weight, etf.aum,
     etf.expense_ratio, etf.avg_volume, etf.liquidity_score, price.last_close, price.return_20d,
     coalesce(etf.source, listed.source) as source,
     ${utc('coalesce(etf.as_of, listed.as_of)')} as as_of, ${utc('member.valid_from')} as since
   from universe_members as member
   left join symbols as listed on listed.symbol = member.symbol
   left join etf_metadata as etf on etf.symbol = member.symbol
   left join last_prices as price on price.symbol = member.symbol
   where member.cache_key = $1 and member.valid_to is null
   order by member.symbol`

/** What the rows of the change log say that the latest change of `$1` made. */
const lastChange = `select ${utc('change.created_at')} as at, min(change_type) as change_type,
     coalesce(json_agg(symbol order by id) filter (where action = 'added'), '[]') as added,
     coalesce(json_agg(symbol order by id) filter (where action = 'removed'), '[]') as removed
   from (
     select id, change_type, action, created_at,
       json_build_object('symbol', symbol, 'reason', reason) as symbol
     from sync_changes_log
     where universe = $1 and created_at = (
       select created_at from sync_changes_log where universe = $1
       order by created_at desc limit 1
     )
   ) as change
   group by change.created_at`

/** All that a page tells of a universe, in one answer of the database. */
export const findUniverse = statement<UniverseDetail, [key: string]>(
  'universe-find',
  `select ${columns}, universe_metadata as metadata,
     (select coalesce(json_agg(member), '[]') from (${members}) as member) as members,
     (select row_to_json(change) from (${lastChange}) as change) as last_change
   from cache_entries where cache_key = $1`,
)

export const listMembers = statement<MemberRow, [key: string]>('universe-list-members', members)

/** Whether there is such a universe: a row, or none. */
export const hasUniverse = statement<object, [key: string]>(
  'universe-has',
  'select from cache_entries where cache_key = $1',
)

/** Who was a member at an instant. */
export const listMembersAt = statement<PastMember, [key: string, at: Date]>(
  'universe-list-members-at',
  `select symbol, weight, valid_from, valid_to from universe_members
   where cache_key = $1 and valid_from <= $2 and (valid_to > $2 or valid_to is null)
   order by symbol`,
)

/** The change log of a universe, latest first. */
export const listChanges = statement<ChangeRow, [key: string, limit: number, offset: number]>(
  'universe-list-changes',
  `select created_at as at, change_type, symbol, action, reason, run_id from sync_changes_log
   where universe = $1 order by created_at desc, id desc limit $2 offset $3`,
)

export const countChanges = statement<{ count: number }, [key: string]>(
  'universe-count-changes',
  'select count(*) from sync_changes_log where universe = $1',
)

/** What two universes share now; the weight is the lesser one of each symbol, added up. */
export const compareUniverses = statement<Overlap, [key: string, other: string]>(
  'universe-compare',
  `with own as (
     select symbol, weight from universe_members where cache_key = $1 and valid_to is null
   ), theirs as (
     select symbol, weight from universe_members where cache_key = $2 and valid_to is null
   ), size as (
     select (select count(*) from own)::integer as count,
       (select count(*) from theirs)::integer as other_count
   ), shared as (
     select count(*)::integer as shared_count,
       coalesce(array_agg(symbol order by symbol), '{}') as shared,
       sum(least(own.weight, theirs.weight)) as weight
     from own join theirs using (symbol)
   )
   select $1::text as key, $2::text as other, count, other_count, shared_count, shared,
     round(shared_count::numeric / nullif(count + other_count - shared_count, 0), 6) as jaccard,
     case when exists (select from own where weight is not null)
       and exists (select from theirs where weight is not null) then coalesce(weight, 0)
     end as weight_shared
   from size, shared`,
)
