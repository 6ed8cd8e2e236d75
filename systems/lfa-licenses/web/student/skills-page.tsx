import { useQuery } from '@tanstack/react-query'
import {
  Card as Section,
  DataTable,
  Empty,
  formatNumber,
  Loaded,
  PageHead,
  Radar,
  Skeleton,
} from 'page-kit'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { cards, type Card } from '../api.ts'
import { skillNames } from '../specialization.ts'

/** The six skills of a player, as a picture and as figures. */
export function SkillsPage(): ReactNode {
  const query = useQuery(cards)
  return (
    <>
      <PageHead title="Skills">As your instructors have assessed them, from 0 to 100.</PageHead>
      <Loaded query={query} skeleton={<Skeleton height="26rem" />}>
        {(all) => <Skills card={all.find(({ skills }) => skills !== null)} />}
      </Loaded>
    </>
  )
}

function Skills({ card }: { readonly card: Card | undefined }): ReactNode {
  if (!card?.skills) {
    return (
      <div className="card">
        <Empty
          icon="chart"
          title="No player licence"
          action={
            <Link className="button button-plain" href="/licenses">
              See the licences
            </Link>
          }
        >
          Skills belong to the LFA Player licence. Unlock it to have yours assessed.
        </Empty>
      </div>
    )
  }
  const { skills, overall_avg } = card
  const axes = skillNames.map(([key, name]) => ({ name, value: skills[key] }))
  const isAssessed = axes.some(({ value }) => value > 0)
  return (
    <div className="split">
      <Section title="Profile">
        <Radar label="Skills" axes={axes} max={100} />
        {!isAssessed && <p className="muted">No instructor has assessed you yet.</p>}
      </Section>
      <Section
        title="Figures"
        flush
        aside={
          <span>
            <span className="muted">Overall </span>
            <strong>{formatNumber(overall_avg ?? 0)}</strong>
          </span>
        }
      >
        <DataTable
          label="Skills and their values"
          rows={axes}
          keyOf={({ name }) => name}
          columns={[
            { title: 'Skill', cell: ({ name }) => name },
            { title: 'Value', cell: ({ value }) => formatNumber(value), end: true },
          ]}
        />
      </Section>
    </div>
  )
}
