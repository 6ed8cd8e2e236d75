import type { Bar } from '../bar.ts'
import { medianOf } from './median.ts'

/** How much wider than the usual day's a spike's true range is. */
const spikeFactor = 3

/**
 * Days with a volatility spike: the true range (Wilder: from the lower of low and previous close to
 * the higher of high and previous close), as a share of the previous close, is at least three
 * times the median of the series.
 */
export function volatilitySpikes(bars: readonly Bar[]): number[] {
  const ranges = bars.map((bar, day) => {
    const beforeCents = bars[day - 1]?.closeCents ?? bar.openCents
    return (
      (Math.max(bar.highCents, beforeCents) - Math.min(bar.lowCents, beforeCents)) / beforeCents
    )
  })
  const median = medianOf(ranges)
  return ranges.flatMap((range, day) => (range >= spikeFactor * median ? [day] : []))
}

const windowDays = 21
const yearDays = 252

/**
 * The range of realized volatility, in points of percent: the highest less the lowest of all windows
 * of 21 daily returns, where a window's volatility is the standard deviation of its returns times
 * the root of 252.
 */
export function volatilityRange(bars: readonly Bar[]): number {
  const returns = returnsOver(bars, 1)
  const volatilities = returns
    .slice(windowDays - 1)
    .map(
      (_, first) =>
        100 * Math.sqrt(yearDays * varianceOf(returns.slice(first, first + windowDays))),
    )
  return Math.max(...volatilities) - Math.min(...volatilities)
}

const ratioDays = 10

/**
 * Mean reversion, by the variance ratio (Lo and MacKinlay 1988): returns over ten days vary at most
 * half as much as ten independent days would.
 */
export function revertsToMean(bars: readonly Bar[]): boolean {
  const single = varianceOf(returnsOver(bars, 1))
  return 2 * varianceOf(returnsOver(bars, ratioDays)) <= ratioDays * single
}

function returnsOver(bars: readonly Bar[], days: number): number[] {
  return bars.slice(days).map((bar, index) => {
    const beforeCents = bars[index]?.closeCents ?? bar.closeCents
    return (bar.closeCents - beforeCents) / beforeCents
  })
}

function varianceOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0)
  return squares / (values.length - 1)
}
