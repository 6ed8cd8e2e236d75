import { Badge, Button, Confirm, Empty, formatNumber } from 'page-kit'
import { useState, type ReactNode } from 'react'
import { client, type Card, type EnrollmentView, type SemesterView } from '../api.ts'
import { useChange } from '../change.ts'
import { faces } from '../specialization.ts'
import { AttendanceDialog } from './attendance-dialog.tsx'

interface Place {
  readonly enrollment: EnrollmentView
  readonly semester: SemesterView | undefined
  readonly balance: number | null
}

type Opened = { readonly what: 'attendance' | 'pay' | 'cancel'; readonly place: Place } | null

/** The caller's enrolments, newest first, with what can be done about each. */
export function OwnSemesters({
  enrollments,
  semesters,
  cards,
}: {
  readonly enrollments: readonly EnrollmentView[]
  readonly semesters: readonly SemesterView[]
  readonly cards: readonly Card[]
}): ReactNode {
  const [opened, setOpened] = useState<Opened>(null)
  if (enrollments.length === 0) {
    return (
      <Empty icon="calendar" title="You are not enrolled anywhere">
        Choose a semester below.
      </Empty>
    )
  }
  const places = enrollments.toReversed().map((enrollment) => ({
    enrollment,
    semester: semesters.find(({ id }) => id === enrollment.semester_id),
    balance:
      cards.find(({ license_id }) => license_id === enrollment.license_id)?.credit_balance ?? null,
  }))
  const close = (): void => setOpened(null)
  return (
    <>
      <ul className="person-list">
        {places.map((place) => (
          <PlaceLine key={place.enrollment.enrollment_id} place={place} onOpen={setOpened} />
        ))}
      </ul>
      {opened?.what === 'attendance' && (
        <AttendanceDialog
          enrollmentId={opened.place.enrollment.enrollment_id}
          name={opened.place.semester?.name ?? ''}
          onClose={close}
        />
      )}
      {opened?.what === 'pay' && <PayDialog place={opened.place} onClose={close} />}
      {opened?.what === 'cancel' && <CancelDialog place={opened.place} onClose={close} />}
    </>
  )
}

function PlaceLine({
  place,
  onOpen,
}: {
  readonly place: Place
  readonly onOpen: (opened: Opened) => void
}): ReactNode {
  const { enrollment, semester, balance } = place
  const name = semester?.name ?? `Semester ${enrollment.semester_id}`
  const isEnrolled = enrollment.status === 'ENROLLED'
  const isUnpaid = isEnrolled && !enrollment.payment_verified
  const isOpen = semester?.status === 'OPEN' || semester?.status === 'ACTIVE'
  const isCalledOff = semester?.status === 'CANCELLED'
  return (
    <li className="person-line">
      <span className="person-name">
        <strong>{name}</strong>
        <span className="small muted">{faces[enrollment.specialization_type].name}</span>
      </span>
      <StatusBadge enrollment={enrollment} isCalledOff={isCalledOff} />
      <span className="row">
        {isUnpaid && isOpen && balance !== null && (
          <Button small onClick={() => onOpen({ what: 'pay', place })}>
            Pay with credits
          </Button>
        )}
        <Button kind="plain" small onClick={() => onOpen({ what: 'attendance', place })}>
          Attendance
          <span className="visually-hidden"> in {name}</span>
        </Button>
        {(isUnpaid || (isEnrolled && isCalledOff)) && (
          <Button kind="quiet" small onClick={() => onOpen({ what: 'cancel', place })}>
            Withdraw
          </Button>
        )}
      </span>
    </li>
  )
}

function StatusBadge({
  enrollment,
  isCalledOff,
}: {
  readonly enrollment: EnrollmentView
  readonly isCalledOff: boolean
}): ReactNode {
  if (enrollment.status === 'GRADUATED') return <Badge tone="good">Graduated</Badge>
  if (enrollment.status === 'CANCELLED') return <Badge tone="plain">Withdrawn</Badge>
  if (isCalledOff) return <Badge tone="warn">Called off</Badge>
  if (!enrollment.payment_verified) return <Badge tone="warn">Payment is awaited</Badge>
  return <Badge tone="info">Enrolled</Badge>
}

interface PlaceDialogProps {
  readonly place: Place
  readonly onClose: () => void
}

function PayDialog({ place, onClose }: PlaceDialogProps): ReactNode {
  const { enrollment, semester, balance } = place
  const amount = (semester?.cost_credits ?? 0) - enrollment.credits_spent
  const pay = useChange({
    change: (_: undefined, idempotencyKey) =>
      client.send('POST', `/${faces[enrollment.specialization_type].path}/credits/spend`, {
        body: { enrollment_id: enrollment.enrollment_id, amount },
        idempotencyKey,
      }),
    said: () => `${semester?.name ?? 'The semester'} is paid`,
    onDone: onClose,
  })
  return (
    <Confirm
      title={`Pay for ${semester?.name ?? 'the semester'}`}
      action={`Pay ${formatNumber(amount)} credits`}
      busy={pay.isPending}
      error={pay.error}
      onConfirm={() => pay.mutate(undefined)}
      onClose={onClose}
    >
      <p>You have {formatNumber(balance ?? 0)} credits on this licence.</p>
    </Confirm>
  )
}

function CancelDialog({ place, onClose }: PlaceDialogProps): ReactNode {
  const { enrollment, semester } = place
  const cancel = useChange({
    change: (_: undefined, idempotencyKey) =>
      client.send('POST', `/enrollments/${enrollment.enrollment_id}/cancel`, { idempotencyKey }),
    said: () => 'You have withdrawn',
    onDone: onClose,
  })
  return (
    <Confirm
      title={`Withdraw from ${semester?.name ?? 'the semester'}`}
      action="Withdraw"
      danger
      busy={cancel.isPending}
      error={cancel.error}
      onConfirm={() => cancel.mutate(undefined)}
      onClose={onClose}
    >
      <p>
        Credits that you have spent on it come back.
        {semester?.status !== 'CANCELLED' && ' You can enrol again while it is open.'}
      </p>
    </Confirm>
  )
}
