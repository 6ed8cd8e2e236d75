import { useQuery } from '@tanstack/react-query'
import {
  Badge,
  Card as Section,
  Empty,
  formatWeekday,
  Loaded,
  PageHead,
  sentence,
  SkeletonRows,
} from 'page-kit'
import { useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import { semesters, sessionsOf, type SemesterView, type SessionView, type User } from '../api.ts'
import { faces } from '../specialization.ts'

/** How long after its end a session still counts as the present one. */
const lingersMs = 12 * 3_600_000
const pastShown = 12

/** The sessions that the caller teaches: those to come first, then the last ones. */
export function SessionsPage({ user }: { readonly user: User }): ReactNode {
  const query = useQuery(sessionsOf(user.id))
  const planned = useQuery(semesters)
  return (
    <>
      <PageHead title="Sessions">Open one to call the roll.</PageHead>
      <Loaded query={query} skeleton={<SkeletonRows count={6} height="4.5rem" />}>
        {({ items }) => <Sessions sessions={items} semesters={planned.data?.items ?? []} />}
      </Loaded>
    </>
  )
}

function Sessions({
  sessions,
  semesters,
}: {
  readonly sessions: readonly SessionView[]
  readonly semesters: readonly SemesterView[]
}): ReactNode {
  const [now] = useState(() => Date.now())
  const isPast = ({ ends_at }: SessionView): boolean => Date.parse(ends_at) + lingersMs < now
  const coming = sessions.filter((session) => !isPast(session))
  const past = sessions.filter(isPast).toReversed().slice(0, pastShown)
  const list = (some: readonly SessionView[]): ReactNode => (
    <ul className="person-list">
      {some.map((session) => (
        <SessionLine
          key={session.id}
          session={session}
          semester={semesters.find(({ id }) => id === session.semester_id)}
        />
      ))}
    </ul>
  )
  return (
    <div className="stack">
      <Section title="Today and to come" flush>
        {coming.length === 0 ? (
          <Empty icon="calendar" title="No session is planned for you">
            Admins plan sessions and say who teaches them.
          </Empty>
        ) : (
          list(coming)
        )}
      </Section>
      {past.length > 0 && (
        <Section title="Last sessions" flush>
          {list(past)}
        </Section>
      )}
    </div>
  )
}

function SessionLine({
  session,
  semester,
}: {
  readonly session: SessionView
  readonly semester: SemesterView | undefined
}): ReactNode {
  const { id, title, starts_at, session_type } = session
  const name = title ?? `Session ${id}`
  return (
    <li className="person-line">
      <span className="person-name">
        <strong>
          {semester ? `${semester.name}, ` : ''}
          {name}
        </strong>
        <span className="small muted">
          {formatWeekday(starts_at)}
          {semester ? ` · ${faces[semester.specialization_type].name}` : ''}
        </span>
      </span>
      <Badge tone={session_type === 'ON_SITE' ? 'plain' : 'info'}>{sentence(session_type)}</Badge>
      <Link className="button button-plain button-small" href={`/teach/sessions/${id}`}>
        Roll call
        <span className="visually-hidden"> of {name}</span>
      </Link>
    </li>
  )
}
