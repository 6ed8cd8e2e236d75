import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { counted, formatNumber, Icon, PageHead, Skeleton, type IconName } from 'page-kit'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { candidates, healthStatus, pendingPayments, roster } from '../api.ts'
import { StatusBadge } from './status-badge.tsx'

/** What waits for an admin, at a glance. */
export function DashboardPage(): ReactNode {
  const health = useQuery(healthStatus)
  const payments = useQuery(pendingPayments(1, 1))
  const promotions = useQuery(candidates(1, 1))
  const expiring = useQuery(roster({ expires_within_days: 30, page: 1, page_size: 1 }))
  return (
    <>
      <PageHead title="Overview">What waits for you, and how the system is.</PageHead>
      <div className="grid">
        <Tile
          path="/admin/health"
          icon="pulse"
          title="System Health"
          query={health}
          note={({ inconsistent }) =>
            inconsistent === null
              ? 'Not checked yet'
              : `${counted(inconsistent, 'pair')} out of step`
          }
          aside={health.data && <StatusBadge status={health.data.status} />}
        >
          {({ consistency_rate }) =>
            consistency_rate === null ? '–' : `${formatNumber(consistency_rate)}%`
          }
        </Tile>
        <Tile
          path="/admin/payments"
          icon="coin"
          title="Payments"
          query={payments}
          note={() => 'to verify'}
        >
          {({ total }) => formatNumber(total)}
        </Tile>
        <Tile
          path="/admin/promotions"
          icon="rise"
          title="Promotions"
          query={promotions}
          note={() => 'to decide'}
        >
          {({ total }) => formatNumber(total)}
        </Tile>
        <Tile
          path="/admin/expiring"
          icon="clock"
          title="Expiring licences"
          query={expiring}
          note={() => 'within 30 days'}
        >
          {({ total }) => formatNumber(total)}
        </Tile>
        <Tile path="/admin/repair" icon="wrench" title="Desync repair" note={() => 'dry run first'}>
          {() => 'Repair'}
        </Tile>
        <Tile path="/admin/audit" icon="list" title="Audit trail" note={() => 'who changed what'}>
          {() => 'Open'}
        </Tile>
      </div>
    </>
  )
}

function Tile<Data>({
  path,
  icon,
  title,
  query,
  note,
  aside,
  children,
}: {
  readonly path: string
  readonly icon: IconName
  readonly title: string
  readonly query?: UseQueryResult<Data>
  readonly note: (data: Data) => string
  readonly aside?: ReactNode
  readonly children: (data: Data) => ReactNode
}): ReactNode {
  const data = query?.data
  const isReady = query === undefined || data !== undefined
  return (
    <Link className="card tile" href={path}>
      <span className="tile-head">
        <span className="tile-title">
          <Icon name={icon} />
          <h2>{title}</h2>
        </span>
        {aside}
      </span>
      {isReady ? (
        <>
          <span className="figure">{children(data as Data)}</span>
          <span className="muted small">{note(data as Data)}</span>
        </>
      ) : (
        <>
          <span className="figure">
            {query.isError ? '?' : <Skeleton height="1.15em" width="5rem" />}
          </span>
          <span className="muted small">
            {query.isError ? 'could not be read' : <Skeleton height="1.5em" width="7rem" />}
          </span>
        </>
      )}
    </Link>
  )
}
