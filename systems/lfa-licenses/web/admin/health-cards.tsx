import {
  Card as Section,
  counted,
  Facts,
  formatMoment,
  formatMs,
  formatNumber,
  Gauge,
  sentence,
  Skeleton,
  Trend,
} from 'page-kit'
import type { ReactNode } from 'react'
import type { HealthMetricsView, HealthStateView } from '../api.ts'

type Status = HealthStateView | undefined
type Metrics = HealthMetricsView | undefined

const names = { good: 'Healthy', warn: 'Degraded', bad: 'Critical' } as const

/** The share of pairs that agree, and how it went. */
export function ConsistencyCard({
  status,
  history,
}: {
  readonly status: Status
  readonly history: HealthMetricsView['history'] | undefined
}): ReactNode {
  if (!status) return <Skeleton height="22rem" />
  const { healthy, degraded } = status.thresholds
  return (
    <Section title="Consistency" className="gauge-card">
      <Gauge
        label="consistent"
        percent={status.consistency_rate}
        bands={{ good: healthy, warn: degraded }}
        names={names}
      />
      {history && history.length > 1 && (
        <div>
          <Trend
            label={`Consistency over the last ${counted(history.length, 'check')}`}
            values={history.map(({ consistency_rate }) => consistency_rate)}
          />
          <p className="small muted">The last {counted(history.length, 'check')}</p>
        </div>
      )}
    </Section>
  )
}

/** The figures of the last check, and of the day. */
export function MetricsCard({
  status,
  metrics,
}: {
  readonly status: Status
  readonly metrics: Metrics
}): ReactNode {
  if (!status || !metrics) return <Skeleton height="22rem" />
  const figures = [
    ['Pairs checked', status.pairs_checked],
    ['Users checked', status.users_checked],
    ['Consistent', status.consistent],
    ['Inconsistent', status.inconsistent],
    ['Open violations', metrics.violations_open],
    ['Resolved today', metrics.violations_resolved_last_day],
    ['Checks today', metrics.checks_last_day],
    ['Alerts today', metrics.alerts_last_day],
  ] as const
  return (
    <Section title="Metrics" className="metrics-card">
      <dl className="metrics">
        {figures.map(([name, figure]) => (
          <div className="metric" key={name}>
            <dt>{name}</dt>
            <dd>{figure === null ? '–' : formatNumber(figure)}</dd>
          </div>
        ))}
      </dl>
      {metrics.alerts.length > 0 && (
        <p className="small muted">
          Last alert {formatMoment(metrics.alerts[0]?.raised_at ?? '')}:{' '}
          {metrics.alerts[0]?.from_status} to {metrics.alerts[0]?.to_status}.
        </p>
      )}
    </Section>
  )
}

/** When and how checks run. */
export function SystemCard({
  status,
  metrics,
}: {
  readonly status: Status
  readonly metrics: Metrics
}): ReactNode {
  if (!status || !metrics) return <Skeleton height="22rem" />
  const { system } = metrics
  const moment = (value: string | null): string => (value === null ? '–' : formatMoment(value))
  return (
    <Section title="System information" className="system-card">
      <Facts
        items={[
          ['Last check', moment(status.last_checked_at)],
          ['Trigger', status.trigger === null ? '–' : sentence(status.trigger)],
          ['Next check', moment(status.next_check_at)],
          ['It took', status.duration_ms === null ? '–' : formatMs(status.duration_ms)],
          ['Checks every', formatMs(system.check_interval_ms)],
          ['Repairs every', formatMs(system.sync_interval_ms)],
          ['Users', formatNumber(system.users_total)],
          ['Version', system.version],
        ]}
      />
    </Section>
  )
}
