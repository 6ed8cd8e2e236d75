import { Button, Dialog, ErrorBanner, Field, formatNumber, formValues, problemOf } from 'page-kit'
import type { FormEvent, ReactNode } from 'react'
import { client, type Card } from '../api.ts'
import { useChange } from '../change.ts'
import { faces } from '../specialization.ts'

interface Purchase {
  readonly amount: number
  readonly payment_reference_code?: string
  readonly payment_proof_url?: string
}

/** Says how many credits were paid for; they count once an admin has verified the payment. */
export function BuyDialog({
  card,
  onClose,
}: {
  readonly card: Card
  readonly onClose: () => void
}): ReactNode {
  const { name, path } = faces[card.specialization_type]
  const buy = useChange({
    change: (body: Purchase, idempotencyKey) =>
      client.send('POST', `/${path}/credits/purchase`, { body, idempotencyKey }),
    said: (_answer, { amount }) => `${formatNumber(amount)} credits wait for verification`,
    onDone: onClose,
  })
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = formValues(event.currentTarget)
    const reference = form['reference']?.trim()
    const proof = form['proof']?.trim()
    buy.mutate({
      amount: Number(form['amount']),
      ...(reference ? { payment_reference_code: reference } : {}),
      ...(proof ? { payment_proof_url: proof } : {}),
    })
  }
  return (
    <Dialog title={`Buy credits for ${name}`} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        {buy.error && <ErrorBanner error={buy.error} />}
        <Field
          label="Credits"
          name="amount"
          type="number"
          inputMode="numeric"
          min={1}
          max={1_000_000}
          defaultValue={1_000}
          required
          problem={problemOf(buy.error, 'amount')}
        />
        <Field
          label="Payment reference"
          name="reference"
          hint="Of the transfer or card payment, so that it can be found."
          minLength={3}
          maxLength={100}
          problem={problemOf(buy.error, 'payment_reference_code')}
        />
        <Field
          label="Link to a proof of payment"
          name="proof"
          type="url"
          placeholder="https://"
          problem={problemOf(buy.error, 'payment_proof_url')}
        />
        <div className="form-actions">
          <Button kind="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" busy={buy.isPending}>
            Buy
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
