import { sessionMinutes } from '../../calendar/trading-day.ts'
import type { Bar } from './bar.ts'
import { pathThrough } from './draft.ts'
import { randomOf, type Random } from './random.ts'

/** What happened to a price in one minute of a session. */
export interface MinuteBar extends Omit<Bar, 'date'> {
  /** Minutes since the open at 9:30. */
  readonly minute: number
}

const strayBp = 15
const wickCentsMax = 6

/**
 * The minutes of one day, drawn from its daily bar so that they make it up again: the first opens
 * at its open, the last closes at its close, the highest high and the lowest low are its own, and
 * the volumes add up to its volume. The same for the same bar, name and seed.
 */
export function minuteBars(bar: Bar, name: string, seed: number): MinuteBar[] {
  const random = randomOf(`${name}/${bar.date}`, seed)
  const minutes = sessionMinutes(bar.date)
  const path = pathOfDay(bar, minutes, random)
  const volumes = volumesOfDay(bar.volume, minutes, random)
  return volumes.map((volume, minute) => {
    const openCents = path[minute] ?? bar.openCents
    const closeCents = path[minute + 1] ?? bar.closeCents
    const highest = Math.max(openCents, closeCents) + random.integer(0, wickCentsMax)
    const lowest = Math.min(openCents, closeCents) - random.integer(0, wickCentsMax)
    return {
      minute,
      openCents,
      highCents: Math.min(bar.highCents, highest),
      lowCents: Math.max(bar.lowCents, lowest),
      closeCents,
      volume,
    }
  })
}

/** The time on the clock of New York at which a minute begins: `09:30` for the first. */
export function timeText(minute: number): string {
  const ofDay = 9 * 60 + 30 + minute
  return [Math.floor(ofDay / 60), ofDay % 60].map((part) => String(part).padStart(2, '0')).join(':')
}

/** Prices at the beginning of each minute and at the end of the last. */
function pathOfDay(bar: Bar, minutes: number, random: Random): number[] {
  const early = random.integer(1, Math.floor(minutes / 2))
  const late = random.integer(Math.floor(minutes / 2) + 1, minutes - 1)
  // A day that rises mostly has its low before its high.
  const lowFirst = random.chance(bar.closeCents >= bar.openCents ? 80 : 20)
  const path = pathThrough(
    [
      { day: 0, cents: bar.openCents, strayBp: 0 },
      { day: early, cents: lowFirst ? bar.lowCents : bar.highCents, strayBp },
      { day: late, cents: lowFirst ? bar.highCents : bar.lowCents, strayBp },
      { day: minutes, cents: bar.closeCents, strayBp },
    ],
    random,
  )
  return path.map((cents) => Math.min(bar.highCents, Math.max(bar.lowCents, cents)))
}

/** More is traded at the open and the close than at noon; every share of the day is given out. */
function volumesOfDay(volume: number, minutes: number, random: Random): number[] {
  const weights = Array.from({ length: minutes }, (_, minute) => {
    const fromNoon = Math.abs(2 * minute - minutes)
    return random.integer(40, 100) + Math.round((200 * fromNoon * fromNoon) / (minutes * minutes))
  })
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  let weighed = 0
  let given = 0
  return weights.map((weight) => {
    weighed += weight
    const until = Math.floor((volume * weighed) / whole)
    const share = until - given
    given = until
    return share
  })
}
