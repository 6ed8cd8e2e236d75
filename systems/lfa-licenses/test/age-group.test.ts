import { expect, test } from 'vitest'
import { ageGroupAt, ageInYears, seasonStart, type AgeBands } from '../src/age-group.ts'

const bands: AgeBands = {
  PRE: { min: 5, max: 13 },
  YOUTH: { min: 14, max: 18 },
  AMATEUR: { min: 14 },
  PRO: { min: 16 },
}
const at = (text: string): Date => new Date(text)

test('a season starts on 1 July', () => {
  expect(seasonStart(at('2026-06-30T23:59:59Z'))).toBe('2025-07-01')
  expect(seasonStart(at('2026-07-01T00:00:00Z'))).toBe('2026-07-01')
})

test('age is counted in whole years, also from 29 February', () => {
  expect(ageInYears('2010-07-01', '2024-06-30')).toBe(13)
  expect(ageInYears('2010-07-01', '2024-07-01')).toBe(14)
  expect(ageInYears('2008-02-29', '2026-02-28')).toBe(17)
  expect(ageInYears('2008-02-29', '2026-03-01')).toBe(18)
})

test.each([
  ['2021-07-01', 'PRE'],
  ['2021-07-02', undefined],
  ['2012-07-02', 'PRE'],
  ['2012-07-01', 'YOUTH'],
  ['2007-07-02', 'YOUTH'],
  ['2007-07-01', 'AMATEUR'],
])('born on %s is %s in the season of 2026', (birth, group) => {
  expect(ageGroupAt(bands, birth, at('2026-09-15T00:00:00Z'))).toBe(group)
})

test('a birthday during the season changes nothing', () => {
  const birth = '2012-10-01'
  expect(ageGroupAt(bands, birth, at('2026-09-30T00:00:00Z'))).toBe('PRE')
  expect(ageGroupAt(bands, birth, at('2027-06-30T00:00:00Z'))).toBe('PRE')
  expect(ageGroupAt(bands, birth, at('2027-07-01T00:00:00Z'))).toBe('YOUTH')
})
