import { Card, DataTable, Empty, Field, formatDay, formatNumber, Pager, Select } from 'page-kit'
import { useState, type ReactNode } from 'react'
import type { MemberView } from '../api.ts'
import { formatCompact, formatDollars, formatReturn, formatShare, orDash } from '../figure.ts'

const pageSize = 25

type Order = 'symbol' | 'weight' | 'aum' | 'avg_volume' | 'expense_ratio' | 'return_20d'

const orders: readonly (readonly [Order, string])[] = [
  ['symbol', 'Symbol'],
  ['weight', 'Weight'],
  ['aum', 'Assets'],
  ['avg_volume', 'Volume'],
  ['expense_ratio', 'Expense'],
  ['return_20d', 'Return, 20 days'],
]

/** Everyone who is in now, to be searched and sorted. */
export function MembersCard({ members }: { readonly members: readonly MemberView[] }): ReactNode {
  const [search, setSearch] = useState('')
  const [order, setOrder] = useState<Order>('symbol')
  const [page, setPage] = useState(1)
  const found = members
    .filter((member) => matches(member, search.trim().toLowerCase()))
    .toSorted((a, b) => compared(a, b, order))
  const rows = found.slice((page - 1) * pageSize, page * pageSize)
  return (
    <Card
      title="Members"
      flush
      aside={<span className="muted small">{formatNumber(members.length)} now</span>}
    >
      <div className="card-tools">
        <Field
          label="Find a member"
          type="search"
          value={search}
          onChange={(event) => {
            setSearch(event.target.value)
            setPage(1)
          }}
        />
        <Select
          label="Order"
          value={order}
          options={orders}
          onChange={(event) => {
            setOrder(event.target.value as Order)
            setPage(1)
          }}
        />
      </div>
      {rows.length === 0 ? (
        <Empty icon="layers" title={members.length === 0 ? 'No member now' : 'No such member'} />
      ) : (
        <MemberTable members={rows} />
      )}
      <Pager page={page} pageSize={pageSize} total={found.length} onPage={setPage} />
    </Card>
  )
}

function MemberTable({ members }: { readonly members: readonly MemberView[] }): ReactNode {
  return (
    <DataTable
      label="Members"
      rows={members}
      keyOf={({ symbol }) => symbol}
      columns={[
        { title: 'Symbol', cell: ({ symbol }) => <span className="symbol">{symbol}</span> },
        { title: 'Name', cell: ({ name, sector }) => <Named name={name} sector={sector} /> },
        { title: 'Weight', end: true, cell: ({ weight }) => orDash(weight, formatShare) },
        { title: 'Assets', end: true, cell: ({ aum }) => orDash(aum, formatDollars) },
        { title: 'Volume', end: true, cell: ({ avg_volume }) => orDash(avg_volume, formatCompact) },
        {
          title: 'Expense',
          end: true,
          cell: ({ expense_ratio }) => orDash(expense_ratio, (ratio) => `${formatNumber(ratio)}%`),
        },
        {
          title: 'Liquidity',
          end: true,
          cell: ({ liquidity_score }) => orDash(liquidity_score, formatNumber),
        },
        {
          title: '20 days',
          end: true,
          cell: ({ return_20d }) => (
            <span className={toneOf(return_20d)}>{orDash(return_20d, formatReturn)}</span>
          ),
        },
        { title: 'Since', cell: ({ since }) => formatDay(since) },
      ]}
    />
  )
}

function Named({
  name,
  sector,
}: {
  readonly name: string | null
  readonly sector: string | null
}): ReactNode {
  return (
    <span className="named">
      <span>{name ?? '–'}</span>
      {sector && <span className="muted small">{sector}</span>}
    </span>
  )
}

function toneOf(value: number | null): string {
  if (value === null || value === 0) return ''
  return value > 0 ? 'rise' : 'fall'
}

function matches({ symbol, name, sector }: MemberView, search: string): boolean {
  return [symbol, name, sector].some((text) => text?.toLowerCase().includes(search) === true)
}

/** Names from A on, figures from the largest on; what is not known comes last. */
function compared(a: MemberView, b: MemberView, order: Order): number {
  if (order === 'symbol') return a.symbol.localeCompare(b.symbol)
  return (b[order] ?? -Infinity) - (a[order] ?? -Infinity) || a.symbol.localeCompare(b.symbol)
}
