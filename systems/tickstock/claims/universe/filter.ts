import { claim, type Prove, type Sql } from 'etalon'
import { expand } from '../expansion.ts'

const usual = { min_aum: 1_000_000_000, min_volume: 5_000_000, max_expense_ratio: 0.75 }

claim('TICK-ETF-03', { timeoutMs: 120_000 }, async ({ system, sql, prove }) => {
  await expand(system)
  const score = await proveBounds(sql, prove)

  // Each on its bound, and just beyond it, in one respect.
  const figures: readonly (readonly [symbol: string, column: string, value: number])[] = [
    ['XLF', 'aum', 1_000_000_000],
    ['XLE', 'aum', 999_999_999],
    ['XLK', 'avg_volume', 5_000_000],
    ['XLV', 'avg_volume', 4_999_999],
    ['XLI', 'expense_ratio', 0.75],
    ['XLB', 'expense_ratio', 0.76],
    ['XLU', 'liquidity_score', score],
    ['XLY', 'liquidity_score', score - 0.01],
    ['EEM', 'aum', 500_000_000],
    ['EFA', 'aum', 499_999_999],
    ['GLD', 'aum', 200_000_000],
    ['SLV', 'aum', 199_999_999],
  ]
  const touched = figures.map(([symbol]) => symbol)
  const good = 'aum = 5e10, avg_volume = 5e7, expense_ratio = 0.1, liquidity_score = 90'
  await sql.run(`update etf_metadata set ${good} where symbol = any ($1)`, [[...touched, 'XLP']])
  for (const [symbol, column, value] of figures) {
    await sql.run(`update etf_metadata set ${column} = $2 where symbol = $1`, [symbol, value])
  }
  await sql.run(`update symbols set active = false where symbol = 'XLP'`)
  const { result } = await expand(system, 'sectors', 'international', 'commodities')
  const { universes } = result
  const accepted = new Set(universes.flatMap((universe) => universe.accepted))
  prove(
    'accepted of six on a bound and six beyond it',
    touched.filter((symbol) => accepted.has(symbol)),
  ).equals(['XLF', 'XLK', 'XLI', 'XLU', 'EEM', 'GLD'])
  const reasons = new Map(
    universes.flatMap(({ rejected }) => rejected.map((one) => [one.symbol, one.reasons])),
  )
  prove(
    'reasons of the others, and of one that is not traded',
    ['XLE', 'XLV', 'XLB', 'XLY', 'EFA', 'SLV', 'XLP'].map((symbol) => reasons.get(symbol)),
  ).equals([
    ['assets of 999999999 are below 1000000000'],
    ['a volume of 4999999 is below 5000000'],
    ['expenses of 0.76 % are above 0.75 %'],
    [`a liquidity score of ${score - 0.01} is below ${score}`],
    ['assets of 499999999 are below 500000000'],
    ['assets of 199999999 are below 200000000'],
    ['it is not traded'],
  ])
  const kept = await sql.value<string[]>(
    `select jsonb_agg(symbol order by symbol) from universe_members
     where valid_to is null and symbol = any ($1)
       and cache_key in ('etf_sectors', 'etf_international', 'etf_commodities')`,
    [touched],
  )
  prove('members of them', kept).equals(['EEM', 'GLD', 'XLF', 'XLI', 'XLK', 'XLU'])
  await sql.run(`update symbols set active = true where symbol = 'XLP'`)
  await sql.run(`update etf_metadata set ${good} where symbol = any ($1)`, [touched])
})

/** Proves which bounds four themes have; gives that of the liquidity score. */
async function proveBounds(sql: Sql, prove: Prove): Promise<number> {
  const filters = await sql.rows<{ key: string; filter: Readonly<Record<string, number>> }>(
    `select cache_key as key, liquidity_filter as filter from cache_entries
     where cache_key = any ($1) order by cache_key`,
    [['etf_bonds', 'etf_commodities', 'etf_international', 'etf_sectors']],
  )
  prove(
    'bounds of assets, volume and expenses',
    filters.map(({ key, filter: { min_liquidity_score: _score, ...bounds } }) => [key, bounds]),
  ).equals([
    ['etf_bonds', usual],
    ['etf_commodities', { ...usual, min_aum: 200_000_000 }],
    ['etf_international', { ...usual, min_aum: 500_000_000 }],
    ['etf_sectors', usual],
  ])
  const score = filters.at(-1)?.filter['min_liquidity_score'] ?? 0
  prove('the bound of the liquidity score', score).isAtLeast(1)
  return score
}
