import { useQuery } from '@tanstack/react-query'
import {
  Badge,
  Card,
  Facts,
  formatMoment,
  formatNumber,
  Icon,
  Loaded,
  PageHead,
  sentence,
  SkeletonCards,
} from 'page-kit'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { membersCsvPath, universe, type UniverseDetail } from '../api.ts'
import { paths } from '../path.ts'
import { ChangesCard } from './changes-card.tsx'
import { FilterList } from './filter-list.tsx'
import { LastChangeCard } from './last-change-card.tsx'
import { MembersCard } from './members-card.tsx'
import { PastCard } from './past-card.tsx'
import { nameOfUniverse } from './universe-name.ts'

/** One universe: its members now and at any day, and how it came to them. */
export function UniversePage({ universeKey }: { readonly universeKey: string }): ReactNode {
  const query = useQuery(universe(universeKey))
  const { data } = query
  return (
    <>
      <nav className="trail" aria-label="Trail">
        <Link href={paths.universes}>Universes</Link>
      </nav>
      <PageHead
        title={nameOfUniverse(universeKey)}
        aside={
          data && (
            <>
              <Link className="button button-plain" href={`${paths.overlap}?with=${universeKey}`}>
                Compare
              </Link>
              <a className="button button-plain" href={membersCsvPath(universeKey)} download>
                <Icon name="download" />
                Download CSV
              </a>
            </>
          )
        }
      >
        {data?.description ?? ''}
      </PageHead>
      <Loaded query={query} skeleton={<SkeletonCards count={2} height="16rem" column="24rem" />}>
        {(detail) => <Detail universe={detail} />}
      </Loaded>
    </>
  )
}

function Detail({ universe: detail }: { readonly universe: UniverseDetail }): ReactNode {
  const { key, members, last_change } = detail
  return (
    <div className="stack">
      <div className="halves">
        <AboutCard universe={detail} />
        <LastChangeCard change={last_change} />
      </div>
      <MembersCard members={members} />
      <PastCard universeKey={key} now={members.map(({ symbol }) => symbol)} />
      <ChangesCard universeKey={key} />
    </div>
  )
}

function AboutCard({ universe: about }: { readonly universe: UniverseDetail }): ReactNode {
  const { key, category, symbol_count, focus, rebalance_frequency, last_updated } = about
  return (
    <Card title="About" aside={category && <Badge tone="info">{sentenceOf(category)}</Badge>}>
      <Facts
        items={[
          ['Symbols', formatNumber(symbol_count)],
          ['Last update', formatMoment(last_updated)],
          ['Rebalanced', rebalance_frequency === null ? '–' : sentence(rebalance_frequency)],
          ['Key', <code key="key">{key}</code>],
        ]}
      />
      {focus && <p className="muted">{focus}</p>}
      <FilterList filter={about.liquidity_filter} />
    </Card>
  )
}

function sentenceOf(category: string): string {
  return category === 'ETF' ? 'ETF' : sentence(category)
}
