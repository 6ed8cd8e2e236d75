import { DataTable, formatDay, Pager } from 'page-kit'
import { useState, type ReactNode } from 'react'
import type { BarView } from '../api.ts'
import { formatCompact } from '../figure.ts'

const pageSize = 20
const price = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 4 })

/** The bars as figures, for those who do not see the chart or want to know it exactly. */
export function BarTable({ bars }: { readonly bars: readonly BarView[] }): ReactNode {
  const [page, setPage] = useState(1)
  const figure = (name: 'open' | 'high' | 'low' | 'close', title: string) => ({
    title,
    end: true,
    cell: (bar: BarView) => price.format(bar[name]),
  })
  return (
    <details>
      <summary>Bars as a table</summary>
      <DataTable
        label="Bars"
        rows={bars.slice((page - 1) * pageSize, page * pageSize)}
        keyOf={({ date }) => date}
        columns={[
          { title: 'Day', cell: ({ date }) => formatDay(date) },
          figure('open', 'Open'),
          figure('high', 'High'),
          figure('low', 'Low'),
          figure('close', 'Close'),
          { title: 'Volume', end: true, cell: ({ volume }) => formatCompact(volume) },
        ]}
      />
      <Pager page={page} pageSize={pageSize} total={bars.length} onPage={setPage} />
    </details>
  )
}
