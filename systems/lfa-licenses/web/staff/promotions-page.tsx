import { useQuery } from '@tanstack/react-query'
import {
  Button,
  Card as Section,
  counted,
  DataTable,
  Empty,
  formatNumber,
  Loaded,
  PageHead,
  Pager,
  SkeletonRows,
} from 'page-kit'
import { useState, type ReactNode } from 'react'
import { candidates, type CandidateView, type User } from '../api.ts'
import { Belt } from '../part/belt.tsx'
import { faces } from '../specialization.ts'
import { PromotionDialog } from './promotion-dialog.tsx'

/** Licences whose record carries the next level: somebody has to decide. */
export function PromotionsPage({ viewer }: { readonly viewer: User['role'] }): ReactNode {
  const [page, setPage] = useState(1)
  const [chosen, setChosen] = useState<CandidateView | null>(null)
  const query = useQuery(candidates(page, 25))
  return (
    <>
      <PageHead title="Promotions">
        Nobody is promoted by a win alone. These have earned the next level and wait for a decision.
      </PageHead>
      <Section title="Waiting" flush>
        <Loaded query={query} skeleton={<SkeletonRows count={4} height="4rem" />}>
          {({ items, total, page_size }) =>
            items.length === 0 ? (
              <Empty icon="rise" title="Nobody waits for a promotion">
                Who has won, taught or trained enough appears here by itself.
              </Empty>
            ) : (
              <>
                <Queue candidates={items} viewer={viewer} onChoose={setChosen} />
                <Pager page={page} pageSize={page_size} total={total} onPage={setPage} />
              </>
            )
          }
        </Loaded>
      </Section>
      {chosen && <PromotionDialog candidate={chosen} onClose={() => setChosen(null)} />}
    </>
  )
}

function Queue({
  candidates,
  viewer,
  onChoose,
}: {
  readonly candidates: readonly CandidateView[]
  readonly viewer: User['role']
  readonly onChoose: (candidate: CandidateView) => void
}): ReactNode {
  return (
    <DataTable
      label="Licences that wait for a promotion"
      rows={candidates}
      keyOf={({ license_id }) => license_id}
      columns={[
        {
          title: 'Name',
          cell: (row) => (
            <span className="person-name">
              <strong>{row.holder_name}</strong>
              <span className="small muted">{faces[row.specialization_type].name}</span>
            </span>
          ),
        },
        {
          title: 'To',
          cell: (row) => (
            <span style={{ ['--hue' as string]: faces[row.specialization_type].hue }}>
              <Belt level={row.to_level} name={row.to_name} color={row.to_color} />
            </span>
          ),
        },
        { title: 'Record', cell: recordOf },
        {
          title: 'Decision',
          cell: (row) => <Decision candidate={row} viewer={viewer} onChoose={onChoose} />,
        },
      ]}
    />
  )
}

function recordOf(row: CandidateView): string {
  return row.specialization_type === 'GANCUJU'
    ? `${row.competitions_won} of ${row.competitions_entered} won, ${row.teaching_hours} h taught`
    : [
        `${formatNumber(row.total_xp ?? 0)} XP`,
        counted(row.sessions, 'session'),
        `${row.theory_hours} h theory`,
        `${row.practice_hours} h practice`,
        `${row.teaching_hours} h taught`,
      ].join(', ')
}

function Decision({
  candidate,
  viewer,
  onChoose,
}: {
  readonly candidate: CandidateView
  readonly viewer: User['role']
  readonly onChoose: (candidate: CandidateView) => void
}): ReactNode {
  const { approver_role, approvals, approvals_needed, approved_by_me, holder_name } = candidate
  if (approver_role === 'ADMIN' && viewer !== 'ADMIN') {
    return <span className="small muted">An admin decides</span>
  }
  if (approved_by_me) {
    return (
      <span className="small muted">
        Approved by you, {approvals} of {approvals_needed}
      </span>
    )
  }
  return (
    <span className="row">
      <Button small onClick={() => onChoose(candidate)}>
        {approvals_needed > 1 ? 'Approve' : 'Promote'}
        <span className="visually-hidden"> {holder_name}</span>
      </Button>
      {approvals_needed > 1 && (
        <span className="small muted">
          {approvals} of {approvals_needed}
        </span>
      )}
    </span>
  )
}
