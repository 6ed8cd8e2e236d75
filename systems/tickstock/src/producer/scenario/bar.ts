import type { Day } from '../../calendar/day.ts'

/** What happened to a price in one trading day. */
export interface Bar {
  readonly date: Day
  readonly openCents: number
  readonly highCents: number
  readonly lowCents: number
  readonly closeCents: number
  /** Shares. */
  readonly volume: number
}

/** What makes a bar impossible, or undefined where it is a bar that a market could print. */
export function faultOf(bar: Omit<Bar, 'date'>): string | undefined {
  const { openCents, highCents, lowCents, closeCents, volume } = bar
  const prices = [openCents, highCents, lowCents, closeCents]
  if (!prices.every((cents) => Number.isSafeInteger(cents))) return 'a price is no whole cent'
  if (!Number.isSafeInteger(volume)) return 'the volume is no whole number'
  if (lowCents <= 0) return 'a price is not positive'
  if (volume < 0) return 'the volume is negative'
  if (lowCents > Math.min(openCents, closeCents)) return 'the low is above the open or the close'
  return highCents < Math.max(openCents, closeCents)
    ? 'the high is below the open or the close'
    : undefined
}

/** A price as text, with its two decimals: 10050 is `100.50`. */
export function priceText(cents: number): string {
  const text = String(cents).padStart(3, '0')
  return `${text.slice(0, -2)}.${text.slice(-2)}`
}

/** The bars as CSV; the bytes that a seed stands for. */
export function toCsv(bars: readonly Bar[]): string {
  const rows = bars.map((bar) =>
    [
      bar.date,
      priceText(bar.openCents),
      priceText(bar.highCents),
      priceText(bar.lowCents),
      priceText(bar.closeCents),
      bar.volume,
    ].join(','),
  )
  return `date,open,high,low,close,volume\n${rows.join('\n')}\n`
}
