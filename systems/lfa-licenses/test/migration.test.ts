import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { gancuju, internship, playerProgress } from './ladder.ts'

const directory = new URL('../migrations/', import.meta.url)
const files = readdirSync(directory).sort()
const read = (name: string): string => readFileSync(new URL(name, directory), 'utf8')

test('migrations are numbered without a gap', () => {
  files.forEach((name, at) => {
    expect(name).toMatch(/^\d{4}-[a-z]+(-[a-z]+)+\.sql$/)
    expect(Number(name.slice(0, 4))).toBe(at + 1)
  })
})

test.each(files)('%s has an up part and then a down part', (name) => {
  const text = read(name)
  expect(text.startsWith('-- Up Migration\n')).toBe(true)
  expect(text.split('\n-- Down Migration\n')).toHaveLength(2)
})

/** The numbers of a ladder's rows, as its migration has them. */
function rowsOf(ladder: string): string[][] {
  const rows = read('0003-create-ladders.sql').matchAll(
    new RegExp(String.raw`\('${ladder}', 1, (.*)\)[,;]`, 'g'),
  )
  return [...rows].map(([, values = '']) => values.split(', '))
}

test('the ladders of the tests are those of the migration', () => {
  const numbers = (ladder: string, from: number, to: number): number[][] =>
    rowsOf(ladder).map((values) => values.slice(from, to).map(Number))
  expect(numbers('PLAYER_PROGRESS', 3, 5)).toEqual(
    playerProgress.map((row) => [row.required_xp, row.required_sessions]),
  )
  expect(numbers('INTERNSHIP', 2, 3)).toEqual(internship.map((row) => [row.required_xp]))
  expect(numbers('GANCUJU', 3, 9)).toEqual(
    gancuju.map((row) => [
      row.required_sessions,
      row.competitions_entered,
      row.competitions_won,
      row.win_rate_percent,
      row.teaching_hours,
      row.days_in_level,
    ]),
  )
})
