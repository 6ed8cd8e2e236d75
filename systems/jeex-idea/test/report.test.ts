import { expect, test } from 'vitest'
import { describeReport } from '../src/report/report.ts'

test('figures, lines and worries are one below the other', () => {
  const report = {
    figures: { rows: 2, uptime_s: 61 },
    lines: [
      { table: 'users', seen: new Date(0) },
      { table: 'audit_log', seen: null },
    ],
    worries: ['users is mostly read from end to end'],
  }
  expect(describeReport('health', report).split('\n')).toEqual([
    'report: health',
    '  rows      2',
    '  uptime_s  61',
    '',
    '  table      seen',
    '  users      1970-01-01T00:00:00.000Z',
    '  audit_log  -',
    '',
    '! users is mostly read from end to end',
  ])
})

test('a report without worries says so', () => {
  const text = describeReport('indexes', { figures: {}, lines: [], worries: [] })
  expect(text).toMatch(/nothing to look at$/)
})
