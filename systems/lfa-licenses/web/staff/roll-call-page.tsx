import { useQuery } from '@tanstack/react-query'
import {
  Card as Section,
  Empty,
  formatWeekday,
  Loaded,
  PageHead,
  sentence,
  SkeletonRows,
} from 'page-kit'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { rollCall, semesters, sessionOf } from '../api.ts'
import { RollCall } from './roll-call.tsx'

/** Who is there: everyone enrolled in the semester of a session. */
export function RollCallPage({ id }: { readonly id: string }): ReactNode {
  const query = useQuery(rollCall(id))
  const { data: session } = useQuery(sessionOf(id))
  const { data: planned } = useQuery(semesters)
  const semester = planned?.items.find((one) => one.id === session?.semester_id)
  return (
    <>
      <PageHead
        title={session?.title ? `Roll call: ${session.title}` : 'Roll call'}
        aside={
          <Link className="button button-plain button-small" href="/teach">
            All sessions
          </Link>
        }
      >
        {session
          ? `${semester ? `${semester.name} · ` : ''}${formatWeekday(session.starts_at)} · ${sentence(session.session_type)} · ${session.capacity} places`
          : 'Loading the session'}
      </PageHead>
      <Loaded query={query} skeleton={<SkeletonRows count={6} height="4rem" />}>
        {(lines) =>
          lines.length === 0 ? (
            <Section title="Nobody yet">
              <Empty icon="people" title="No one is enrolled in this semester" />
            </Section>
          ) : (
            <RollCall
              lines={lines}
              sessionId={Number(id)}
              isRated={
                semester?.specialization_type === 'LFA_PLAYER' ||
                semester?.specialization_type === 'INTERNSHIP'
              }
              hasQuiz={session !== undefined && session.session_type !== 'ON_SITE'}
            />
          )
        }
      </Loaded>
    </>
  )
}
