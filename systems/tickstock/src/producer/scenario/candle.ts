import type { Draft } from './draft.ts'
import type { Random } from './random.ts'
import type { PatternName } from './series.ts'

/** The candle before, as far as the next one depends on it. */
type Before = Pick<Draft, 'openCents' | 'closeCents'>

/** The shape of a candle, in cents around a range of 200. */
interface Shape {
  /** The open, from the close before. */
  readonly fromCents: number
  /** Above zero for a rising candle. */
  readonly bodyCents: number
  readonly upCents: number
  readonly downCents: number
}

/** The price around which a series of candles stays. */
const levelCents = 10_000

/**
 * A candle that is part of no pattern, whatever stands before it: it opens inside the body before
 * (so it neither engulfs it, nor leaves a gap as stars do, nor opens above its high as a dark cloud
 * does), its body is too large for a doji, and its upper shadow too long for a hammer or a soldier.
 * After a doji, which has no body to open in, it opens at the doji's close and rises.
 */
export function plainCandle(before: Before, random: Random): Draft {
  const rose = Math.sign(before.closeCents - before.openCents)
  const back = before.closeCents > levelCents ? -1 : 1
  const direction = rose === 0 ? 1 : random.chance(75) ? back : -back
  return candleOf(
    before,
    {
      fromCents: -rose * random.integer(3, 12),
      bodyCents: direction * random.integer(80, 110),
      upCents: random.integer(46, 66),
      downCents: random.integer(34, 48),
    },
    random,
  )
}

/** The candles of a pattern, the last of them the one on whose day it is complete. */
export function patternCandles(pattern: PatternName, before: Before, random: Random): Draft[] {
  const drafts: Draft[] = []
  for (const shape of shapes[pattern]) {
    // The first candle opens inside the body before, like any other.
    const previous = drafts.at(-1) ?? before
    const rose = Math.sign(previous.closeCents - previous.openCents)
    const inside = drafts.length === 0 ? -rose * 5 : shape.fromCents
    drafts.push(candleOf(previous, { ...shape, fromCents: inside }, random))
  }
  return drafts
}

/**
 * Each shape is far from where TA-Lib's definition ends (ta_CDL*.c, for averages of about 200 cents
 * of range and 95 of body), and fits none of the other five definitions.
 */
const shapes: Readonly<Record<PatternName, readonly Shape[]>> = {
  doji: [{ fromCents: 0, bodyCents: 0, upCents: 90, downCents: 90 }],
  hammer: [
    { fromCents: 0, bodyCents: -110, upCents: 60, downCents: 20 },
    { fromCents: 4, bodyCents: 36, upCents: 4, downCents: 120 },
  ],
  engulfing: [
    { fromCents: 0, bodyCents: -50, upCents: 60, downCents: 60 },
    { fromCents: -12, bodyCents: 105, upCents: 50, downCents: 40 },
  ],
  morning_star: [
    { fromCents: 0, bodyCents: -160, upCents: 45, downCents: 20 },
    { fromCents: -70, bodyCents: 42, upCents: 45, downCents: 50 },
    { fromCents: -6, bodyCents: 140, upCents: 50, downCents: 30 },
  ],
  three_white_soldiers: [
    { fromCents: 0, bodyCents: 130, upCents: 5, downCents: 45 },
    { fromCents: -30, bodyCents: 130, upCents: 5, downCents: 45 },
    { fromCents: -30, bodyCents: 130, upCents: 5, downCents: 45 },
  ],
  dark_cloud_cover: [
    { fromCents: 0, bodyCents: 160, upCents: 30, downCents: 40 },
    { fromCents: 42, bodyCents: -150, upCents: 45, downCents: 40 },
  ],
}

function candleOf(before: Before, shape: Shape, random: Random): Draft {
  const openCents = before.closeCents + shape.fromCents
  return {
    openCents,
    closeCents: openCents + shape.bodyCents,
    upCents: shape.upCents,
    downCents: shape.downCents,
    volume: 1_000_000 + 100 * random.integer(-3_000, 3_000),
  }
}
