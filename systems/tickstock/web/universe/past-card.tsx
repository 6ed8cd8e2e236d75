import { useQuery } from '@tanstack/react-query'
import { Card, counted, Empty, Field, formatDay, Loaded, Skeleton } from 'page-kit'
import { useState, type ReactNode } from 'react'
import { universeAt, type UniverseAt } from '../api.ts'

const symbolsShown = 60

/** The members at the end of a day that somebody chooses, beside those of now. */
export function PastCard({
  universeKey,
  now,
}: {
  readonly universeKey: string
  readonly now: readonly string[]
}): ReactNode {
  const [day, setDay] = useState('')
  const [today] = useState(() => new Date().toISOString().slice(0, 10))
  return (
    <Card title="As it was">
      <Field
        label="At the end of"
        type="date"
        max={today}
        value={day}
        onChange={(event) => setDay(event.target.value)}
      />
      {day === '' ? (
        <p className="muted">
          Choose a day to see who was a member then, who has come since, and who has left.
        </p>
      ) : (
        <Past universeKey={universeKey} day={day} now={now} />
      )}
    </Card>
  )
}

function Past({
  universeKey,
  day,
  now,
}: {
  readonly universeKey: string
  readonly day: string
  readonly now: readonly string[]
}): ReactNode {
  const query = useQuery(universeAt(universeKey, `${day}T23:59:59.999Z`))
  return (
    <Loaded query={query} skeleton={<Skeleton height="8rem" />}>
      {({ members }) => <Compared members={members} day={day} now={now} />}
    </Loaded>
  )
}

function Compared({
  members,
  day,
  now,
}: {
  readonly members: UniverseAt['members']
  readonly day: string
  readonly now: readonly string[]
}): ReactNode {
  if (members.length === 0) return <Empty icon="clock" title="It had no members yet" />
  const then = new Set(members.map(({ symbol }) => symbol))
  const joined = now.filter((symbol) => !then.has(symbol))
  const left = [...then].filter((symbol) => !now.includes(symbol))
  return (
    <div className="stack" role="status">
      <p>
        <strong>{counted(members.length, 'member')}</strong> on {formatDay(day)}
      </p>
      <Symbols title="Joined since" symbols={joined} />
      <Symbols title="Left since" symbols={left} />
      <Symbols title="Members then" symbols={[...then]} />
    </div>
  )
}

function Symbols({
  title,
  symbols,
}: {
  readonly title: string
  readonly symbols: readonly string[]
}): ReactNode {
  const rest = symbols.length - symbolsShown
  return (
    <div>
      <h3>{title}</h3>
      {symbols.length === 0 ? (
        <p className="muted">Nobody</p>
      ) : (
        <ul className="symbol-row plain-list" aria-label={title}>
          {symbols.slice(0, symbolsShown).map((symbol) => (
            <li className="symbol" key={symbol}>
              {symbol}
            </li>
          ))}
          {rest > 0 && <li className="muted small">and {rest} more</li>}
        </ul>
      )}
    </div>
  )
}
