import type { Bar } from '../bar.ts'

const channelDays = 20
const restDays = 10

/**
 * Days with a breakout: the close is above the highest high of the 20 days before (Donchian's
 * channel), and none of the ten closes before was; so a rise breaks out once, at its beginning.
 */
export function breakouts(bars: readonly Bar[]): number[] {
  const days: number[] = []
  let lastAbove = -restDays - 1
  bars.forEach((bar, day) => {
    if (day < channelDays) return
    const channel = bars.slice(day - channelDays, day).map((before) => before.highCents)
    if (bar.closeCents <= Math.max(...channel)) return
    if (day - lastAbove > restDays) days.push(day)
    lastAbove = day
  })
  return days
}

const reversalPercent = 10

/**
 * Changes of trend, by the zigzag of closes: a trend ends at its extreme once a close has come back
 * from it by at least 10 %. Gives the days of these extremes; the first trend begins with the first
 * move of 10 %.
 */
export function trendChanges(bars: readonly Bar[]): number[] {
  const changes: number[] = []
  let trend = 0
  let highDay = 0
  let lowDay = 0
  const closeOf = (day: number): number => bars[day]?.closeCents ?? 0
  bars.forEach(({ closeCents }, day) => {
    if (closeCents > closeOf(highDay)) highDay = day
    if (closeCents < closeOf(lowDay)) lowDay = day
    const falls = 100 * (closeOf(highDay) - closeCents) >= reversalPercent * closeOf(highDay)
    const rises = 100 * (closeCents - closeOf(lowDay)) >= reversalPercent * closeOf(lowDay)
    if (trend >= 0 && falls) {
      if (trend > 0) changes.push(highDay)
      trend = -1
      lowDay = day
    } else if (trend <= 0 && rises) {
      if (trend < 0) changes.push(lowDay)
      trend = 1
      highDay = day
    }
  })
  return changes
}
