import { useQuery } from '@tanstack/react-query'
import {
  Card,
  Choices,
  counted,
  DataTable,
  Empty,
  formatNumber,
  Loaded,
  Pager,
  sentence,
  SkeletonRows,
} from 'page-kit'
import { useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import { changesOfRun, type RunChange, type RunDetail } from '../api.ts'
import { reasonText } from '../figure.ts'
import { universePath } from '../path.ts'
import { ActionBadge } from '../universe/changes-card.tsx'
import { nameOfUniverse } from '../universe/universe-name.ts'

/** What a run changed, each with its reason. */
export function ChangesCard({ run }: { readonly run: RunDetail }): ReactNode {
  const [type, setType] = useState('')
  const [page, setPage] = useState(1)
  const query = useQuery({
    ...changesOfRun(run.id, { type, page }),
    placeholderData: (previous) => previous,
  })
  const { by_type, by_action, by_universe } = run.summary
  const types = Object.entries(by_type)
  const universes = Object.keys(by_universe).length
  return (
    <Card
      title="Changes"
      flush
      aside={
        <span className="muted small">
          {formatNumber(by_action['added'] ?? 0)} added, {formatNumber(by_action['removed'] ?? 0)}{' '}
          removed in {counted(universes, 'universe')}
        </span>
      }
    >
      {types.length > 1 && (
        <div className="card-tools">
          <Choices
            label="Kind of change"
            name="change-type"
            options={[
              ['', `All ${formatNumber(run.total_changes)}`],
              ...types.map(
                ([name, count]) => [name, `${sentence(name)} ${formatNumber(count)}`] as const,
              ),
            ]}
            value={type}
            onChoose={(chosen) => {
              setType(chosen)
              setPage(1)
            }}
          />
        </div>
      )}
      <Loaded query={query} skeleton={<SkeletonRows count={6} />}>
        {({ items, page_size, total }) =>
          items.length === 0 ? (
            <Empty icon="check" title="Nothing had to change">
              Every universe already held whom it should.
            </Empty>
          ) : (
            <>
              <ChangeTable changes={items} />
              <Pager page={page} pageSize={page_size} total={total} onPage={setPage} />
            </>
          )
        }
      </Loaded>
    </Card>
  )
}

function ChangeTable({ changes }: { readonly changes: readonly RunChange[] }): ReactNode {
  return (
    <DataTable
      label="Changes of the run"
      rows={changes}
      keyOf={({ id }) => id}
      columns={[
        { title: 'Symbol', cell: ({ symbol }) => <span className="symbol">{symbol}</span> },
        { title: 'Change', cell: ({ action }) => <ActionBadge action={action} /> },
        {
          title: 'Universe',
          cell: ({ universe }) => (
            <Link href={universePath(universe)}>{nameOfUniverse(universe)}</Link>
          ),
        },
        { title: 'Reason', wrap: true, cell: ({ reason }) => reasonText(reason) },
        { title: 'By', cell: ({ change_type }) => sentence(change_type) },
      ]}
    />
  )
}
