import { useQuery } from '@tanstack/react-query'
import {
  Badge,
  Button,
  Card as Section,
  DataTable,
  Empty,
  formatDay,
  formatNumber,
  Loaded,
  PageHead,
  Pager,
  sentence,
  Skeleton,
  SkeletonRows,
} from 'page-kit'
import { useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import { cards, creditBalance, creditTransactions, type Card } from '../api.ts'
import { faces } from '../specialization.ts'
import { BuyDialog } from './buy-dialog.tsx'

/** Balances and ledgers of the licences that have credits. */
export function CreditsPage(): ReactNode {
  const query = useQuery(cards)
  return (
    <>
      <PageHead title="Credits">
        They belong to one licence, pay for its own semesters and renewals, and last two years.
      </PageHead>
      <Loaded query={query} skeleton={<Skeleton height="20rem" />}>
        {(all) => {
          const held = all.filter(({ credit_balance }) => credit_balance !== null)
          if (held.length === 0) return <NoCredits />
          return (
            <div className="stack">
              {held.map((card) => (
                <Ledger key={card.specialization_type} card={card} />
              ))}
            </div>
          )
        }}
      </Loaded>
    </>
  )
}

function NoCredits(): ReactNode {
  return (
    <div className="card">
      <Empty
        icon="coin"
        title="No licence with credits"
        action={
          <Link className="button button-plain" href="/licenses">
            See the licences
          </Link>
        }
      >
        The LFA Player and Internship licences have credits. Unlock one to buy some.
      </Empty>
    </div>
  )
}

function Ledger({ card }: { readonly card: Card }): ReactNode {
  const [page, setPage] = useState(1)
  const [buying, setBuying] = useState(false)
  const { name, path } = faces[card.specialization_type]
  const balance = useQuery(creditBalance(path))
  const query = useQuery(creditTransactions(path, page))
  const nextExpiry = balance.data?.next_expiry_at
  return (
    <Section
      title={name}
      flush
      aside={
        <Button small onClick={() => setBuying(true)}>
          Buy credits
        </Button>
      }
    >
      <div className="card-foot row">
        <span className="figure">{formatNumber(card.credit_balance ?? 0)}</span>
        <span className="muted small">
          {(card.pending_credits ?? 0) > 0 &&
            `${formatNumber(card.pending_credits ?? 0)} more wait for their payment to be verified. `}
          {nextExpiry && `The next expire on ${formatDay(nextExpiry)}.`}
        </span>
      </div>
      <Loaded query={query} skeleton={<SkeletonRows count={4} />}>
        {({ items, total, page_size }) =>
          items.length === 0 ? (
            <Empty icon="coin" title="Nothing bought yet" />
          ) : (
            <>
              <DataTable
                label={`Ledger of ${name}`}
                rows={items}
                keyOf={({ id }) => id}
                columns={[
                  { title: 'Day', cell: ({ created_at }) => formatDay(created_at) },
                  { title: 'What', cell: ({ type }) => sentence(type) },
                  { title: 'Reference', cell: (row) => row.payment_reference_code ?? '–' },
                  {
                    title: 'State',
                    cell: ({ payment_verified }) => (
                      <Badge tone={payment_verified ? 'good' : 'warn'}>
                        {payment_verified ? 'Counted' : 'Waiting'}
                      </Badge>
                    ),
                  },
                  {
                    title: 'Credits',
                    cell: ({ amount }) => `${amount > 0 ? '+' : ''}${formatNumber(amount)}`,
                    end: true,
                  },
                ]}
              />
              <Pager page={page} pageSize={page_size} total={total} onPage={setPage} />
            </>
          )
        }
      </Loaded>
      {buying && <BuyDialog card={card} onClose={() => setBuying(false)} />}
    </Section>
  )
}
