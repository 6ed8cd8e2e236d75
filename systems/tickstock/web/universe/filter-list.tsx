import type { ReactNode } from 'react'
import type { LiquidityFilter } from '../api.ts'
import { formatCompact, formatDollars } from '../figure.ts'

/** What a symbol has to meet, in the words of the trade. */
function termsOf(filter: LiquidityFilter): readonly string[] {
  const { min_aum, min_volume, max_expense_ratio, min_liquidity_score } = filter
  return [
    min_aum !== undefined && `Assets ≥ ${formatDollars(min_aum)}`,
    min_volume !== undefined && `Volume ≥ ${formatCompact(min_volume)} a day`,
    max_expense_ratio !== undefined && `Expense ≤ ${max_expense_ratio}%`,
    min_liquidity_score !== undefined && `Liquidity ≥ ${min_liquidity_score}`,
  ].filter((term) => term !== false)
}

/** The filter by which a universe is kept; nothing where there is none. */
export function FilterList({ filter }: { readonly filter: LiquidityFilter | null }): ReactNode {
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
