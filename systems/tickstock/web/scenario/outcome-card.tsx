import { Badge, Card, DataTable, Empty, formatNumber } from 'page-kit'
import type { ReactNode } from 'react'
import type { Outcome } from '../api.ts'

/** What the scenario was declared to become, beside what was measured. */
export function OutcomeCard({ outcomes }: { readonly outcomes: readonly Outcome[] }): ReactNode {
  return (
    <Card title="Outcomes" flush>
      {outcomes.length === 0 ? (
        <Empty icon="check" title="Nothing was declared" />
      ) : (
        <DataTable
          label="Outcomes, declared and measured"
          rows={outcomes}
          keyOf={({ name }) => name}
          columns={[
            {
              title: 'Outcome',
              wrap: true,
              cell: ({ title, definition }) => (
                <span className="named">
                  <strong>{title}</strong>
                  <span className="muted small">{definition}</span>
                </span>
              ),
            },
            {
              title: 'Declared',
              end: true,
              cell: ({ declared, tolerance, unit }) =>
                valueText(declared, unit) + within(tolerance),
            },
            {
              title: 'Measured',
              end: true,
              cell: ({ measured, unit }) => <strong>{valueText(measured, unit)}</strong>,
            },
            {
              title: 'Met',
              cell: ({ met }) => (
                <Badge tone={met ? 'good' : 'bad'}>{met ? 'Met' : 'Missed'}</Badge>
              ),
            },
          ]}
        />
      )}
    </Card>
  )
}

function valueText(value: Outcome['declared'], unit: Outcome['unit']): string {
  if (unit === 'flag') return value === 1 ? 'Yes' : 'No'
  return `${formatNumber(value)}${unit === 'percent' ? '%' : ''}`
}

function within(tolerance: number): string {
  return tolerance === 0 ? '' : ` ± ${formatNumber(tolerance)}`
}
