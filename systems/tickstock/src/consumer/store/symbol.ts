import { statement } from 'service-kit'
import type { SymbolUniverse } from '../schema/universe.ts'

/** A symbol that is listed, or that was a member of something. */
export const findSymbol = statement<{ symbol: string; name: string | null }, [symbol: string]>(
  'symbol-find',
  `select $1::text as symbol, (select name from symbols where symbol = $1) as name
   where exists (select from symbols where symbol = $1)
     or exists (select from universe_members where symbol = $1)`,
)

/** The universes that a symbol was in at an instant. */
export const listSymbolUniverses = statement<SymbolUniverse, [symbol: string, at: Date]>(
  'symbol-list-universes',
  `select member.cache_key as key, entry.universe_category as category, member.weight,
     member.valid_from, member.valid_to
   from universe_members as member join cache_entries as entry using (cache_key)
   where member.symbol = $1 and member.valid_from <= $2
     and (member.valid_to > $2 or member.valid_to is null)
   order by member.cache_key`,
)
