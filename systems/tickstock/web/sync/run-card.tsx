import {
  Badge,
  Banner,
  Card,
  counted,
  Facts,
  formatDay,
  formatMoment,
  formatMs,
  formatNumber,
  Meter,
  sentence,
  type Tone,
} from 'page-kit'
import type { ReactNode } from 'react'
import type { RunView, TaskView } from '../api.ts'
import { RunBadge } from './run-badge.tsx'

const triggers: Readonly<Record<RunView['trigger'], string>> = {
  eod: 'End of the trading day',
  override: 'An operator',
  task: 'A single task',
}

const taskTitles: Readonly<Record<string, string>> = {
  market_cap: 'Market capitalization',
  ipo_assignment: 'New listings',
  delisting_cleanup: 'Delistings',
  theme_rebalance: 'Theme rebalancing',
  etf_maintenance: 'ETF maintenance',
}

/** A run: how long it took of its window, and its tasks in their order. */
export function RunCard({
  run,
  readAt,
}: {
  readonly run: RunView
  /** When it was read, in milliseconds since 1970. */
  readonly readAt: number
}): ReactNode {
  const { trading_day, trigger, started_at, total_changes, within_window, alert, tasks } = run
  return (
    <Card
      title={`Trading day ${formatDay(trading_day)}`}
      className="run-card"
      aside={<RunBadge status={run.status} />}
    >
      {alert !== null && <Banner tone="bad" title={alert} />}
      {within_window === false && alert === null && (
        <Banner tone="bad" title="It took longer than its window" />
      )}
      <Window run={run} readAt={readAt} />
      <Facts
        items={[
          ['Started', formatMoment(started_at)],
          ['Started by', triggers[trigger]],
          ['Changes', formatNumber(total_changes)],
        ]}
      />
      {tasks.length > 0 && <Tasks run={run} />}
    </Card>
  )
}

function Window({ run, readAt }: { readonly run: RunView; readonly readAt: number }): ReactNode {
  const { duration_ms, window_ms, started_at, status } = run
  if (status === 'skipped') {
    return <p className="muted">The end of the trading day was never told, so nothing was done.</p>
  }
  const took = duration_ms ?? Math.max(0, readAt - Date.parse(started_at))
  return (
    <div className="run-window">
      <p className="figure-line">
        <span className="figure">{formatMs(took)}</span>
        <span className="muted small">
          {duration_ms === null ? 'so far' : 'in all'}, of a window of {formatMs(window_ms)}
        </span>
      </p>
      <Meter
        label={`${formatNumber(Math.round((took / window_ms) * 1_000) / 10)}% of the window`}
        value={took}
        max={window_ms}
        note={took <= window_ms ? `${formatMs(window_ms - took)} left` : 'beyond it'}
      />
    </div>
  )
}

function Tasks({ run }: { readonly run: RunView }): ReactNode {
  const { tasks } = run
  return (
    <ol className="tasks" aria-label="Tasks">
      {tasks.map((task, at) => (
        <li className="task" key={task.task} data-task={task.task}>
          <span className="task-number" aria-hidden="true">
            {at + 1}
          </span>
          <span className="task-text">
            <strong>{taskTitles[task.task] ?? sentence(task.task)}</strong>
            <span className="muted small">{wordsOf(task)}</span>
            {task.error !== null && <span className="small task-error">{task.error}</span>}
          </span>
          <Badge tone={taskTones[task.status]}>{sentence(task.status)}</Badge>
        </li>
      ))}
    </ol>
  )
}

function wordsOf({ status, changes, duration_ms }: TaskView): string {
  if (status === 'pending') return 'Not begun'
  if (status === 'running') return 'Under way'
  const took = duration_ms === null ? '' : `, ${formatMs(duration_ms)}`
  return `${counted(changes, 'change')}${took}`
}

const taskTones: Readonly<Record<TaskView['status'], Tone>> = {
  pending: 'plain',
  running: 'info',
  completed: 'good',
  failed: 'bad',
  skipped: 'warn',
}
