import { expect, test } from 'vitest'
import { AlertBoard, worriesOf, type Alert, type Vitals } from '../src/monitor/alert.ts'

const limits = { queryP95Ms: 100, errorPercent: 1, poolUsePercent: 90, backupAgeMs: 1_000 }
const well: Vitals = {
  queries: 100,
  queryP95Ms: 20,
  slowQueries: 0,
  answered: 100,
  errorPercent: 0,
  refused: 0,
  poolUsePercent: 10,
  isDatabaseUp: true,
  isRedisUp: true,
  backupAgeMs: 500,
  isBackupBroken: false,
}

test('there is no worry when all is well', () => {
  expect(worriesOf(well, limits)).toEqual([])
})

test.each([
  ['query_p95', { queryP95Ms: 101 }],
  ['slow_queries', { slowQueries: 1 }],
  ['error_rate', { errorPercent: 2 }],
  ['overload', { refused: 1 }],
  ['pool_use', { poolUsePercent: 90 }],
  ['database_down', { isDatabaseUp: false }],
  ['redis_down', { isRedisUp: false }],
  ['backup_overdue', { backupAgeMs: 1_001 }],
  ['backup_broken', { isBackupBroken: true }],
])('%s', (name, change: Partial<Vitals>) => {
  expect(worriesOf({ ...well, ...change }, limits)).toEqual([name])
})

test('few samples are no reason to worry, and neither are backups that nobody takes', () => {
  const few = { queries: 19, queryP95Ms: 900, answered: 19, errorPercent: 50 }
  expect(worriesOf({ ...well, ...few, backupAgeMs: undefined }, limits)).toEqual([])
})

test('an alert fires once and clears', () => {
  const told: Alert[] = []
  const board = new AlertBoard((alert) => told.push(alert))
  const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 0, minute))
  board.update(['pool_use'], at(1))
  board.update(['pool_use'], at(2))
  expect(board.firing).toEqual([{ name: 'pool_use', firing_since: at(1), cleared_at: null }])
  board.update([], at(3))
  expect(board.firing).toEqual([])
  expect(board.cleared).toEqual([{ name: 'pool_use', firing_since: at(1), cleared_at: at(3) }])
  expect(told).toHaveLength(2)
})
