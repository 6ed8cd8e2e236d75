import { plusDays, type Day } from './day.ts'
import { isTradingDay } from './trading-day.ts'

const newYork = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/New_York',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  hourCycle: 'h23',
})

/** The hour of the close in New York. On days that end at 13:00 the bars count as late as on others. */
const closingHour = 16

/** The latest trading day that has closed by an instant. */
export function lastTradingDay(now: Date): Day {
  const parts = new Map(newYork.formatToParts(now).map(({ type, value }) => [type, value]))
  const today = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
  const hasClosed = Number(parts.get('hour')) >= closingHour
  return tradingDaysUntil(hasClosed ? today : plusDays(today, -1), 1)[0] as Day
}

/** `count` trading days in a row of which the latest is `last`, or the one before where that is none. */
export function tradingDaysUntil(last: Day, count: number): Day[] {
  const days: Day[] = []
  for (let day = last; days.length < count; day = plusDays(day, -1)) {
    if (isTradingDay(day)) days.push(day)
  }
  return days.toReversed()
}
