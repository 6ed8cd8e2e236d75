import type { Random } from './random.ts'

/** A day while it is being made: what makes its bar, still to be changed. */
export interface Draft {
  openCents: number
  closeCents: number
  /** How far the high stands above open and close. */
  upCents: number
  /** How far the low stands below open and close. */
  downCents: number
  volume: number
}

/** The least and the most of something, in hundredths of a percent of the price. */
export type RangeBp = readonly [min: number, max: number]

/** `bp` hundredths of a percent of an amount, to the nearest cent. */
export function shareOf(cents: number, bp: number): number {
  return Math.round((cents * bp) / 10_000)
}

export const highOf = (draft: Draft): number =>
  Math.max(draft.openCents, draft.closeCents) + draft.upCents

export const lowOf = (draft: Draft): number =>
  Math.min(draft.openCents, draft.closeCents) - draft.downCents

/** How the days between two closes look. */
export interface DayStyle {
  /** The open is as far as this from the close before, up or down. */
  readonly openBp: number
  readonly upBp: RangeBp
  readonly downBp: RangeBp
}

/** An ordinary day's volume lies within 30 % of this. */
const usualVolume = 1_000_000

/** Makes a day of each close. The first one opens at the base price. */
export function draftDays(
  baseCents: number,
  closesCents: readonly number[],
  styleOf: (day: number) => DayStyle,
  random: Random,
): Draft[] {
  return closesCents.map((closeCents, day) => {
    const style = styleOf(day)
    const beforeCents = closesCents[day - 1]
    const openCents =
      beforeCents === undefined
        ? baseCents
        : beforeCents + shareOf(beforeCents, random.integer(-style.openBp, style.openBp))
    return {
      openCents,
      closeCents,
      upCents: shareOf(closeCents, random.integer(...style.upBp)),
      downCents: shareOf(closeCents, random.integer(...style.downBp)),
      volume: usualVolume + 100 * random.integer(-3_000, 3_000),
    }
  })
}

/** A level that a path reaches on a day, and how it gets there from the one before. */
export interface Anchor {
  readonly day: number
  readonly cents: number
  /** How far closes stray from the straight line to this anchor. */
  readonly strayBp: number
}

/** Closes that run from anchor to anchor and stray on the way. Days count from the first anchor. */
export function pathThrough(anchors: readonly Anchor[], random: Random): number[] {
  const [first, ...rest] = anchors
  if (first === undefined) return []
  const closes = [first.cents]
  let from = first
  for (const to of rest) {
    const days = to.day - from.day
    for (let step = 1; step <= days; step += 1) {
      const line = from.cents + Math.round(((to.cents - from.cents) * step) / days)
      // Nothing strays at an anchor, and little beside it.
      const freedom = Math.min(3, days - step)
      const strayBp = Math.trunc((random.integer(-to.strayBp, to.strayBp) * freedom) / 3)
      closes.push(line + shareOf(line, strayBp))
    }
    from = to
  }
  return closes
}

/** How far above its neighbours an extreme day stands. */
const prominenceBp = 450

/** Lifts the high of each day above those of the two days before and after it, and gives it back. */
export function plantHighs(drafts: readonly Draft[], days: readonly number[]): void {
  for (const [draft, neighbours] of withNeighbours(drafts, days)) {
    const highest = Math.max(highOf(draft), ...neighbours.map(highOf))
    draft.upCents += highest + shareOf(highest, prominenceBp) - highOf(draft)
  }
}

/** Lowers the low of each day below those of the two days before and after it. */
export function plantLows(drafts: readonly Draft[], days: readonly number[]): void {
  for (const [draft, neighbours] of withNeighbours(drafts, days)) {
    const lowest = Math.min(lowOf(draft), ...neighbours.map(lowOf))
    draft.downCents += lowOf(draft) - (lowest - shareOf(lowest, prominenceBp))
  }
}

/** Multiplies the volume of each day, by 4 to 6. */
export function plantVolumes(
  drafts: readonly Draft[],
  days: readonly number[],
  random: Random,
): void {
  for (const day of days) {
    const draft = drafts[day]
    if (draft !== undefined) draft.volume *= random.integer(4, 6)
  }
}

function withNeighbours(
  drafts: readonly Draft[],
  days: readonly number[],
): (readonly [Draft, readonly Draft[]])[] {
  return days.flatMap((day) => {
    const draft = drafts[day]
    const neighbours = [...drafts.slice(day - 2, day), ...drafts.slice(day + 1, day + 3)]
    return draft === undefined ? [] : [[draft, neighbours] as const]
  })
}
