import { statement } from 'service-kit'

/** The symbols that a universe holds now; no row for a universe that there is not. */
export const findMembers = statement<{ symbols: string[] }, [key: string]>(
  'universe-find-members',
  'select symbols from cache_entries where cache_key = $1',
)
