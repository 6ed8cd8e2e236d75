import { useQuery } from '@tanstack/react-query'
import { Banner, Button, counted, ErrorBanner, formatClock, formatNumber, PageHead } from 'page-kit'
import { useState, type ReactNode } from 'react'
import { client, healthMetrics, healthStatus, violations, type CheckReportView } from '../api.ts'
import { useChange } from '../change.ts'
import { ConsistencyCard, MetricsCard, SystemCard } from './health-cards.tsx'
import { StatusBadge } from './status-badge.tsx'
import { ViolationsCard } from './violations-card.tsx'

const refreshMs = 30_000

/** How consistent progress and licences are, refreshed by itself; checks can be run by hand. */
export function HealthPage(): ReactNode {
  const [page, setPage] = useState(1)
  const refresh = { refetchInterval: refreshMs, staleTime: 0 } as const
  const status = useQuery({ ...healthStatus, ...refresh })
  const metrics = useQuery({ ...healthMetrics, ...refresh })
  const found = useQuery({
    ...violations(page),
    ...refresh,
    placeholderData: (previous) => previous,
  })
  const all = [status, metrics, found]
  const failed = all.find(({ error }) => error)
  const updatedAt = Math.min(...all.map(({ dataUpdatedAt }) => dataUpdatedAt))
  const retry = (): void => void Promise.all(all.map(({ refetch }) => refetch()))
  return (
    <>
      <HealthHead status={status.data?.status} updatedAt={updatedAt} />
      <div className="stack">
        {failed?.error && (
          <ErrorBanner error={failed.error} stale={failed.data !== undefined} onRetry={retry} />
        )}
        <CheckNow />
        {(status.data || !failed) && (
          <div className="health-grid">
            <ConsistencyCard status={status.data} history={metrics.data?.history} />
            <MetricsCard status={status.data} metrics={metrics.data} />
            <SystemCard status={status.data} metrics={metrics.data} />
          </div>
        )}
        <ViolationsCard status={status.data?.status} found={found} page={page} onPage={setPage} />
      </div>
    </>
  )
}

function HealthHead({
  status,
  updatedAt,
}: {
  readonly status: 'healthy' | 'degraded' | 'critical' | 'unknown' | undefined
  /** Milliseconds since 1970; 0 before anything was read. */
  readonly updatedAt: number
}): ReactNode {
  return (
    <PageHead title="System health" aside={status && <StatusBadge status={status} />}>
      Do levels of progress and levels of licences agree?{' '}
      <span className="last-updated nowrap" data-updated-at={updatedAt}>
        {updatedAt === 0
          ? 'Not updated yet'
          : `Last updated ${formatClock(new Date(updatedAt))}, every ${refreshMs / 1_000} s`}
      </span>
    </PageHead>
  )
}

/** Checks at once; a dry run stores and alerts nothing. */
function CheckNow(): ReactNode {
  const [report, setReport] = useState<CheckReportView | null>(null)
  const check = useChange({
    change: (dryRun: boolean) =>
      client.send<CheckReportView>('POST', '/health/check-now', { query: { dry_run: dryRun } }),
    onDone: setReport,
  })
  return (
    <>
      <div className="row health-check-row">
        <Button
          className="health-check"
          busy={check.isPending && !check.variables}
          disabled={check.isPending}
          onClick={() => check.mutate(false)}
        >
          {check.isPending && !check.variables ? 'Checking...' : 'Run Check Now'}
        </Button>
        <Button
          kind="plain"
          className="health-check"
          busy={check.isPending && check.variables}
          disabled={check.isPending}
          onClick={() => check.mutate(true)}
        >
          Dry run
        </Button>
      </div>
      {check.error && <ErrorBanner error={check.error} />}
      {report && !check.error && (
        <Banner
          tone={report.inconsistent === 0 ? 'good' : 'warn'}
          title={`${report.dry_run ? 'Dry run' : 'Check'}: ${formatNumber(report.consistency_rate)}% consistent`}
        >
          <span>
            {counted(report.pairs_checked, 'pair')} of {counted(report.users_checked, 'user')}{' '}
            checked, {counted(report.inconsistent, 'pair')} inconsistent.
            {report.dry_run && ' Nothing was stored.'}
          </span>
        </Banner>
      )}
    </>
  )
}
