import { useQuery } from '@tanstack/react-query'
import {
  Card,
  Empty,
  Facts,
  formatNumber,
  Loaded,
  PageHead,
  Select,
  Skeleton,
  SkeletonRows,
} from 'page-kit'
import type { ReactNode } from 'react'
import { useSearchParams } from 'wouter'
import { overlap, universes, type OverlapView, type UniverseView } from '../api.ts'
import { formatShare } from '../figure.ts'
import { nameOfUniverse } from './universe-name.ts'

/** What two universes have in common. */
export function OverlapPage(): ReactNode {
  const query = useQuery(universes)
  return (
    <>
      <PageHead title="Overlap">What two universes have in common.</PageHead>
      <Loaded query={query} skeleton={<SkeletonRows count={3} />}>
        {({ items }) =>
          items.length < 2 ? (
            <div className="card">
              <Empty icon="overlap" title="There are no two universes to compare" />
            </div>
          ) : (
            <Chooser universes={items} />
          )
        }
      </Loaded>
    </>
  )
}

function Chooser({ universes: all }: { readonly universes: readonly UniverseView[] }): ReactNode {
  const [search, setSearch] = useSearchParams()
  const one = search.get('with') ?? all[0]?.key ?? ''
  const other = search.get('and') ?? all.find(({ key }) => key !== one)?.key ?? ''
  const options = all.map(
    ({ key, symbol_count }) =>
      [key, `${nameOfUniverse(key)} (${formatNumber(symbol_count)})`] as const,
  )
  const choose = (name: 'with' | 'and', key: string): void =>
    setSearch({ with: one, and: other, [name]: key }, { replace: true })
  return (
    <div className="stack">
      <div className="grid" style={{ ['--column' as string]: '18rem' }}>
        <Select
          label="One"
          value={one}
          options={options}
          onChange={(event) => choose('with', event.target.value)}
        />
        <Select
          label="The other"
          value={other}
          options={options}
          onChange={(event) => choose('and', event.target.value)}
        />
      </div>
      <Overlap one={one} other={other} />
    </div>
  )
}

function Overlap({ one, other }: { readonly one: string; readonly other: string }): ReactNode {
  const query = useQuery(overlap(one, other))
  return (
    <Loaded query={query} skeleton={<Skeleton height="18rem" />}>
      {(found) => <Shared overlap={found} />}
    </Loaded>
  )
}

function Shared({ overlap: found }: { readonly overlap: OverlapView }): ReactNode {
  const { key, other, shared, shared_count, count, other_count, jaccard, weight_shared } = found
  const [left, right] = [count - shared_count, other_count - shared_count]
  const parts = [
    { name: `Only in ${nameOfUniverse(key)}`, size: left, kind: 'left' },
    { name: 'In both', size: shared_count, kind: 'both' },
    { name: `Only in ${nameOfUniverse(other)}`, size: right, kind: 'right' },
  ]
  return (
    <Card title={`${nameOfUniverse(key)} and ${nameOfUniverse(other)}`}>
      <p className="figure-line">
        <span className="figure">{formatNumber(shared_count)}</span>
        <span className="muted">
          in both{jaccard !== null && `, ${formatShare(jaccard)} of all that either holds`}
        </span>
      </p>
      <div className="overlap-bar" aria-hidden="true">
        {parts
          .filter(({ size }) => size > 0)
          .map(({ kind, size }) => (
            <span key={kind} className={`overlap-${kind}`} style={{ flexGrow: size }} />
          ))}
      </div>
      <Facts
        items={[
          ...parts.map(({ name, size }) => [name, formatNumber(size)] as const),
          ...(weight_shared === null
            ? []
            : [['Shared by weight', formatShare(weight_shared)] as const]),
        ]}
      />
      {shared.length === 0 ? (
        <p className="muted">No symbol is in both.</p>
      ) : (
        <ul className="symbol-row plain-list" aria-label="In both">
          {shared.map((symbol) => (
            <li className="symbol" key={symbol}>
              {symbol}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
