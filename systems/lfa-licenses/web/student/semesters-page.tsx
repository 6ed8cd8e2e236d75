import { useQuery } from '@tanstack/react-query'
import {
  Button,
  Card as Section,
  Empty,
  formatDay,
  formatNumber,
  Loaded,
  PageHead,
  SkeletonRows,
} from 'page-kit'
import { useState, type ReactNode } from 'react'
import { cards, enrollments, semesters, type Card, type SemesterView } from '../api.ts'
import { faces } from '../specialization.ts'
import { EnrollDialog } from './enroll-dialog.tsx'
import { OwnSemesters } from './own-semesters.tsx'

/** Semesters that the caller is in, and those that he can enrol in. */
export function SemestersPage(): ReactNode {
  const all = useQuery(semesters)
  const own = useQuery(enrollments)
  const held = useQuery(cards)
  return (
    <>
      <PageHead title="Semesters">
        Enrol with an active licence; sessions count once the payment is verified.
      </PageHead>
      <div className="stack">
        <Section title="Your semesters" flush>
          <Loaded query={own} skeleton={<SkeletonRows count={3} height="3.5rem" />}>
            {({ items }) => (
              <OwnSemesters
                enrollments={items}
                semesters={all.data?.items ?? []}
                cards={held.data ?? []}
              />
            )}
          </Loaded>
        </Section>
        <Section title="Open for enrolment" flush>
          <Loaded query={all} skeleton={<SkeletonRows count={3} height="3.5rem" />}>
            {({ items }) => {
              const taken = new Set(
                (own.data?.items ?? [])
                  .filter(({ is_active }) => is_active)
                  .map(({ semester_id }) => semester_id),
              )
              const open = items.filter(
                ({ id, status, specialization_type }) =>
                  (status === 'OPEN' || status === 'ACTIVE') &&
                  specialization_type !== 'COACH' &&
                  !taken.has(id),
              )
              return <OpenSemesters semesters={open} cards={held.data ?? []} />
            }}
          </Loaded>
        </Section>
      </div>
    </>
  )
}

function OpenSemesters({
  semesters,
  cards,
}: {
  readonly semesters: readonly SemesterView[]
  readonly cards: readonly Card[]
}): ReactNode {
  const [chosen, setChosen] = useState<SemesterView | null>(null)
  if (semesters.length === 0) {
    return (
      <Empty icon="calendar" title="Nothing is open at the moment">
        New semesters are announced here.
      </Empty>
    )
  }
  const isHeld = (semester: SemesterView): boolean =>
    cards.some(
      (card) => card.specialization_type === semester.specialization_type && card.is_active,
    )
  return (
    <>
      <ul className="person-list">
        {semesters.map((semester) => (
          <li className="person-line" key={semester.id}>
            <span className="person-name">
              <strong>{semester.name}</strong>
              <span className="small muted">
                {faces[semester.specialization_type].name} · {formatDay(semester.start_date)} to{' '}
                {formatDay(semester.end_date)}
              </span>
            </span>
            <span>{formatNumber(semester.cost_credits)} credits</span>
            {isHeld(semester) ? (
              <Button kind="plain" small onClick={() => setChosen(semester)}>
                Enrol
                <span className="visually-hidden"> in {semester.name}</span>
              </Button>
            ) : (
              <span className="small muted">
                Needs the {faces[semester.specialization_type].name} licence
              </span>
            )}
          </li>
        ))}
      </ul>
      {chosen && <EnrollDialog semester={chosen} onClose={() => setChosen(null)} />}
    </>
  )
}
