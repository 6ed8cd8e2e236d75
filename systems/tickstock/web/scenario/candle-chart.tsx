import { formatNumber } from 'page-kit'
import { useEffect, useRef, type ReactNode } from 'react'
import type { BarView, PlantedPattern } from '../api.ts'
import { drawChart, type DrawnChart } from './drawn-chart.ts'

/** Daily candles with their volume; arrows mark what was planted. */
export function CandleChart({
  symbol,
  bars,
  planted,
  focus,
}: {
  readonly symbol: string
  readonly bars: readonly BarView[]
  readonly planted: readonly PlantedPattern[]
  /** A day to look at closely; all days unless given. */
  readonly focus: string | null
}): ReactNode {
  const place = useRef<HTMLDivElement>(null)
  const drawn = useRef<DrawnChart>(undefined)
  useEffect(() => {
    if (place.current === null) return undefined
    const chart = drawChart(place.current, { bars, planted })
    drawn.current = chart
    return () => chart.remove()
  }, [bars, planted])
  useEffect(() => drawn.current?.look(focus), [focus])
  return (
    <figure className="candles">
      <div
        ref={place}
        className="candles-place"
        role="img"
        aria-label={said(symbol, bars, planted)}
      />
      <figcaption className="muted small">
        {planted.length > 0 && 'Arrows mark the last day of each planted pattern. '}
        Drawn with{' '}
        <a href="https://www.tradingview.com/" rel="noreferrer">
          TradingView Lightweight Charts
        </a>
        .
      </figcaption>
    </figure>
  )
}

/** The course in a sentence, for those who do not see it. */
function said(
  symbol: string,
  bars: readonly BarView[],
  planted: readonly PlantedPattern[],
): string {
  const [first, last] = [bars[0], bars.at(-1)]
  if (first === undefined || last === undefined) return `${symbol} has no bars`
  const low = Math.min(...bars.map((bar) => bar.low))
  const high = Math.max(...bars.map((bar) => bar.high))
  return (
    `${symbol} over ${bars.length} days, from ${formatNumber(first.close)} to ` +
    `${formatNumber(last.close)}, lowest ${formatNumber(low)}, highest ${formatNumber(high)}; ` +
    `${planted.length} planted patterns are marked`
  )
}
