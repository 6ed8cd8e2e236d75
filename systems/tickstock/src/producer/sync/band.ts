/** Common stocks of one size. */
export interface Band {
  readonly key: string
  readonly title: string
  /** US dollars of market capitalisation, inclusive. */
  readonly min: number
  /** US dollars, exclusive. */
  readonly max: number
}

/** From the largest to the smallest. What is worth less than the last is in none. */
export const bands: readonly Band[] = [
  { key: 'mega_cap', title: 'Mega caps', min: 200e9, max: Number.POSITIVE_INFINITY },
  { key: 'large_cap', title: 'Large caps', min: 10e9, max: 200e9 },
  { key: 'mid_cap', title: 'Mid caps', min: 2e9, max: 10e9 },
  { key: 'small_cap', title: 'Small caps', min: 300e6, max: 2e9 },
  { key: 'micro_cap', title: 'Micro caps', min: 50e6, max: 300e6 },
]

/** How far past its edge a member may be before it leaves, as a divisor: a twentieth, 5 %. */
export const bufferDivisor = 20

/** The band in which a market capitalisation lies, in US dollars; none below the smallest. */
export function bandOf(marketCap: number): Band | undefined {
  return bands.find(({ min }) => marketCap >= min)
}

/**
 * The band of a stock that is in `current`: it stays until its market capitalisation is more than
 * 5 % past an edge, so that one that wavers around an edge does not change with every day. Index
 * providers cut turnover in the same way (Russell's bands, CRSP's packets).
 */
export function bandAfter(marketCap: number, current: Band | undefined): Band | undefined {
  if (current === undefined) return bandOf(marketCap)
  const { min, max } = current
  const stays = marketCap >= min - min / bufferDivisor && marketCap <= max + max / bufferDivisor
  return stays ? current : bandOf(marketCap)
}
