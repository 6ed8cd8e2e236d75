import type { ReactNode } from 'react'
import type { UniverseView } from '../api.ts'
import { formatCompact, formatDollars } from '../figure.ts'

type Filter = UniverseView['liquidity_filter']

/** What a symbol has to meet, in the words of the trade. */
function termsOf(filter: NonNullable<Filter>): readonly string[] {
  const { min_aum, min_volume, max_expense_ratio, min_liquidity_score } = filter
  return [
    min_aum !== undefined && `≥ ${formatDollars(min_aum)} assets`,
    min_volume !== undefined && `≥ ${formatCompact(min_volume)} a day`,
    max_expense_ratio !== undefined && `≤ ${max_expense_ratio}% expense`,
    min_liquidity_score !== undefined && `≥ ${min_liquidity_score} liquidity`,
  ].filter((term) => term !== false)
}

/** The filter by which a universe is kept; nothing where there is none. */
export function FilterList({ filter }: { readonly filter: Filter }): ReactNode {
  const terms = filter === null ? [] : termsOf(filter)
  if (terms.length === 0) return null
  return (
    <ul className="filters" aria-label="Filter">
      {terms.map((term) => (
        <li key={term}>{term}</li>
      ))}
    </ul>
  )
}
