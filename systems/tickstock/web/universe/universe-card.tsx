import { formatMoment, formatNumber } from 'page-kit'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { UniverseView } from '../api.ts'
import { universePath } from '../path.ts'
import { FilterList } from './filter-list.tsx'
import { nameOfUniverse } from './universe-name.ts'

/** A universe at a glance. */
export function UniverseCard({ universe }: { readonly universe: UniverseView }): ReactNode {
  const { key, symbol_count, description, focus, liquidity_filter, sample, last_updated } = universe
  const rest = symbol_count - sample.length
  return (
    <Link className="card universe-card" href={universePath(key)}>
      <div className="universe-head">
        <div>
          <h3>{nameOfUniverse(key)}</h3>
          <p className="muted small">{description ?? focus}</p>
        </div>
        <p className="universe-count">
          <span className="figure">{formatNumber(symbol_count)}</span>
          <span className="muted small">{symbol_count === 1 ? 'symbol' : 'symbols'}</span>
        </p>
      </div>
      <p className="symbol-row">
        {sample.map((symbol) => (
          <span className="symbol" key={symbol}>
            {symbol}
          </span>
        ))}
        {rest > 0 && <span className="muted small">and {formatNumber(rest)} more</span>}
        {symbol_count === 0 && <span className="muted small">Nobody is in it now</span>}
      </p>
      <FilterList filter={liquidity_filter} />
      <p className="muted small universe-foot">Changed {formatMoment(last_updated)}</p>
    </Link>
  )
}
