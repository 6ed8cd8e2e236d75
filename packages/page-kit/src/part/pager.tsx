import type { ReactNode } from 'react'
import { formatNumber } from '../data/format.ts'
import { Button } from './button.tsx'

/** Steps through the pages of a list; not there where one page holds all. */
export function Pager({
  page,
  pageSize,
  total,
  onPage,
}: {
  readonly page: number
  readonly pageSize: number
  readonly total: number
  readonly onPage: (page: number) => void
}): ReactNode {
  const pages = Math.max(1, Math.ceil(total / pageSize))
  if (pages === 1) return null
  const from = (page - 1) * pageSize + 1
  const to = Math.min(total, page * pageSize)
  return (
    <nav className="pager card-foot" aria-label="Pages">
      <span className="muted small">
        {formatNumber(from)}–{formatNumber(to)} of {formatNumber(total)}
      </span>
      <span className="row">
        <Button kind="plain" small disabled={page <= 1} onClick={() => onPage(page - 1)}>
          Previous
        </Button>
        <Button kind="plain" small disabled={page >= pages} onClick={() => onPage(page + 1)}>
          Next
        </Button>
      </span>
    </nav>
  )
}
