import { useQuery } from '@tanstack/react-query'
import {
  Button,
  Card as Section,
  Confirm,
  DataTable,
  Empty,
  formatDay,
  formatNumber,
  Loaded,
  PageHead,
  Pager,
  SkeletonRows,
} from 'page-kit'
import { useState, type ReactNode } from 'react'
import { client, pendingPayments, type PaymentView } from '../api.ts'
import { useChange } from '../change.ts'
import { faces } from '../specialization.ts'

/** Payments that somebody says he has made. */
export function PaymentsPage(): ReactNode {
  const [page, setPage] = useState(1)
  const [chosen, setChosen] = useState<PaymentView | null>(null)
  const query = useQuery(pendingPayments(page, 25))
  return (
    <>
      <PageHead title="Payments">
        Compare the reference with the bank, then verify. Credits count and sessions can be attended
        from that moment.
      </PageHead>
      <Section title="To verify" flush>
        <Loaded query={query} skeleton={<SkeletonRows count={5} />}>
          {({ items, total, page_size }) =>
            items.length === 0 ? (
              <Empty icon="coin" title="Every payment has been verified">
                New purchases and enrolments appear here.
              </Empty>
            ) : (
              <>
                <Queue payments={items} onChoose={setChosen} />
                <Pager page={page} pageSize={page_size} total={total} onPage={setPage} />
              </>
            )
          }
        </Loaded>
      </Section>
      {chosen && <VerifyDialog payment={chosen} onClose={() => setChosen(null)} />}
    </>
  )
}

function Queue({
  payments,
  onChoose,
}: {
  readonly payments: readonly PaymentView[]
  readonly onChoose: (payment: PaymentView) => void
}): ReactNode {
  return (
    <DataTable
      label="Payments to verify"
      rows={payments}
      keyOf={({ kind, id }) => `${kind} ${id}`}
      columns={[
        { title: 'Since', cell: ({ created_at }) => formatDay(created_at) },
        { title: 'Name', cell: ({ holder_name }) => <strong>{holder_name}</strong> },
        { title: 'For', cell: whatFor },
        { title: 'Credits', cell: ({ credits }) => formatNumber(credits), end: true },
        {
          title: 'Reference',
          cell: ({ payment_reference_code: code, payment_proof_url: url }) => (
            <span className="person-name">
              {code ? <code>{code}</code> : <span className="muted">none given</span>}
              {url && (
                <a className="small" href={url} target="_blank" rel="noreferrer">
                  Proof of payment
                </a>
              )}
            </span>
          ),
        },
        {
          title: 'Verify',
          cell: (payment) => (
            <Button small onClick={() => onChoose(payment)}>
              Verify
              <span className="visually-hidden"> the payment of {payment.holder_name}</span>
            </Button>
          ),
        },
      ]}
    />
  )
}

function whatFor({ kind, semester_name, specialization_type }: PaymentView): string {
  const { name } = faces[specialization_type]
  return kind === 'PURCHASE' ? `${name}, credits` : `${name}, ${semester_name}`
}

function VerifyDialog({
  payment,
  onClose,
}: {
  readonly payment: PaymentView
  readonly onClose: () => void
}): ReactNode {
  const { kind, id, holder_name, credits, payment_reference_code: code } = payment
  const path =
    kind === 'PURCHASE'
      ? `/${faces[payment.specialization_type].path}/credits/${id}/verify`
      : `/enrollments/${id}/verify-payment`
  const verify = useChange({
    change: () => client.send('POST', path),
    said: () => `The payment of ${holder_name} is verified`,
    onDone: onClose,
  })
  return (
    <Confirm
      title="Verify this payment"
      action="Verify the payment"
      busy={verify.isPending}
      error={verify.error}
      onConfirm={() => verify.mutate(undefined)}
      onClose={onClose}
    >
      <p>
        <strong>{holder_name}</strong>, {whatFor(payment)}: {formatNumber(credits)} credits
        {code && (
          <>
            , reference <code>{code}</code>
          </>
        )}
        .
      </p>
      <p className="muted">It cannot be taken back.</p>
    </Confirm>
  )
}
