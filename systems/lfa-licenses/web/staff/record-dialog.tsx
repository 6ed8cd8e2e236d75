import {
  Button,
  Choices,
  Dialog,
  ErrorBanner,
  Field,
  formatNumber,
  formValues,
  problemOf,
  Select,
} from 'page-kit'
import { useState, type FormEvent, type ReactNode } from 'react'
import { client, type RosterView } from '../api.ts'
import { useChange } from '../change.ts'
import { faces } from '../specialization.ts'

interface RecordDialogProps {
  readonly line: RosterView
  readonly onClose: () => void
}

/** Enters one competition; a win may make eligible for the next belt and never promotes. */
export function CompetitionDialog({ line, onClose }: RecordDialogProps): ReactNode {
  const [result, setResult] = useState<'won' | 'lost' | null>(null)
  const record = useChange({
    change: (won: boolean, idempotencyKey) =>
      client.send<{ readonly eligible_level: number; readonly current_level: number }>(
        'POST',
        '/gancuju/competitions',
        { body: { license_id: line.license_id, won }, idempotencyKey },
      ),
    said: ({ eligible_level, current_level }) =>
      eligible_level > current_level
        ? `Entered. ${line.holder_name} is eligible for level ${eligible_level}`
        : 'Entered',
    onDone: onClose,
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (result) record.mutate(result === 'won')
  }
  return (
    <Dialog title={`Competition of ${line.holder_name}`} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        {record.error && <ErrorBanner error={record.error} />}
        <Choices
          label="Result"
          name="result"
          options={[
            ['won', 'Won'],
            ['lost', 'Lost'],
          ]}
          value={result}
          onChoose={setResult}
        />
        <Actions busy={record.isPending} disabled={result === null} onClose={onClose} />
      </form>
    </Dialog>
  )
}

/** Enters hours: of teaching, and for coaches of theory and practice too. */
export function HoursDialog({ line, onClose }: RecordDialogProps): ReactNode {
  const kinds =
    line.specialization_type === 'COACH'
      ? ([
          ['theory', 'Theory'],
          ['practice', 'Practice'],
          ['teaching', 'Teaching'],
        ] as const)
      : ([['teaching', 'Teaching']] as const)
  const { path } = faces[line.specialization_type]
  const enter = useChange({
    change: ({ kind, hours }: { readonly kind: string; readonly hours: number }, idempotencyKey) =>
      client.send('POST', `/${path}/${kind}-hours`, {
        body: { license_id: line.license_id, hours },
        idempotencyKey,
      }),
    said: (_answer, { hours }) => `${formatNumber(hours)} h entered for ${line.holder_name}`,
    onDone: onClose,
  })
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = formValues(event.currentTarget)
    enter.mutate({ kind: form['kind'] ?? '', hours: Number(form['hours']) })
  }
  return (
    <Dialog title={`Hours of ${line.holder_name}`} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        {enter.error && <ErrorBanner error={enter.error} />}
        <Select label="Kind" name="kind" options={kinds} />
        <Field
          label="Hours"
          name="hours"
          type="number"
          inputMode="numeric"
          min={1}
          max={1_000}
          required
          problem={problemOf(enter.error, 'hours')}
        />
        <Actions busy={enter.isPending} onClose={onClose} />
      </form>
    </Dialog>
  )
}

const xpSources = [
  ['QUIZ', 'Quiz'],
  ['PROJECT', 'Project'],
  ['COMPETITION', 'Competition'],
  ['MANUAL', 'Other'],
] as const

/** Grants XP to an intern; levels follow. */
export function XpDialog({ line, onClose }: RecordDialogProps): ReactNode {
  const grant = useChange({
    change: (body: object, idempotencyKey) =>
      client.send<{ readonly leveled_up: boolean; readonly new_level: number }>(
        'POST',
        '/internship/xp',
        { body, idempotencyKey },
      ),
    said: ({ leveled_up, new_level }) =>
      leveled_up ? `${line.holder_name} is at level ${new_level} now` : 'Granted',
    onDone: onClose,
  })
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = formValues(event.currentTarget)
    const description = form['description']?.trim()
    grant.mutate({
      license_id: line.license_id,
      xp_gained: Number(form['xp']),
      source: form['source'] ?? '',
      ...(description ? { description } : {}),
    })
  }
  return (
    <Dialog title={`XP for ${line.holder_name}`} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        {grant.error && <ErrorBanner error={grant.error} />}
        <Field
          label="XP"
          name="xp"
          type="number"
          inputMode="numeric"
          min={1}
          max={1_000_000}
          required
          problem={problemOf(grant.error, 'xp_gained')}
        />
        <Select label="For" name="source" options={xpSources} />
        <Field label="What it was" name="description" maxLength={500} />
        <Actions busy={grant.isPending} onClose={onClose} />
      </form>
    </Dialog>
  )
}

function Actions({
  busy,
  disabled = false,
  onClose,
}: {
  readonly busy: boolean
  readonly disabled?: boolean
  readonly onClose: () => void
}): ReactNode {
  return (
    <div className="form-actions">
      <Button kind="plain" onClick={onClose}>
        Cancel
      </Button>
      <Button type="submit" busy={busy} disabled={disabled}>
        Enter
      </Button>
    </div>
  )
}
