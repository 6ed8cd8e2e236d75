import type { Day } from '../../calendar/day.ts'
import type { Bar } from './bar.ts'
import type { Draft } from './draft.ts'
import type { OutcomeRule } from './outcome.ts'
import type { Random } from './random.ts'

/** The candlestick patterns that can be planted, by TA-Lib's function for each. */
export const patternFunctions = {
  doji: 'CDLDOJI',
  hammer: 'CDLHAMMER',
  engulfing: 'CDLENGULFING',
  morning_star: 'CDLMORNINGSTAR',
  three_white_soldiers: 'CDL3WHITESOLDIERS',
  dark_cloud_cover: 'CDLDARKCLOUDCOVER',
} as const

export type PatternName = keyof typeof patternFunctions

export const patternNames = Object.keys(patternFunctions) as readonly PatternName[]

/** A pattern that was put into a series, by the day of its last bar. */
export interface Planted {
  readonly pattern: PatternName
  readonly date: Day
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
