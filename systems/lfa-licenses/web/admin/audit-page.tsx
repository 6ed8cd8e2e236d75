import { useQuery } from '@tanstack/react-query'
import {
  Card as Section,
  DataTable,
  Empty,
  formatMoment,
  Loaded,
  PageHead,
  Pager,
  Select,
  sentence,
  SkeletonRows,
} from 'page-kit'
import { useState, type ReactNode } from 'react'
import { audit, type AuditView } from '../api.ts'

const entities = [
  ['', 'Everything'],
  ['license', 'Licences'],
  ['progress', 'Progress'],
  ['enrollment', 'Enrolments'],
  ['user', 'Users'],
  ['semester', 'Semesters'],
  ['session', 'Sessions'],
  ['certificate', 'Certificates'],
] as const

/** Who changed what, newest first. */
export function AuditPage(): ReactNode {
  const [entity, setEntity] = useState('')
  const [id, setId] = useState('')
  const [page, setPage] = useState(1)
  const query = useQuery({
    ...audit({ entity, entity_id: /^[1-9]\d{0,14}$/.test(id) ? id : '', page }),
    placeholderData: (previous) => previous,
  })
  return (
    <>
      <PageHead title="Audit trail">Privileged changes. Entries are added, never changed.</PageHead>
      <div className="stack">
        <div className="grid" style={{ ['--column' as string]: '14rem' }}>
          <Select
            label="About"
            value={entity}
            options={entities}
            onChange={(event) => {
              setEntity(event.target.value)
              setPage(1)
            }}
          />
          <div className="field">
            <label htmlFor="entity-id">Its number</label>
            <input
              id="entity-id"
              className="input"
              inputMode="numeric"
              value={id}
              onChange={(event) => {
                setId(event.target.value.trim())
                setPage(1)
              }}
            />
          </div>
        </div>
        <Section title="Changes" flush>
          <Loaded query={query} skeleton={<SkeletonRows count={8} />}>
            {({ items, total, page_size }) =>
              items.length === 0 ? (
                <Empty icon="list" title="No such change" />
              ) : (
                <>
                  <Entries entries={items} />
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

function Entries({ entries }: { readonly entries: readonly AuditView[] }): ReactNode {
  return (
    <DataTable
      label="Changes, newest first"
      rows={entries}
      keyOf={({ id }) => id}
      columns={[
        { title: 'When', cell: ({ at }) => <span className="nowrap">{formatMoment(at)}</span> },
        { title: 'Who', cell: (row) => row.actor_name ?? (row.actor_id ? 'Deleted' : 'System') },
        { title: 'What', cell: ({ action }) => sentence(action) },
        {
          title: 'About',
          cell: (row) => (
            <span className="nowrap">
              {sentence(row.entity)} {row.entity_id}
            </span>
          ),
        },
        { title: 'Details', cell: (row) => <Details entry={row} /> },
      ]}
    />
  )
}

function Details({ entry }: { readonly entry: AuditView }): ReactNode {
  const { before, after } = entry
  if (before === null && after === null) return <span className="muted">–</span>
  return (
    <details>
      <summary>Show</summary>
      {before !== null && <pre className="change">before {JSON.stringify(before, null, 1)}</pre>}
      {after !== null && <pre className="change">after {JSON.stringify(after, null, 1)}</pre>}
    </details>
  )
}
