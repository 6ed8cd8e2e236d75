import type { ReportName } from '../job.ts'
import {
  readBackupFigures,
  readBackupLines,
  readGrowth,
  readHealth,
  readIndexUse,
  readTableUse,
} from '../store/report.ts'
import { forecast } from './forecast.ts'
import type { Report, ReportSource } from './report.ts'

type Maker = (source: ReportSource) => Promise<Report>

const daysToPlan = 365

/**
 * The reports of maintenance, daily to yearly. They send one statement after the other, so that one
 * connection is enough.
 */
export const reports: Readonly<Record<ReportName, Maker>> = {
  health: async ({ pool }) => {
    const [figures = {}] = await readHealth(pool)
    const tables = (await readTableUse(pool)).filter(({ dead_rows: dead }) => dead > 0)
    const lines = tables.map(({ table, rows, dead_rows, last_vacuum }) => ({
      table,
      rows,
      dead_rows,
      last_vacuum,
    }))
    const worries = [
      ...(Number(figures['checksum_failures']) > 0 ? ['pages of the database are damaged'] : []),
      ...(Number(figures['longest_transaction_s']) > 300
        ? ['a transaction is five minutes old']
        : []),
      ...(Number(figures['connections']) > 0.9 * Number(figures['connections_max'])
        ? ['nine tenths of all connections are taken']
        : []),
      ...(Number(figures['transactions_since_freeze']) > 1_000_000_000
        ? ['half of all transaction numbers are used up: vacuum']
        : []),
    ]
    return { figures, lines, worries }
  },
  performance: async ({ pool }) => {
    const use = await readTableUse(pool)
    const sum = (name: 'reads_end_to_end' | 'reads_by_index' | 'rows_read_end_to_end'): number =>
      use.reduce((total, table) => total + table[name], 0)
    const figures = {
      reads_by_index: sum('reads_by_index'),
      reads_end_to_end: sum('reads_end_to_end'),
      rows_read_end_to_end: sum('rows_read_end_to_end'),
    }
    const lines = use.map(({ last_vacuum: _vacuum, ...line }) => ({ ...line }))
    const worries = use.filter(isReadTooWide).map(({ table, rows }) => {
      return `${table} (${rows} rows) is mostly read from end to end`
    })
    return { figures, lines, worries }
  },
  backups: async ({ pool, clock }) => {
    const now = clock.now()
    const [[figures], lines] = [
      await readBackupFigures(pool, now),
      await readBackupLines(pool, now),
    ]
    const { completed = 0, corrupt = 0, last_trial_age_s: trial = null } = figures ?? {}
    const worries = [
      ...(completed === 0 ? ['there is no backup'] : []),
      ...(corrupt > 0 ? [`${corrupt} backups are damaged`] : []),
      ...(trial === null || trial > 31 * 86_400 ? ['no backup was tried within a month'] : []),
      ...(figures?.last_trial_recovered === false ? ['the last trial did not succeed'] : []),
    ]
    return { figures: { ...figures }, lines: lines.map((line) => ({ ...line })), worries }
  },
  indexes: async ({ pool }) => {
    const indexes = await readIndexUse(pool)
    const unused = indexes.filter(({ scans, needed }) => scans === 0 && !needed)
    const figures = {
      indexes: indexes.length,
      size_bytes: indexes.reduce((sum, { size_bytes: size }) => sum + size, 0),
      never_read: unused.length,
      never_read_bytes: unused.reduce((sum, { size_bytes: size }) => sum + size, 0),
    }
    const worries = indexes.flatMap(({ index, valid, covered_by: other }) => [
      ...(valid ? [] : [`${index} is not usable: build it again`]),
      ...(other === null ? [] : [`${index} does nothing that ${other} does not do`]),
    ])
    return { figures, lines: indexes.map((line) => ({ ...line })), worries }
  },
  capacity: async ({ pool, clock }) => {
    const lines = (await readGrowth(pool, clock.now())).map((table) => ({
      ...table,
      ...forecast(table, daysToPlan),
    }))
    const sum = (name: 'size_bytes' | 'bytes_expected'): number =>
      lines.reduce((total, line) => total + line[name], 0)
    const figures = {
      days_ahead: daysToPlan,
      size_bytes: sum('size_bytes'),
      bytes_expected: sum('bytes_expected'),
    }
    return { figures, lines, worries: [] }
  },
}

/** A table of some size of which more rows are read from end to end than it has reads by index. */
function isReadTooWide(use: {
  readonly rows: number
  readonly reads_end_to_end: number
  readonly reads_by_index: number
}): boolean {
  return use.rows > 10_000 && use.reads_end_to_end > use.reads_by_index
}
