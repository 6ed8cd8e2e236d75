import type { Bar } from '../bar.ts'

/** The deepest fall of the closes, and the days between which it lies. */
export interface Fall {
  /** Of the peak's close. */
  readonly percent: number
  readonly peakDay: number
  readonly troughDay: number
}

/** Maximum drawdown: the largest fall from a close that was the highest so far to a later close. */
export function deepestFall(bars: readonly Bar[]): Fall {
  let peakDay = 0
  let fall: Fall = { percent: 0, peakDay: 0, troughDay: 0 }
  bars.forEach((bar, day) => {
    const peakCents = closeOf(bars, peakDay)
    if (bar.closeCents >= peakCents) peakDay = day
    const percent = (100 * (peakCents - bar.closeCents)) / peakCents
    if (percent > fall.percent) fall = { percent, peakDay, troughDay: day }
  })
  return fall
}

/** The last close against the first open, in percent. */
export function returnPercent(bars: readonly Bar[]): number {
  const openCents = bars[0]?.openCents ?? 1
  return (100 * (closeOf(bars, bars.length - 1) - openCents)) / openCents
}

/**
 * A V: after the trough of the deepest fall, a close regains at least 80 % of what was lost, within
 * four times the days that the fall took; and once half of it was regained, no close until then
 * gives back more than half of that (which would make it a W).
 */
export function recoversAsV(bars: readonly Bar[]): boolean {
  const { peakDay, troughDay } = deepestFall(bars)
  const troughCents = closeOf(bars, troughDay)
  const lostCents = closeOf(bars, peakDay) - troughCents
  let half = false
  for (const bar of bars.slice(troughDay, troughDay + 4 * (troughDay - peakDay) + 1)) {
    const regainedCents = bar.closeCents - troughCents
    if (lostCents > 0 && 10 * regainedCents >= 8 * lostCents) return true
    if (half && 4 * regainedCents < lostCents) return false
    half ||= 2 * regainedCents >= lostCents
  }
  return false
}

function closeOf(bars: readonly Bar[], day: number): number {
  return bars[day]?.closeCents ?? 1
}
