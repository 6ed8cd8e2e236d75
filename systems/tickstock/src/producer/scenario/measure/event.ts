import type { Bar } from '../bar.ts'
import { medianOf } from './median.ts'

/** Days to each side that an extreme is compared with. */
const sideDays = 2

/** How far, in percent, an extreme stands beyond its neighbours. */
const prominencePercent = 3

/**
 * Days with a high event: the high stands at least 3 % above the highs of the two days before and
 * the two days after. The first and last two days have no such neighbours and no event.
 */
export function highEvents(bars: readonly Bar[]): number[] {
  return daysAmongNeighbours(bars, ({ highCents }, neighbours) => {
    const others = Math.max(...neighbours.map((bar) => bar.highCents))
    return 100 * (highCents - others) >= prominencePercent * others
  })
}

/** Days with a low event: the low stands at least 3 % below the lows of the same four days. */
export function lowEvents(bars: readonly Bar[]): number[] {
  return daysAmongNeighbours(bars, ({ lowCents }, neighbours) => {
    const others = Math.min(...neighbours.map((bar) => bar.lowCents))
    return 100 * (others - lowCents) >= prominencePercent * others
  })
}

/** Days that open with a gap: at least 1 % above the high, or below the low, of the day before. */
export function gaps(bars: readonly Bar[]): number[] {
  return bars.flatMap(({ openCents }, day) => {
    const before = bars[day - 1]
    if (before === undefined) return []
    const up = 100 * (openCents - before.highCents) >= before.highCents
    const down = 100 * (before.lowCents - openCents) >= before.lowCents
    return up || down ? [day] : []
  })
}

/** How much larger than the usual day's a spike's volume is. */
const volumeFactor = 2.5

/** Days with a volume spike: at least two and a half times the median volume of the series. */
export function volumeSpikes(bars: readonly Bar[]): number[] {
  const median = medianOf(bars.map((bar) => bar.volume))
  return bars.flatMap(({ volume }, day) => (volume >= volumeFactor * median ? [day] : []))
}

function daysAmongNeighbours(
  bars: readonly Bar[],
  isEvent: (bar: Bar, neighbours: readonly Bar[]) => boolean,
): number[] {
  return bars.flatMap((bar, day) => {
    const neighbours = [
      ...bars.slice(Math.max(0, day - sideDays), day),
      ...bars.slice(day + 1, day + 1 + sideDays),
    ]
    return neighbours.length === 2 * sideDays && isEvent(bar, neighbours) ? [day] : []
  })
}
