import { useQuery } from '@tanstack/react-query'
import {
  Badge,
  Card,
  Empty,
  Facts,
  formatDay,
  formatMoment,
  formatNumber,
  Loaded,
  PageHead,
  Skeleton,
  SkeletonCards,
} from 'page-kit'
import { useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import { barsOf, scenarios, type ScenarioView } from '../api.ts'
import { scenarioPath } from '../path.ts'
import { BarTable } from './bar-table.tsx'
import { CandleChart } from './candle-chart.tsx'
import { OutcomeCard } from './outcome-card.tsx'
import { PatternCard } from './pattern-card.tsx'

/** A synthetic market: its candles, what was planted in them, and whether it became what it should. */
export default function ScenarioPage({
  symbol,
}: {
  readonly symbol: string | undefined
}): ReactNode {
  const query = useQuery(scenarios)
  return (
    <>
      <PageHead title="Scenarios">
        Synthetic markets with a known course, apart from the real one. The same seed makes the same
        bars everywhere.
      </PageHead>
      <Loaded query={query} skeleton={<SkeletonCards count={2} height="20rem" column="24rem" />}>
        {({ items }) => {
          const chosen =
            symbol === undefined ? items[0] : items.find((one) => one.symbol === symbol)
          return (
            <div className="stack">
              {items.length > 0 && <ScenarioList scenarios={items} chosen={chosen} />}
              {chosen === undefined ? (
                <div className="card">
                  <Empty
                    icon="candles"
                    title={symbol ? `No ${symbol} is loaded` : 'No scenario yet'}
                  >
                    A scenario shows here once it is loaded by the command of the same name.
                  </Empty>
                </div>
              ) : (
                <Scenario key={chosen.symbol} scenario={chosen} />
              )}
            </div>
          )
        }}
      </Loaded>
    </>
  )
}

function ScenarioList({
  scenarios: all,
  chosen,
}: {
  readonly scenarios: readonly ScenarioView[]
  readonly chosen: ScenarioView | undefined
}): ReactNode {
  return (
    <nav aria-label="Scenarios">
      <ul className="chips">
        {all.map((one) => (
          <li key={one.symbol}>
            <Link
              className="chip"
              href={scenarioPath(one.symbol)}
              {...(one === chosen ? { 'aria-current': 'page' as const } : {})}
            >
              {one.title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Scenario({ scenario }: { readonly scenario: ScenarioView }): ReactNode {
  const { symbol, title, seed, base_price, days, first_date, last_date, outcomes, planted } =
    scenario
  const bars = useQuery(barsOf(symbol))
  const [focus, setFocus] = useState<string | null>(null)
  const isMet = outcomes.every(({ met }) => met)
  return (
    <>
      <Card
        title={title}
        aside={
          <Badge tone={isMet ? 'good' : 'bad'}>
            {isMet ? 'Every outcome met' : 'An outcome was missed'}
          </Badge>
        }
      >
        <Loaded query={bars} skeleton={<Skeleton height="24rem" />}>
          {(found) => (
            <>
              <CandleChart symbol={symbol} bars={found.bars} planted={planted} focus={focus} />
              <BarTable bars={found.bars} />
            </>
          )}
        </Loaded>
        <Facts
          items={[
            ['Symbol', <code key="symbol">{symbol}</code>],
            ['Seed', formatNumber(seed)],
            ['Trading days', formatNumber(days)],
            ['From', formatDay(first_date)],
            ['To', formatDay(last_date)],
            ['Base price', `$${formatNumber(base_price)}`],
            ['Generated', formatMoment(scenario.generated_at)],
          ]}
        />
      </Card>
      <OutcomeCard outcomes={outcomes} />
      <PatternCard planted={planted} focus={focus} onFocus={setFocus} />
    </>
  )
}
