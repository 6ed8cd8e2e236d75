import { useQuery } from '@tanstack/react-query'
import {
  Badge,
  Card,
  DataTable,
  Empty,
  formatMoment,
  Loaded,
  Pager,
  sentence,
  SkeletonRows,
} from 'page-kit'
import { useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import { changesOf } from '../api.ts'
import { reasonText } from '../figure.ts'
import { runPath } from '../path.ts'

/** Every change, latest first, with its reason. */
export function ChangesCard({ universeKey }: { readonly universeKey: string }): ReactNode {
  const [page, setPage] = useState(1)
  const query = useQuery({
    ...changesOf(universeKey, page),
    placeholderData: (previous) => previous,
  })
  return (
    <Card title="History" flush>
      <Loaded query={query} skeleton={<SkeletonRows count={6} />}>
        {({ items, page_size, total }) =>
          items.length === 0 ? (
            <Empty icon="list" title="No change so far" />
          ) : (
            <>
              <DataTable
                label="Changes, latest first"
                rows={items}
                keyOf={({ at, symbol, action }) => `${at} ${symbol} ${action}`}
                columns={[
                  {
                    title: 'Symbol',
                    cell: ({ symbol }) => <span className="symbol">{symbol}</span>,
                  },
                  { title: 'Change', cell: ({ action }) => <ActionBadge action={action} /> },
                  { title: 'Reason', wrap: true, cell: ({ reason }) => reasonText(reason) },
                  { title: 'When', cell: ({ at }) => formatMoment(at) },
                  {
                    title: 'By',
                    cell: ({ change_type, run_id }) =>
                      run_id === null ? (
                        sentence(change_type)
                      ) : (
                        <Link href={runPath(run_id)}>{sentence(change_type)}</Link>
                      ),
                  },
                ]}
              />
              <Pager page={page} pageSize={page_size} total={total} onPage={setPage} />
            </>
          )
        }
      </Loaded>
    </Card>
  )
}

/** Whether a symbol came or went. */
export function ActionBadge({ action }: { readonly action: 'added' | 'removed' }): ReactNode {
  return <Badge tone={action === 'added' ? 'good' : 'warn'}>{sentence(action)}</Badge>
}
