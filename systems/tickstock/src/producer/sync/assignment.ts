import { bandOf, bands } from './band.ts'
import { sectorKeyOf } from './justification.ts'

/** Since when a symbol counts as new, in calendar days. */
export const newForDays = 30

/** A symbol that is new and not in all universes that it belongs in. */
export interface NewListing {
  readonly symbol: string
  readonly type: 'CS' | 'ETF'
  /** US dollars. */
  readonly marketCap: number | null
  readonly sector: string | null
  /** Universes that it is in already. */
  readonly keys: readonly string[]
  /** Universes of ETFs whose focus it has and whose filter it meets. */
  readonly themes: readonly string[]
}

/** A universe that a new symbol belongs in, and why. */
export interface Assignment {
  readonly key: string
  readonly reason: string
}

/**
 * Where a new symbol belongs: an ETF in the themes it fits, a common stock in the band of its size
 * and in its sector. None as long as too little is known of it; it is looked at again. One that has
 * its band keeps it: it does not change with every day.
 */
export function assignmentsOf(listing: NewListing): Assignment[] {
  const { type, marketCap, sector, keys, themes } = listing
  if (type === 'ETF') return themes.map((key) => ({ key, reason: 'new ETF of this theme' }))
  const isSized = bands.some(({ key }) => keys.includes(key))
  const band = isSized || marketCap === null ? undefined : bandOf(marketCap)
  return [
    ...(band === undefined ? [] : [{ key: band.key, reason: `new listing of its size` }]),
    ...(sector === null
      ? []
      : [{ key: sectorKeyOf(sector), reason: `new listing of the sector ${sector}` }]),
  ]
}
