import { plusDays, type Day } from '../../calendar/day.ts'
import { closingTime, dayInNewYork } from '../../calendar/new-york.ts'
import { isTradingDay, nextTradingDay } from '../../calendar/trading-day.ts'

/** Until when the end of a trading day may be told: so long after it has closed. */
export function deadlineOf(day: Day, waitMs: number): Date {
  return new Date(closingTime(day).getTime() + waitMs)
}

/** The first trading day whose end may still be told. */
export function firstExpectedDay(now: Date, waitMs: number): Day {
  // A wait may reach into the days after.
  let day = plusDays(dayInNewYork(now), -1 - Math.ceil(waitMs / 86_400_000))
  while (!isTradingDay(day) || deadlineOf(day, waitMs) <= now) day = nextTradingDay(day)
  return day
}
