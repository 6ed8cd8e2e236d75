import { describe, expect, test } from 'vitest'
import { dayOf, easterOf, yearOf } from '../src/calendar/day.ts'
import { closureOf, holidaysOf } from '../src/calendar/holiday.ts'
import {
  isTradingDay,
  nextTradingDay,
  sessionMinutes,
  tradingDays,
} from '../src/calendar/trading-day.ts'

describe('the trading calendar', () => {
  // Days on which the exchange traded, as its own yearly fact books count them.
  test.each([
    [2000, 252],
    [2001, 248],
    [2004, 252],
    [2007, 251],
    [2012, 250],
    [2018, 251],
    [2019, 252],
    [2020, 253],
    [2021, 252],
    [2022, 251],
    [2023, 250],
    [2024, 252],
    [2025, 250],
  ])('%i has %i trading days', (year, count) => {
    const days = tradingDays(dayOf(year, 1, 1), count + 1)
    expect(days.filter((day) => yearOf(day) === year)).toHaveLength(count)
    expect(yearOf(days.at(-1) as string)).toBe(year + 1)
  })

  test('the holidays of 2021, before Juneteenth was one', () => {
    expect([...holidaysOf(2021).keys()].toSorted()).toEqual([
      '2021-01-01',
      '2021-01-18',
      '2021-02-15',
      '2021-04-02',
      '2021-05-31',
      '2021-07-05',
      '2021-09-06',
      '2021-11-25',
      '2021-12-24',
    ])
  })

  test('the holidays of 2022, whose New Year fell on a Saturday', () => {
    expect([...holidaysOf(2022).keys()].toSorted()).toEqual([
      '2022-01-17',
      '2022-02-21',
      '2022-04-15',
      '2022-05-30',
      '2022-06-20',
      '2022-07-04',
      '2022-09-05',
      '2022-11-24',
      '2022-12-26',
    ])
    expect(isTradingDay('2021-12-31')).toBe(true)
  })

  test.each([
    ['2001-09-14', 'Attacks of September 11'],
    ['2012-10-30', 'Hurricane Sandy'],
    ['2018-12-05', 'Mourning of President Bush'],
    ['2025-01-09', 'Mourning of President Carter'],
    ['2023-06-19', 'Juneteenth National Independence Day'],
    ['2024-03-29', 'Good Friday'],
    ['2020-07-03', 'Independence Day'],
    ['2023-01-02', "New Year's Day"],
  ])('closed on %s: %s', (day, reason) => {
    expect(closureOf(day)).toBe(reason)
    expect(isTradingDay(day)).toBe(false)
  })

  test.each(['2020-03-16', '2021-06-18', '2001-09-17', '2020-10-12', '2020-11-11'])(
    'open on %s',
    (day) => {
      expect(isTradingDay(day)).toBe(true)
    },
  )

  test.each([
    [1999, '1999-04-04'],
    [2008, '2008-03-23'],
    [2011, '2011-04-24'],
    [2019, '2019-04-21'],
    [2024, '2024-03-31'],
    [2038, '2038-04-25'],
  ])('Easter of %i is %s', (year, day) => {
    expect(easterOf(year)).toBe(day)
  })

  test('a period keeps its length over weekends and holidays', () => {
    const days = tradingDays('2020-01-01', 252)
    expect(days).toHaveLength(252)
    expect(days[0]).toBe('2020-01-02')
    expect(days.at(-1)).toBe('2020-12-30')
    expect(nextTradingDay('2020-12-31')).toBe('2021-01-04')
  })

  test.each([
    ['2020-11-27', 210],
    ['2020-12-24', 210],
    ['2019-07-03', 210],
    ['2023-07-03', 210],
    ['2021-12-24', 390],
    ['2022-07-01', 390],
    ['2020-07-02', 390],
    ['2020-03-16', 390],
  ])('the session of %s has %i minutes', (day, minutes) => {
    expect(sessionMinutes(day)).toBe(minutes)
  })
})
