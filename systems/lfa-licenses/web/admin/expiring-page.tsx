import { useQuery } from '@tanstack/react-query'
import {
  Badge,
  Button,
  Card as Section,
  Choices,
  Confirm,
  counted,
  DataTable,
  Empty,
  formatDay,
  Loaded,
  PageHead,
  Pager,
  SkeletonRows,
} from 'page-kit'
import { useState, type ReactNode } from 'react'
import { client, roster, type RosterView } from '../api.ts'
import { useChange } from '../change.ts'
import { faces } from '../specialization.ts'

const periods = [
  ['7', '7 days'],
  ['30', '30 days'],
  ['90', '90 days'],
  ['365', 'A year'],
] as const

const dayMs = 86_400_000
const urgentDays = 7

/** Licences that will expire, the first ones first. */
export function ExpiringPage(): ReactNode {
  const [days, setDays] = useState<(typeof periods)[number][0]>('30')
  const [page, setPage] = useState(1)
  const [chosen, setChosen] = useState<RosterView | null>(null)
  const query = useQuery({
    ...roster({ expires_within_days: Number(days), page, page_size: 25 }),
    placeholderData: (previous) => previous,
  })
  return (
    <>
      <PageHead
        title="Expiring licences"
        aside={
          <Choices
            label="Within"
            name="days"
            options={periods}
            value={days}
            onChoose={(chosenDays) => {
              setDays(chosenDays)
              setPage(1)
            }}
          />
        }
      >
        Holders get a notice 90, 30 and 7 days ahead.
      </PageHead>
      <Section
        title={`Within ${periods.find(([value]) => value === days)?.[1].toLowerCase()}`}
        flush
      >
        <Loaded query={query} skeleton={<SkeletonRows count={5} />}>
          {({ items, total, page_size }) =>
            items.length === 0 ? (
              <Empty icon="clock" title="No licence expires so soon" />
            ) : (
              <>
                <Expiring lines={items} onChoose={setChosen} />
                <Pager page={page} pageSize={page_size} total={total} onPage={setPage} />
              </>
            )
          }
        </Loaded>
      </Section>
      {chosen && <RenewDialog line={chosen} onClose={() => setChosen(null)} />}
    </>
  )
}

function Expiring({
  lines,
  onChoose,
}: {
  readonly lines: readonly RosterView[]
  readonly onChoose: (line: RosterView) => void
}): ReactNode {
  const left = (expiresAt: string): number =>
    Math.ceil((Date.parse(expiresAt) - Date.now()) / dayMs)
  return (
    <DataTable
      label="Licences that expire"
      rows={lines}
      keyOf={({ license_id }) => license_id}
      columns={[
        { title: 'Name', cell: ({ holder_name }) => <strong>{holder_name}</strong> },
        { title: 'Licence', cell: (line) => faces[line.specialization_type].name },
        { title: 'Level', cell: ({ current_level }) => current_level ?? '–', end: true },
        { title: 'Expires', cell: ({ expires_at }) => formatDay(expires_at ?? '') },
        {
          title: 'Left',
          cell: ({ expires_at }) => {
            const days = left(expires_at ?? '')
            return <Badge tone={days <= urgentDays ? 'bad' : 'warn'}>{counted(days, 'day')}</Badge>
          },
        },
        {
          title: 'Renew',
          cell: (line) => (
            <Button kind="plain" small onClick={() => onChoose(line)}>
              Renew
              <span className="visually-hidden"> the licence of {line.holder_name}</span>
            </Button>
          ),
        },
      ]}
    />
  )
}

function RenewDialog({
  line,
  onClose,
}: {
  readonly line: RosterView
  readonly onClose: () => void
}): ReactNode {
  const { name, path } = faces[line.specialization_type]
  const renew = useChange({
    change: (_: undefined, idempotencyKey) =>
      client.send<{ readonly expires_at: string }>(
        'POST',
        `/${path}/licenses/${line.license_id}/renew`,
        { idempotencyKey },
      ),
    said: ({ expires_at }) => `Valid until ${formatDay(expires_at)}`,
    onDone: onClose,
  })
  return (
    <Confirm
      title={`Renew the licence of ${line.holder_name}`}
      action="Renew"
      busy={renew.isPending}
      error={renew.error}
      onConfirm={() => renew.mutate(undefined)}
      onClose={onClose}
    >
      <p>
        {name}, from {formatDay(line.expires_at ?? '')} on.
        {line.specialization_type === 'INTERNSHIP' &&
          ' The price is taken from the credits of this licence.'}
      </p>
    </Confirm>
  )
}
