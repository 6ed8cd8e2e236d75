import { Badge, Button, Card, DataTable, Empty, formatDay, sentence } from 'page-kit'
import type { ReactNode } from 'react'
import type { PlantedPattern } from '../api.ts'

/** The candlestick patterns that were planted, each to be looked at in the chart. */
export function PatternCard({
  planted,
  focus,
  onFocus,
}: {
  readonly planted: readonly PlantedPattern[]
  readonly focus: string | null
  readonly onFocus: (day: string | null) => void
}): ReactNode {
  return (
    <Card
      title="Planted patterns"
      flush={planted.length > 0}
      aside={
        focus !== null && (
          <Button kind="plain" small onClick={() => onFocus(null)}>
            Show all days
          </Button>
        )
      }
    >
      {planted.length === 0 ? (
        <Empty icon="candles" title="Nothing was planted">
          A detector that finds a pattern here finds one that is not there.
        </Empty>
      ) : (
        <DataTable
          label="Planted patterns"
          rows={planted}
          keyOf={({ pattern, date }) => `${pattern} ${date}`}
          columns={[
            {
              title: 'Pattern',
              cell: ({ pattern, date }) => (
                <span className="named">
                  <strong>{sentence(pattern)}</strong>
                  <span className="muted small">{formatDay(date)}</span>
                </span>
              ),
            },
            {
              title: 'Look',
              cell: ({ pattern, date }) => (
                <Button
                  kind="plain"
                  small
                  aria-pressed={focus === date}
                  onClick={() => onFocus(date)}
                >
                  In the chart
                  <span className="visually-hidden">
                    : {sentence(pattern)}, {formatDay(date)}
                  </span>
                </Button>
              ),
            },
            {
              title: 'Speaks of',
              cell: ({ value }) => (
                <Badge tone={value > 0 ? 'good' : 'bad'}>{value > 0 ? 'A rise' : 'A fall'}</Badge>
              ),
            },
            { title: 'TA-Lib', cell: (row) => <code>{row.function}</code> },
          ]}
        />
      )}
    </Card>
  )
}
