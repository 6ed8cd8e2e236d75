import { Confirm, formatDay, formatNumber } from 'page-kit'
import type { ReactNode } from 'react'
import { client, type Card } from '../api.ts'
import { useChange } from '../change.ts'
import { faces } from '../specialization.ts'

/** Renews a licence that expires. */
export function RenewDialog({
  card,
  onClose,
}: {
  readonly card: Card
  readonly onClose: () => void
}): ReactNode {
  const { name, path } = faces[card.specialization_type]
  const cost = card.renewal_cost_credits ?? 0
  const renew = useChange({
    change: (_: undefined, idempotencyKey) =>
      client.send<{ readonly expires_at: string }>(
        'POST',
        `/${path}/licenses/${card.license_id}/renew`,
        { idempotencyKey },
      ),
    said: ({ expires_at }) => `${name} is valid until ${formatDay(expires_at)}`,
    onDone: onClose,
  })
  return (
    <Confirm
      title={`Renew ${name}`}
      action={cost > 0 ? `Renew for ${formatNumber(cost)} credits` : 'Renew'}
      busy={renew.isPending}
      error={renew.error}
      onConfirm={() => renew.mutate(undefined)}
      onClose={onClose}
    >
      <p>
        {card.status === 'expired' ? 'It counts from today.' : 'It counts from the present expiry'}
        {card.status !== 'expired' && card.expires_at && `, ${formatDay(card.expires_at)}.`}
      </p>
      {cost > 0 && (
        <p className="muted">You have {formatNumber(card.credit_balance ?? 0)} credits.</p>
      )}
    </Confirm>
  )
}
