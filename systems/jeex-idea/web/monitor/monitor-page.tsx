import { useQuery } from '@tanstack/react-query'
import {
  Badge,
  Banner,
  formatClock,
  formatMoment,
  Loaded,
  PageHead,
  sentence,
  SkeletonCards,
} from 'page-kit'
import type { ReactNode } from 'react'
import { dashboard, type DashboardView } from '../api.ts'
import { AlertsCard, SlowQueriesCard } from './alerts-card.tsx'
import { BackupCard } from './backup-card.tsx'
import { DatabaseCard, PoolCard, QueriesCard, RequestsCard } from './figure-cards.tsx'

const refreshMs = 2_000
const tones = { healthy: 'good', warning: 'warn', critical: 'bad' } as const

/** How the service and its database are, read again every two seconds. */
export function MonitorPage(): ReactNode {
  const query = useQuery({ ...dashboard, refetchInterval: refreshMs, staleTime: 0 })
  const { data, dataUpdatedAt } = query
  return (
    <>
      <PageHead
        title="Monitoring"
        aside={data && <Badge tone={tones[data.status]}>{sentence(data.status)}</Badge>}
      >
        Database, answers and backups.{' '}
        <span className="nowrap" data-updated-at={dataUpdatedAt}>
          {dataUpdatedAt === 0
            ? 'Not read yet'
            : `Read ${formatClock(new Date(dataUpdatedAt))}, every ${refreshMs / 1_000} s`}
        </span>
      </PageHead>
      <Loaded query={query} skeleton={<SkeletonCards count={4} height="16rem" column="20rem" />}>
        {(view) => <Figures view={view} />}
      </Loaded>
    </>
  )
}

function Figures({ view }: { readonly view: DashboardView }): ReactNode {
  return (
    <div className="stack">
      {view.alerts.firing.map(({ name, firing_since }) => (
        <Banner key={name} tone={name === 'database_down' ? 'bad' : 'warn'} title={sentence(name)}>
          <span>Since {formatMoment(firing_since)}</span>
        </Banner>
      ))}
      <div className="monitor-grid">
        <PoolCard view={view} />
        <QueriesCard view={view} />
        <RequestsCard view={view} />
        <DatabaseCard view={view} />
      </div>
      <BackupCard backup={view.backup} />
      <div className="monitor-grid">
        <SlowQueriesCard view={view} />
        <AlertsCard alerts={view.alerts} />
      </div>
    </div>
  )
}
