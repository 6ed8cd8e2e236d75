import { describe, expect, test } from 'vitest'
import { counted, formatDay, formatMs, formatNumber, sentence } from './format.ts'

describe('figures as people read them', () => {
  test.each([
    [12_500, '12,500'],
    [62.5, '62.5'],
    [8.108, '8.11'],
  ])('%d is %s', (value, text) => expect(formatNumber(value)).toBe(text))

  test.each([
    [850, '850 ms'],
    [12_400, '12.4 s'],
    [300_000, '5 min'],
    [21_600_000, '6 h'],
  ])('%d ms are %s', (ms, text) => expect(formatMs(ms)).toBe(text))

  test('a day stays on one line', () => {
    expect(formatDay('2026-11-03')).toBe('3\u00A0Nov\u00A02026')
  })

  test('one is one, and more are more', () => {
    expect(counted(1, 'day')).toBe('1 day')
    expect(counted(1_000, 'person', 'people')).toBe('1,000 people')
  })

  test('a code is a sentence', () => {
    expect(sentence('license.approve-promotion')).toBe('License approve promotion')
    expect(sentence('ON_SITE')).toBe('On site')
  })
})
