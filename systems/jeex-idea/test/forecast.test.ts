import { expect, test } from 'vitest'
import { forecast } from '../src/report/forecast.ts'

test('the last 30 days go on in a straight line, with rows as wide as now', () => {
  const table = { rows: 1_000, size_bytes: 200_000, rows_of_30_days: 300 }
  expect(forecast(table, 60)).toEqual({ rows_expected: 1_600, bytes_expected: 320_000 })
})

test('a table that got nothing stays as it is', () => {
  const table = { rows: 50, size_bytes: 8_192, rows_of_30_days: 0 }
  expect(forecast(table, 365)).toEqual({ rows_expected: 50, bytes_expected: 8_192 })
})

test('nothing is known of the rows of an empty table', () => {
  const table = { rows: 0, size_bytes: 16_384, rows_of_30_days: 0 }
  expect(forecast(table, 365)).toEqual({ rows_expected: 0, bytes_expected: 16_384 })
})
