import { Button, ErrorBanner, useToast } from 'page-kit'
import type { ReactNode } from 'react'
import { client, type InconsistencyView, type RepairView } from '../api.ts'
import { useChange } from '../change.ts'

/** Mends one pair as it is recommended; what no sync can mend is for a person. */
export function SyncButton({ issue }: { readonly issue: InconsistencyView }): ReactNode {
  const say = useToast()
  const name = issue.user_name ?? `User ${issue.user_id}`
  const sync = useChange({
    change: () =>
      client.send<RepairView>('POST', `/licenses/admin/sync/user/${issue.user_id}`, {
        body: { specialization_id: issue.specialization, direction: 'recommended' },
      }),
    onDone: ({ is_consistent, error }) =>
      say(is_consistent ? `${name} is consistent again` : `${name}: ${error ?? 'not mended yet'}`),
  })
  if (issue.recommended_action === 'review_credit_ledger') {
    return <span className="small muted">By hand</span>
  }
  return (
    <>
      <Button
        kind="plain"
        small
        className="sync-button"
        busy={sync.isPending}
        onClick={() => sync.mutate(undefined)}
      >
        Sync
        <span className="visually-hidden"> {name}</span>
      </Button>
      {sync.error && <ErrorBanner error={sync.error} />}
    </>
  )
}
