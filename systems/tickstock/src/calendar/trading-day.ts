import { dayOf, plusDays, weekdayOf, yearOf, type Day } from './day.ts'
import { closureOf, thanksgivingOf } from './holiday.ts'

/** Whether the New York Stock Exchange trades on a day (from 1998 on). */
export function isTradingDay(day: Day): boolean {
  const weekday = weekdayOf(day)
  return weekday !== 0 && weekday !== 6 && closureOf(day) === undefined
}

/** `count` trading days in a row, from `first` on, or from the next one where that is none. */
export function tradingDays(first: Day, count: number): Day[] {
  const days: Day[] = []
  for (let day = first; days.length < count; day = plusDays(day, 1)) {
    if (isTradingDay(day)) days.push(day)
  }
  return days
}

/** The trading day after a day. */
export function nextTradingDay(day: Day): Day {
  return tradingDays(plusDays(day, 1), 1)[0] as Day
}

/** Minutes from 9:30 to the close: 16:00, or 13:00 before a holiday (the rules since 2013). */
export function sessionMinutes(day: Day): number {
  return closesEarly(day) ? 210 : 390
}

function closesEarly(day: Day): boolean {
  if (!isTradingDay(day)) return false
  const year = yearOf(day)
  if (day === plusDays(thanksgivingOf(year), 1) || day === dayOf(year, 12, 24)) return true
  // On a Monday the fourth of July has no eve that trades; at a week's end it is kept elsewhere.
  const fourth = weekdayOf(dayOf(year, 7, 4))
  return day === dayOf(year, 7, 3) && fourth >= 2 && fourth <= 5
}
