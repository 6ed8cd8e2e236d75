import { useQuery } from '@tanstack/react-query'
import { Button, DataTable, Dialog, Empty, formatDay, Loaded, SkeletonRows } from 'page-kit'
import type { ReactNode } from 'react'
import { progressions, type Card } from '../api.ts'
import { faces } from '../specialization.ts'

/** Every change of a licence's level. */
export function HistoryDialog({
  card,
  onClose,
}: {
  readonly card: Card
  readonly onClose: () => void
}): ReactNode {
  const query = useQuery(progressions(card.license_id ?? 0))
  const { name } = faces[card.specialization_type]
  return (
    <Dialog title={`${name}: levels so far`} onClose={onClose}>
      <Loaded query={query} skeleton={<SkeletonRows count={3} />}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty icon="rise" title="No change yet">
              Every new level is recorded here, with the reason.
            </Empty>
          ) : (
            <DataTable
              label="Changes of the level"
              rows={rows.toReversed()}
              keyOf={({ id }) => id}
              columns={[
                { title: 'Day', cell: ({ advanced_at }) => formatDay(advanced_at) },
                { title: 'Level', cell: (row) => `${row.from_level} → ${row.to_level}` },
                {
                  title: 'Reason',
                  cell: (row) => row.advancement_reason ?? 'By the rules',
                  wrap: true,
                },
              ]}
            />
          )
        }
      </Loaded>
      <div className="form-actions">
        <Button kind="plain" onClick={onClose}>
          Close
        </Button>
      </div>
    </Dialog>
  )
}
