import { useQuery } from '@tanstack/react-query'
import {
  Card as Section,
  counted,
  DataTable,
  Empty,
  Loaded,
  PageHead,
  Pager,
  Select,
  sentence,
  SkeletonRows,
} from 'page-kit'
import { useState, type ReactNode } from 'react'
import { desyncIssues, type InconsistencyView } from '../api.ts'
import { specializationName } from '../specialization.ts'
import { BulkRepair } from './bulk-repair.tsx'
import { SyncButton } from './sync-button.tsx'

const specializations = [
  ['', 'All'],
  ['PLAYER', 'GānCuju progress'],
  ['COACH', 'Coach'],
  ['INTERNSHIP', 'Internship'],
  ['LFA_PLAYER', 'LFA Player'],
] as const

/** What disagrees at this moment, and how it is brought together again. */
export function RepairPage(): ReactNode {
  const [specialization, setSpecialization] = useState('')
  const [page, setPage] = useState(1)
  const query = useQuery({
    ...desyncIssues(specialization, page),
    placeholderData: (previous) => previous,
  })
  return (
    <>
      <PageHead title="Desync repair">
        Progress and licence hold the same level. Where they do not, one side is taken as right.
      </PageHead>
      <div className="stack">
        <BulkRepair />
        <Section
          title={query.data ? counted(query.data.total, 'issue') : 'Issues'}
          flush
          aside={
            <Select
              label="Specialization"
              value={specialization}
              options={specializations}
              onChange={(event) => {
                setSpecialization(event.target.value)
                setPage(1)
              }}
            />
          }
        >
          <Loaded query={query} skeleton={<SkeletonRows count={5} />}>
            {({ items, total, page_size }) =>
              items.length === 0 ? (
                <Empty icon="check" title="Everything agrees">
                  This list is read from the tables as they are now.
                </Empty>
              ) : (
                <>
                  <Issues issues={items} />
                  <Pager page={page} pageSize={page_size} total={total} onPage={setPage} />
                </>
              )
            }
          </Loaded>
        </Section>
      </div>
    </>
  )
}

function Issues({ issues }: { readonly issues: readonly InconsistencyView[] }): ReactNode {
  return (
    <DataTable
      label="What disagrees now"
      rows={issues}
      keyOf={({ user_id, specialization, kind }) => `${user_id} ${specialization} ${kind}`}
      columns={[
        { title: 'User', cell: (row) => row.user_name ?? `User ${row.user_id}` },
        { title: 'Specialization', cell: (row) => specializationName(row.specialization) },
        { title: 'What', cell: (row) => sentence(row.kind) },
        { title: 'Progress', cell: (row) => row.progress_level ?? 'none', end: true },
        { title: 'Licence', cell: (row) => row.license_level ?? 'none', end: true },
        { title: 'Recommended', cell: (row) => sentence(row.recommended_action) },
        { title: 'Sync', cell: (row) => <SyncButton issue={row} /> },
      ]}
    />
  )
}
