import { Confirm } from 'page-kit'
import type { ReactNode } from 'react'
import { client, type Card, type Progress } from '../api.ts'
import { useChange } from '../change.ts'
import { faces } from '../specialization.ts'

/** Issues the caller a licence, and starts counting his progress where that is counted. */
export function UnlockDialog({
  card,
  progress,
  onClose,
}: {
  readonly card: Card
  readonly progress: Progress | undefined
  readonly onClose: () => void
}): ReactNode {
  const { name, path, about, progress: counted } = faces[card.specialization_type]
  const unlock = useChange({
    change: async () => {
      await client.send('POST', `/${path}/licenses`, { body: {} })
      if (counted && !progress) {
        await client.send('POST', '/specializations/progress', {
          body: { specialization_id: counted },
        })
      }
    },
    said: () => `${name} is unlocked`,
    onDone: onClose,
  })
  return (
    <Confirm
      title={`Unlock ${name}`}
      action="Unlock"
      busy={unlock.isPending}
      error={unlock.error}
      onConfirm={() => unlock.mutate(undefined)}
      onClose={onClose}
    >
      <p>{about}</p>
      <p className="muted">
        You get a licence at its first level. It does not touch your other licences.
      </p>
    </Confirm>
  )
}
