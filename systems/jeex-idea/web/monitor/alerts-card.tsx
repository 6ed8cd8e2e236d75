import { Badge, Card, DataTable, Empty, formatMs, formatMoment, sentence } from 'page-kit'
import type { ReactNode } from 'react'
import type { DashboardView } from '../api.ts'

type Alerts = DashboardView['alerts']

/** What has fired, and when it cleared. */
export function AlertsCard({ alerts }: { readonly alerts: Alerts }): ReactNode {
  const rows = [...alerts.firing, ...alerts.cleared].slice(0, 12)
  return (
    <Card title="Alerts" flush={rows.length > 0}>
      {rows.length === 0 ? (
        <Empty icon="check" title="No alert so far">
          Alerts of this process stand here, also after they have cleared.
        </Empty>
      ) : (
        <DataTable
          label="Alerts"
          rows={rows}
          keyOf={({ name, firing_since }) => `${name} ${firing_since}`}
          columns={[
            { title: 'Alert', cell: ({ name }) => sentence(name) },
            { title: 'Since', cell: ({ firing_since }) => formatMoment(firing_since) },
            {
              title: 'State',
              cell: ({ cleared_at }) =>
                cleared_at === null ? (
                  <Badge tone="warn">Firing</Badge>
                ) : (
                  <Badge tone="plain">Cleared {formatMoment(cleared_at)}</Badge>
                ),
            },
          ]}
        />
      )}
    </Card>
  )
}

/** Statements that took long, the latest first. */
export function SlowQueriesCard({ view }: { readonly view: DashboardView }): ReactNode {
  const rows = view.queries.slow.slice(0, 12)
  return (
    <Card title="Slow queries" flush={rows.length > 0}>
      {rows.length === 0 ? (
        <Empty icon="check" title={`None above ${view.queries.slow_ms} ms`}>
          In the last {formatMs(view.window_ms)}.
        </Empty>
      ) : (
        <DataTable
          label="Slow queries"
          rows={rows}
          keyOf={({ name, at, duration_ms }) => `${name} ${at} ${duration_ms}`}
          columns={[
            { title: 'Statement', cell: ({ name }) => name },
            { title: 'At', cell: ({ at }) => formatMoment(at) },
            { title: 'Took', end: true, cell: ({ duration_ms }) => formatMs(duration_ms) },
          ]}
        />
      )}
    </Card>
  )
}
