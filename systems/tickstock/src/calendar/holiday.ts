import { dayOf, easterOf, plusDays, weekdayOf, weekdayOfMonth, yearOf, type Day } from './day.ts'

const monday = 1
const thursday = 4
const saturday = 6
const sunday = 0

/** Days on which the exchange stayed closed for a reason of their own. */
const specialClosures: Readonly<Record<Day, string>> = {
  '2001-09-11': 'Attacks of September 11',
  '2001-09-12': 'Attacks of September 11',
  '2001-09-13': 'Attacks of September 11',
  '2001-09-14': 'Attacks of September 11',
  '2004-06-11': 'Mourning of President Reagan',
  '2007-01-02': 'Mourning of President Ford',
  '2012-10-29': 'Hurricane Sandy',
  '2012-10-30': 'Hurricane Sandy',
  '2018-12-05': 'Mourning of President Bush',
  '2025-01-09': 'Mourning of President Carter',
}

/**
 * Why the New York Stock Exchange is closed on a weekday, or undefined where it is open. The rules
 * are those of NYSE Rule 7.2, which hold from 1998 on (Martin Luther King Jr. Day).
 */
export function closureOf(day: Day): string | undefined {
  return specialClosures[day] ?? holidaysOf(yearOf(day)).get(day)
}

const holidaysByYear = new Map<number, ReadonlyMap<Day, string>>()

/** The holidays of a year, on the days on which the exchange keeps them. */
export function holidaysOf(year: number): ReadonlyMap<Day, string> {
  const known = holidaysByYear.get(year)
  if (known !== undefined) return known
  const holidays = new Map<Day, string>([
    [weekdayOfMonth(year, 1, monday, 3), 'Martin Luther King Jr. Day'],
    [weekdayOfMonth(year, 2, monday, 3), "Washington's Birthday"],
    [plusDays(easterOf(year), -2), 'Good Friday'],
    [weekdayOfMonth(year, 5, monday, -1), 'Memorial Day'],
    [observed(dayOf(year, 7, 4)), 'Independence Day'],
    [weekdayOfMonth(year, 9, monday, 1), 'Labor Day'],
    [thanksgivingOf(year), 'Thanksgiving Day'],
    [observed(dayOf(year, 12, 25)), 'Christmas Day'],
  ])
  // A New Year's Day on a Saturday is not kept: the Friday before closes the old year's books.
  const newYear = dayOf(year, 1, 1)
  if (weekdayOf(newYear) !== saturday) holidays.set(observed(newYear), "New Year's Day")
  if (year >= 2022) {
    holidays.set(observed(dayOf(year, 6, 19)), 'Juneteenth National Independence Day')
  }
  holidaysByYear.set(year, holidays)
  return holidays
}

export function thanksgivingOf(year: number): Day {
  return weekdayOfMonth(year, 11, thursday, 4)
}

/** A holiday on a Saturday is kept on the Friday before, one on a Sunday on the Monday after. */
function observed(day: Day): Day {
  const weekday = weekdayOf(day)
  if (weekday === saturday) return plusDays(day, -1)
  return weekday === sunday ? plusDays(day, 1) : day
}
