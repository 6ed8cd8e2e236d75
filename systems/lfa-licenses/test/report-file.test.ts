import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { deleteReports, reportName, writeReport } from '../src/report-file.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lfa-report-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

test('names sort by time and never meet', () => {
  const first = reportName(new Date('2026-03-01T12:00:00Z'))
  const second = reportName(new Date('2026-03-01T12:05:00Z'))
  expect(first).toMatch(/^integrity-20260301T120000\.000Z-[0-9a-f]{8}\.json$/)
  expect(first < second).toBe(true)
  expect(reportName(new Date(0))).not.toBe(reportName(new Date(0)))
})

test('a report is there whole, in a folder that is made, and nothing beside it', async () => {
  const folder = join(directory, 'deep', 'reports')
  await writeReport(folder, 'a.json', { consistent: 3 })
  expect(readdirSync(folder)).toEqual(['a.json'])
  expect(JSON.parse(readFileSync(join(folder, 'a.json'), 'utf8'))).toEqual({ consistent: 3 })
  await deleteReports(folder, ['a.json', 'gone.json'])
  expect(readdirSync(folder)).toEqual([])
})

test('a report that cannot be written leaves no part behind', async () => {
  const loop: { self?: unknown } = {}
  loop.self = loop
  await expect(writeReport(directory, 'a.json', loop)).rejects.toThrow(/circular/i)
  expect(readdirSync(directory)).toEqual([])
})
