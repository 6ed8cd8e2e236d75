import type { Day } from '../../calendar/day.ts'
import type { Finding } from '../pattern/detect.ts'
import type { Bar } from './bar.ts'
import type { Draft } from './draft.ts'
import type { OutcomeRule } from './outcome.ts'
import type { Random } from './random.ts'

/** The candlestick patterns that can be planted: TA-Lib's function for each, and what it says. */
export const patterns = {
  doji: { function: 'CDLDOJI', value: 100 },
  hammer: { function: 'CDLHAMMER', value: 100 },
  engulfing: { function: 'CDLENGULFING', value: 100 },
  morning_star: { function: 'CDLMORNINGSTAR', value: 100 },
  three_white_soldiers: { function: 'CDL3WHITESOLDIERS', value: 100 },
  dark_cloud_cover: { function: 'CDLDARKCLOUDCOVER', value: -100 },
} as const

export type PatternName = keyof typeof patterns

export const patternNames = Object.keys(patterns) as readonly PatternName[]

/** TA-Lib's functions for the patterns that can be planted. */
export const patternFunctions: readonly string[] = Object.values(patterns).map(
  (pattern) => pattern.function,
)

/** A pattern that was put into a series, by the day of its last bar. */
export interface Planted extends Finding {
  readonly pattern: PatternName
}

/** The bars of a scenario, and what was planted in them. */
export interface Series {
  readonly bars: readonly Bar[]
  readonly planted: readonly Planted[]
}

/** What a scenario draws: its days, and the patterns in them by the number of their last day. */
export interface Drawing {
  readonly drafts: readonly Draft[]
  readonly planted?: readonly { readonly pattern: PatternName; readonly day: number }[]
}

/** A kind of market, to be generated for any seed. */
export interface Scenario {
  readonly name: string
  readonly title: string
  readonly description: string
  /** The first trading day, or a day before it. */
  readonly firstDay: Day
  /** Trading days. */
  readonly days: number
  readonly baseCents: number
  readonly outcomes: readonly OutcomeRule[]
  readonly draw: (random: Random) => Drawing
}
