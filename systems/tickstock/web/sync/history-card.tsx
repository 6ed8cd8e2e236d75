import type { UseQueryResult } from '@tanstack/react-query'
import {
  Card,
  DataTable,
  Empty,
  formatDay,
  formatMoment,
  formatMs,
  formatNumber,
  Loaded,
  Pager,
  SkeletonRows,
  type WirePage,
} from 'page-kit'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { RunView } from '../api.ts'
import { orDash } from '../figure.ts'
import { runPath } from '../path.ts'
import { RunBadge } from './run-badge.tsx'

/** All runs, latest first. */
export function HistoryCard({
  query,
  chosen,
  page,
  onPage,
}: {
  readonly query: UseQueryResult<WirePage<RunView>>
  /** The run that shows above. */
  readonly chosen: string
  readonly page: number
  readonly onPage: (page: number) => void
}): ReactNode {
  return (
    <Card title="History" flush>
      <Loaded query={query} skeleton={<SkeletonRows count={5} />}>
        {({ items, page_size, total }) =>
          items.length === 0 ? (
            <Empty icon="list" title="No run" />
          ) : (
            <>
              <RunTable runs={items} chosen={chosen} />
              <Pager page={page} pageSize={page_size} total={total} onPage={onPage} />
            </>
          )
        }
      </Loaded>
    </Card>
  )
}

function RunTable({
  runs,
  chosen,
}: {
  readonly runs: readonly RunView[]
  readonly chosen: string
}): ReactNode {
  return (
    <DataTable
      label="Runs, latest first"
      rows={runs}
      keyOf={({ id }) => id}
      columns={[
        {
          title: 'Trading day',
          cell: ({ id, trading_day }) => (
            <Link href={runPath(id)} {...(id === chosen ? { 'aria-current': true as const } : {})}>
              {formatDay(trading_day)}
            </Link>
          ),
        },
        { title: 'Status', cell: ({ status }) => <RunBadge status={status} /> },
        { title: 'Started', cell: ({ started_at }) => formatMoment(started_at) },
        { title: 'Took', end: true, cell: ({ duration_ms }) => orDash(duration_ms, formatMs) },
        {
          title: 'Window',
          // A run that was skipped took none of it.
          cell: ({ status, within_window }) =>
            orDash(status === 'skipped' ? null : within_window, (isIn) =>
              isIn ? 'Within' : 'Beyond',
            ),
        },
        { title: 'Changes', end: true, cell: ({ total_changes }) => formatNumber(total_changes) },
      ]}
    />
  )
}
