import type { Pool } from 'pg'
import type { Clock } from 'service-kit'

export type Figure = string | number | boolean | Date | null

/** Figures of the whole, and a line for each of its parts. */
export interface Report {
  readonly figures: Readonly<Record<string, Figure>>
  readonly lines: readonly Readonly<Record<string, Figure>>[]
  /** What somebody has to look at; none when all is well. */
  readonly worries: readonly string[]
}

/** What reports are made of. */
export interface ReportSource {
  readonly pool: Pool
  readonly clock: Clock
}

/** A report as text: figures, a table, and what to look at. */
export function describeReport(name: string, { figures, lines, worries }: Report): string {
  const widest = Math.max(0, ...Object.keys(figures).map(({ length }) => length))
  const named = Object.entries(figures).map(
    ([figure, value]) => `  ${figure.padEnd(widest)}  ${cell(value)}`,
  )
  const told = worries.length === 0 ? ['nothing to look at'] : worries.map((one) => `! ${one}`)
  return [`report: ${name}`, ...named, '', ...tableOf(lines), '', ...told].join('\n')
}

function tableOf(lines: Report['lines']): string[] {
  const [first] = lines
  if (first === undefined) return ['  none']
  const columns = Object.keys(first)
  const cells = [columns, ...lines.map((line) => columns.map((name) => cell(line[name] ?? null)))]
  const widths = columns.map((_name, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)))
  return cells.map((row) =>
    `  ${row.map((text, at) => text.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd(),
  )
}

function cell(value: Figure): string {
  if (value === null) return '-'
  return value instanceof Date ? value.toISOString() : String(value)
}
