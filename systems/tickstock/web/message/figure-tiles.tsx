import { formatMs, formatNumber, Trend } from 'page-kit'
import type { ReactNode } from 'react'
import type { MessageMonitor } from '../api.ts'
import { orDash } from '../figure.ts'
import { readingOf, type Reading } from './history.ts'

/** Milliseconds as precise as they are small. */
export function shortMs(ms: number): string {
  return ms < 10 ? `${formatNumber(Math.round(ms * 10) / 10)} ms` : formatMs(ms)
}

/** The flow as a whole: now, and over the last two minutes. */
export function FigureTiles({
  monitor,
  history,
}: {
  readonly monitor: MessageMonitor
  readonly history: readonly Reading[]
}): ReactNode {
  const { rateHz, latencyMsP95, lag } = readingOf(monitor)
  const letters = monitor.channels.reduce((sum, { dead_letters }) => sum + dead_letters, 0)
  return (
    <div className="tiles">
      <Tile
        title="Rate"
        figure={formatNumber(Math.round(rateHz * 10) / 10)}
        note="messages a second"
        values={history.map((reading) => reading.rateHz)}
      />
      <Tile
        title="Latency"
        figure={orDash(latencyMsP95, shortMs)}
        note="P95 of the slowest channel"
        values={history.map((reading) => reading.latencyMsP95 ?? 0)}
      />
      <Tile
        title="Lag"
        figure={formatNumber(lag)}
        note="told and not yet taken in"
        values={history.map((reading) => reading.lag)}
      />
      <Tile title="Dead letters" figure={formatNumber(letters)} note="could not be taken in" />
    </div>
  )
}

function Tile({
  title,
  figure,
  note,
  values,
}: {
  readonly title: string
  readonly figure: string
  readonly note: string
  readonly values?: readonly number[]
}): ReactNode {
  return (
    <section className="card figure-tile" aria-label={title}>
      <h2>{title}</h2>
      <p className="figure-line">
        <span className="figure">{figure}</span>
        <span className="muted small">{note}</span>
      </p>
      {values !== undefined && values.length > 1 ? (
        <Trend label={`${title} over the last two minutes`} values={values} from={0} />
      ) : (
        <div className="trend" />
      )}
    </section>
  )
}
