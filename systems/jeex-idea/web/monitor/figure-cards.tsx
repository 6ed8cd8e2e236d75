import {
  Badge,
  Card,
  counted,
  Facts,
  formatMs,
  formatNumber,
  Meter,
  sentence,
  Trend,
} from 'page-kit'
import type { ReactNode } from 'react'
import type { DashboardView } from '../api.ts'

interface CardProps {
  readonly view: DashboardView
}

const percent = (value: number): string => `${formatNumber(Math.round(value * 10) / 10)}%`
const shortMs = (value: number | null): string => {
  if (value === null) return '–'
  return value < 10 ? `${formatNumber(Math.round(value * 100) / 100)} ms` : formatMs(value)
}

/** How many connections are in use, and how well they are used again. */
export function PoolCard({ view: { pool, history } }: CardProps): ReactNode {
  const max = pool.size + pool.overflow_max
  return (
    <Card title="Connection pool" className="figure-card">
      <Meter
        label={`${formatNumber(pool.in_use)} in use`}
        value={pool.in_use}
        max={max}
        note={`of ${formatNumber(max)} (${percent(pool.use_percent)})`}
      />
      <History label="Pool use" values={history.map(({ pool_use_percent }) => pool_use_percent)} />
      <Facts
        items={[
          ['Open', formatNumber(pool.connections)],
          ['Of them overflow', formatNumber(pool.overflow)],
          ['Waiting', formatNumber(pool.waiting)],
          ['Efficiency', percent(pool.efficiency * 100)],
          ['Reuse', percent(pool.reuse * 100)],
          ['Wait on average', shortMs(pool.wait_ms_average)],
          ['Failures', formatNumber(pool.failures)],
        ]}
      />
    </Card>
  )
}

/** How long statements take. */
export function QueriesCard({
  view: { queries, history, limits, window_ms },
}: CardProps): ReactNode {
  const isSlow = (queries.p95_ms ?? 0) > limits.query_p95_ms
  return (
    <Card
      title="Queries"
      className="figure-card"
      aside={
        <Badge tone={isSlow ? 'warn' : 'good'}>
          {isSlow ? 'Above' : 'Within'} {limits.query_p95_ms} ms
        </Badge>
      }
    >
      <p className="figure-line">
        <span className="figure">{shortMs(queries.p95_ms)}</span>
        <span className="muted small">P95 of the last {formatMs(window_ms)}</span>
      </p>
      <History
        label="P95 of queries"
        values={history.map(({ query_p95_ms }) => query_p95_ms ?? 0)}
      />
      <Facts
        items={[
          ['Median', shortMs(queries.p50_ms)],
          ['P99', shortMs(queries.p99_ms)],
          ['Statements', formatNumber(queries.count)],
          [`Above ${queries.slow_ms} ms`, formatNumber(queries.slow.length)],
        ]}
      />
    </Card>
  )
}

/** What was answered, and to how many users. */
export function RequestsCard({ view: { requests, users, history } }: CardProps): ReactNode {
  const statuses = Object.entries(requests.by_status)
  return (
    <Card
      title="Requests"
      className="figure-card"
      aside={
        <Badge tone={requests.failed === 0 ? 'good' : 'bad'}>
          {percent(requests.error_percent)} errors
        </Badge>
      }
    >
      <p className="figure-line">
        <span className="figure">{formatNumber(Math.round(requests.per_second * 10) / 10)}</span>
        <span className="muted small">a second</span>
      </p>
      <History
        label="Requests a second"
        values={history.map(({ requests_per_second }) => requests_per_second)}
      />
      <Facts
        items={[
          ['Concurrent users', formatNumber(users.concurrent)],
          ['P95', shortMs(requests.p95_ms)],
          ['Failed', formatNumber(requests.failed)],
          ['Refused for overload', formatNumber(requests.refused)],
          [
            'By status',
            statuses.map(([status, count]) => `${status}: ${formatNumber(count)}`).join(', ') ||
              '–',
          ],
        ]}
      />
    </Card>
  )
}

/** Whether the database and the cache answer. */
export function DatabaseCard({ view: { database, redis } }: CardProps): ReactNode {
  return (
    <Card
      title="Database"
      className="figure-card"
      aside={<Badge tone={database.up ? 'good' : 'bad'}>{database.up ? 'Up' : 'Down'}</Badge>}
    >
      <p className="figure-line">
        <span className="figure">{shortMs(database.latency_ms)}</span>
        <span className="muted small">for an answer</span>
      </p>
      <Facts
        items={[
          ['PostgreSQL', database.version ?? '–'],
          ['Size', database.size_bytes === null ? '–' : formatBytes(database.size_bytes)],
          ['Connections', formatNumber(database.connections ?? 0)],
          ['Circuit breaker', sentence(database.breaker)],
          ['Breaker opened', counted(database.breaker_openings, 'time')],
          [
            'Redis',
            <Badge key="redis" tone={redis.up ? 'good' : 'warn'}>
              {redis.up ? 'Up' : 'Down'}
            </Badge>,
          ],
        ]}
      />
    </Card>
  )
}

/** `9.5 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  return `${formatNumber(Math.round((bytes / 1_000 ** step) * 10) / 10)} ${units[step]}`
}

function History({
  label,
  values,
}: {
  readonly label: string
  readonly values: readonly number[]
}): ReactNode {
  if (values.length < 2) return <div className="trend" />
  return <Trend label={`${label} over the last minutes`} values={values} from={0} />
}
