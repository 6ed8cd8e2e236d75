import pc from 'picocolors'
import type { LoadProgress, LoadRun } from '../instruments/load/index.ts'
import type { Estimate } from '../kernel/estimate.ts'
import { formatCount, formatDuration, formatQuantity } from '../kernel/units.ts'

/** Shows how a load goes on. */
export interface ShownProgress {
  readonly show: (progress: LoadProgress) => void
  /** Takes the line away. */
  end(): void
}

/** One line that is painted again on a terminal; a line every five seconds elsewhere. */
export function loadProgress(output: NodeJS.WriteStream): ShownProgress {
  let shownAtMs = Number.NEGATIVE_INFINITY
  let before: LoadProgress | undefined
  return {
    show: (progress) => {
      const everyMs = output.isTTY ? 400 : 5_000
      if (progress.elapsedMs - shownAtMs < everyMs) return
      const line = progressLine(progress, before)
      output.write(output.isTTY ? `\r\u001B[2K${line}` : `${line}\n`)
      shownAtMs = progress.elapsedMs
      before = progress
    },
    end: () => {
      if (output.isTTY) output.write('\r\u001B[2K')
    },
  }
}

function progressLine(progress: LoadProgress, before: LoadProgress | undefined): string {
  const { elapsedMs, ended, failed, underWay, waiting } = progress
  const when = elapsedMs < 0 ? 'warming up' : formatDuration(elapsedMs)
  const spanS = before ? (elapsedMs - before.elapsedMs) / 1_000 : 0
  const rate = before && spanS > 0 ? Math.round((ended - before.ended) / spanS) : 0
  return [
    when.padEnd(10),
    `${formatCount(rate)}/s`,
    `${formatCount(underWay)} under way`,
    ...(waiting > 0 ? [`${formatCount(waiting)} waiting`] : []),
    ...(failed > 0 ? [pc.red(`${formatCount(failed)} failed`)] : []),
  ].join('  ')
}

const quantiles = { P50: 0.5, P90: 0.9, P95: 0.95, P99: 0.99, 'P99.9': 0.999 } as const

/** What was found, in lines that can be pasted into a review. */
export function summaryText(url: string, run: LoadRun): string {
  const rows = Object.entries(quantiles).map(
    ([name, p]) =>
      `  ${name.padEnd(6)} ${shown(run.latency.quantile(p)).padEnd(30)} ${shown(run.service.quantile(p))}`,
  )
  const failures = Object.entries(run.counts).filter(([name, count]) => name !== 'ok' && count > 0)
  return [
    '',
    `${pc.bold(url)}  ${describeShape(run)}  ${formatDuration(run.plan.durationMs)}`,
    '',
    `  answers ${formatCount(run.counts.ok)}   ${shown(run.throughput)}`,
    `  success ${shown(run.success)}`,
    ...failures.map(
      ([name, count]) => `  ${pc.red(failureNames[name] ?? name)} ${formatCount(count)}`,
    ),
    '',
    pc.dim(`  ${''.padEnd(6)} ${'latency, from due'.padEnd(30)} service, from sent`),
    ...rows,
    ...run.doubts.map(({ message }) => `\n  ${pc.yellow('doubt')}  ${message}`),
    '',
  ].join('\n')
}

const failureNames: Readonly<Record<string, string>> = {
  status: 'unexpected status',
  check: 'failed check',
  timeout: 'timed out',
  connection: 'connection lost or refused',
  malformed: 'not understood',
  notStarted: 'due and never sent',
}

function describeShape({ plan }: LoadRun): string {
  const { shape } = plan
  switch (shape.kind) {
    case 'constant-rate':
      return `${formatCount(shape.rateHz)} arriving a second`
    case 'constant-users':
      return `${formatCount(shape.users)} users`
    case 'ramping-rate':
    case 'spike':
    case 'ramping-users':
      return shape.kind
  }
}

function shown({ value, low, high, unit }: Estimate): string {
  const bounds = `[${formatQuantity(low, unit)}, ${formatQuantity(high, unit)}]`
  return `${formatQuantity(value, unit)}  ${pc.dim(bounds)}`
}
