import { Button, Dialog, ErrorBanner, Field, formValues, problemOf, TextArea } from 'page-kit'
import type { FormEvent, ReactNode } from 'react'
import { client, type CandidateView } from '../api.ts'
import { useChange } from '../change.ts'
import { faces } from '../specialization.ts'

interface Answer {
  /** Missing for coaches, whose certification takes one admin. */
  readonly promoted?: boolean
  readonly approvals?: number
  readonly approvals_needed?: number
}

/** Decides on a promotion; for a coach with the result of the examination. */
export function PromotionDialog({
  candidate,
  onClose,
}: {
  readonly candidate: CandidateView
  readonly onClose: () => void
}): ReactNode {
  const { license_id, holder_name, to_level, specialization_type, exam_pass_percent } = candidate
  const isCoach = specialization_type === 'COACH'
  const promote = useChange({
    change: (body: object, idempotencyKey) =>
      client.send<Answer>(
        'POST',
        `/${faces[specialization_type].path}/licenses/${license_id}/promote`,
        { body, idempotencyKey },
      ),
    said: ({ promoted = true, approvals, approvals_needed }) =>
      promoted
        ? `${holder_name} is at level ${to_level} now`
        : `Approved, ${approvals} of ${approvals_needed}`,
    onDone: onClose,
  })
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = formValues(event.currentTarget)
    const reason = form['reason']?.trim()
    promote.mutate({
      ...(reason ? { reason } : {}),
      ...(isCoach
        ? {
            exam_score_percent: Number(form['exam']),
            first_aid_certificate: form['aid'] === 'on',
          }
        : {}),
    })
  }
  return (
    <Dialog title={`${holder_name} to level ${to_level}`} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        {promote.error && <ErrorBanner error={promote.error} />}
        {isCoach && <Examination passPercent={exam_pass_percent} error={promote.error} />}
        <TextArea label="Reason, for the record" name="reason" maxLength={500} />
        <div className="form-actions">
          <Button kind="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" busy={promote.isPending}>
            {candidate.approvals_needed > 1 ? 'Approve' : 'Promote'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function Examination({
  passPercent,
  error,
}: {
  readonly passPercent: number
  readonly error: Error | null
}): ReactNode {
  return (
    <>
      <Field
        label="Examination, percent"
        name="exam"
        type="number"
        min={0}
        max={100}
        step={0.1}
        required
        hint={`Passed from ${passPercent}%.`}
        problem={problemOf(error, 'exam_score_percent')}
      />
      <label className="row">
        <input type="checkbox" name="aid" />
        Has a valid first aid certificate
      </label>
    </>
  )
}
