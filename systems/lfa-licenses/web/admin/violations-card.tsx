import type { UseQueryResult } from '@tanstack/react-query'
import {
  Banner,
  Card as Section,
  counted,
  DataTable,
  Empty,
  Pager,
  sentence,
  SkeletonRows,
  type WirePage,
} from 'page-kit'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { HealthStateView, ViolationView } from '../api.ts'
import { specializationName } from '../specialization.ts'
import { SyncButton } from './sync-button.tsx'

type Status = HealthStateView['status'] | undefined

/** What the last check found and nobody has mended, or that there is nothing. */
export function ViolationsCard({
  status,
  found,
  page,
  onPage,
}: {
  readonly status: Status
  readonly found: UseQueryResult<WirePage<ViolationView>>
  readonly page: number
  readonly onPage: (page: number) => void
}): ReactNode {
  const { data, isPending } = found
  if (isPending) return <SkeletonRows count={5} />
  if (!data) return null
  if (data.total === 0) return <NoViolations status={status} />
  return (
    <Section
      title={counted(data.total, 'violation')}
      flush
      className="violations-card"
      aside={
        <Link className="button button-plain button-small" href="/admin/repair">
          Repair in bulk
        </Link>
      }
    >
      <DataTable
        label="Violations of the last check"
        rows={data.items}
        keyOf={({ id }) => id}
        columns={[
          { title: 'User', cell: (row) => row.user_name ?? `User ${row.user_id}` },
          {
            title: 'Specialization',
            cell: (row) => (
              <span className="person-name">
                {specializationName(row.specialization)}
                <span className="small muted">{sentence(row.kind)}</span>
              </span>
            ),
          },
          { title: 'Progress level', cell: (row) => row.progress_level ?? 'none', end: true },
          { title: 'Licence level', cell: (row) => row.license_level ?? 'none', end: true },
          { title: 'Action', cell: (row) => sentence(row.recommended_action) },
          { title: 'Sync', cell: (row) => <SyncButton issue={row} /> },
        ]}
      />
      <Pager page={page} pageSize={data.page_size} total={data.total} onPage={onPage} />
    </Section>
  )
}

function NoViolations({ status }: { readonly status: Status }): ReactNode {
  if (status === 'unknown') {
    return (
      <Section title="Violations" className="violations-card">
        <Empty icon="pulse" title="No check has run yet">
          Run one now, or wait for the scheduled one.
        </Empty>
      </Section>
    )
  }
  if (status !== 'healthy') {
    return (
      <Banner tone="info" title="Nothing is left of what the last check found">
        <span>The status follows with the next check; run one now to see it.</span>
      </Banner>
    )
  }
  return (
    <div className="healthy-banner">
      <Banner tone="good" title="System healthy">
        <span>Progress and licences agree for everyone.</span>
      </Banner>
    </div>
  )
}
