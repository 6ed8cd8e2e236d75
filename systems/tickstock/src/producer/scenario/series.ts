import type { Finding } from '../pattern/detect.ts'
import type { Bar } from './bar.ts'

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
