import { taLib, type TaLib } from './ta-lib.ts'

/** A bar as the detector needs it; any source will do. */
export interface Candle {
  readonly date: string
  readonly openCents: number
  readonly highCents: number
  readonly lowCents: number
  readonly closeCents: number
}

/** A pattern that TA-Lib found, by the day of its last bar. */
export interface Finding {
  /** TA-Lib's function, such as `CDLHAMMER`. */
  readonly function: string
  readonly date: string
  /** 100 for a rising pattern and -100 for a falling one; some functions grade it by 80 or 200. */
  readonly value: number
}

/** Every candlestick pattern in bars that are in order of date, by the given functions or all 61. */
export function findPatterns(
  candles: readonly Candle[],
  functions?: readonly string[],
  library: TaLib = taLib(),
): Finding[] {
  const prices = {
    open: candles.map((candle) => candle.openCents / 100),
    high: candles.map((candle) => candle.highCents / 100),
    low: candles.map((candle) => candle.lowCents / 100),
    close: candles.map((candle) => candle.closeCents / 100),
  }
  return (functions ?? library.candleFunctions).flatMap((name) => {
    const { firstIndex, values } = library.call(name, prices)
    return values.flatMap((value, index) => {
      const date = candles[firstIndex + index]?.date
      return value === 0 || date === undefined ? [] : [{ function: name, date, value }]
    })
  })
}
