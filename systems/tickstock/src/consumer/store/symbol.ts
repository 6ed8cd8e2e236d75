import { statement } from 'service-kit'
import type { SymbolUniverses } from '../schema/universe.ts'
import { utc } from './utc.ts'

/** A symbol that is listed, or was a member of something, with what it was in at an instant. */
export const findSymbol = statement<SymbolUniverses, [symbol: string, at: Date]>(
  'symbol-find',
  `select $1::text as symbol, (select name from symbols where symbol = $1) as name,
     $2::timestamptz as at, (
       select coalesce(json_agg(universe), '[]')
       from (
         select member.cache_key as key, entry.universe_category as category, member.weight,
           ${utc('member.valid_from')} as valid_from, ${utc('member.valid_to')} as valid_to
         from universe_members as member join cache_entries as entry using (cache_key)
         where member.symbol = $1 and member.valid_from <= $2
           and (member.valid_to > $2 or member.valid_to is null)
         order by member.cache_key
       ) as universe
     ) as universes
   where exists (select from symbols where symbol = $1)
     or exists (select from universe_members where symbol = $1)`,
)
