import { Button, Dialog, ErrorBanner, Field, formatNumber, formValues, problemOf } from 'page-kit'
import type { FormEvent, ReactNode } from 'react'
import { client, type SemesterView } from '../api.ts'
import { useChange } from '../change.ts'
import { faces } from '../specialization.ts'

/** Enrols in a semester; the payment is told here, or made with credits afterwards. */
export function EnrollDialog({
  semester,
  onClose,
}: {
  readonly semester: SemesterView
  readonly onClose: () => void
}): ReactNode {
  const { path } = faces[semester.specialization_type]
  const enrol = useChange({
    change: (reference: string, idempotencyKey) =>
      client.send('POST', `/${path}/enrollments`, {
        body: {
          semester_id: semester.id,
          ...(reference ? { payment_reference_code: reference } : {}),
        },
        idempotencyKey,
      }),
    said: () => `You are enrolled in ${semester.name}`,
    onDone: onClose,
  })
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    enrol.mutate((formValues(event.currentTarget)['reference'] ?? '').trim())
  }
  return (
    <Dialog title={`Enrol in ${semester.name}`} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        {enrol.error && <ErrorBanner error={enrol.error} />}
        <p>
          It costs {formatNumber(semester.cost_credits)} credits, or the same by transfer. An admin
          verifies transfers; credits count at once.
        </p>
        <Field
          label="Payment reference"
          name="reference"
          hint="Leave it empty to pay with credits afterwards."
          minLength={3}
          maxLength={100}
          problem={problemOf(enrol.error, 'payment_reference_code')}
        />
        <div className="form-actions">
          <Button kind="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" busy={enrol.isPending}>
            Enrol
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
