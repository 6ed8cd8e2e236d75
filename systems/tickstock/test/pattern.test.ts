import { expect, test } from 'vitest'
import { findPatterns, type Candle } from '../src/producer/pattern/detect.ts'
import { taLib, type Prices } from '../src/producer/pattern/ta-lib.ts'
import { generateScenario } from '../src/producer/scenario/generate.ts'
import { patternFunctions } from '../src/producer/scenario/series.ts'

/** Twenty candles with a body of 100 and a range of 200 cents, and then others. */
function afterPlain(...last: readonly (readonly [number, number, number, number])[]): Prices {
  const plain = Array.from({ length: 20 }, () => [100, 101.5, 99.5, 101] as const)
  const candles = [...plain, ...last]
  return {
    open: candles.map(([open]) => open),
    high: candles.map(([, high]) => high),
    low: candles.map(([, , low]) => low),
    close: candles.map(([, , , close]) => close),
  }
}

const lastOf = (name: string, prices: Prices): number | undefined =>
  taLib().call(name, prices).values.at(-1)

test('TA-Lib has 61 candlestick functions', () => {
  expect(taLib().candleFunctions).toHaveLength(61)
})

// Each pair lies on either side of a limit that TA-Lib's documentation of its defaults gives.
test.each([
  ['a body of 10 % of the average range is a doji', 'CDLDOJI', [100, 101, 99, 100.19], 100],
  ['a body of more is none', 'CDLDOJI', [100, 101, 99, 100.21], 0],
  ['a hammer near the low before', 'CDLHAMMER', [99.8, 100.11, 98.8, 100.1], 100],
  ['with an upper shadow over 10 % of the range', 'CDLHAMMER', [99.8, 100.31, 98.8, 100.1], 0],
  ['with its body too far from that low', 'CDLHAMMER', [99.91, 100.22, 98.8, 100.21], 0],
  ['with a body that is not short', 'CDLHAMMER', [99.8, 100.81, 98.7, 100.8], 0],
  ['a falling body around the one before', 'CDLENGULFING', [101.1, 101.2, 99.8, 99.9], -100],
  ['a falling body inside it', 'CDLENGULFING', [100.9, 101.2, 99.8, 100.1], 0],
] as const)('%s', (_, name, candle, value) => {
  expect(lastOf(name, afterPlain(candle))).toBe(value)
})

test.each([
  ['closes below the middle of a long body', [102.8, 103, 101, 101.4], -100],
  ['closes above it', [102.8, 103, 101, 101.8], 0],
  ['opens below the high before', [102.4, 103, 101, 101.4], 0],
] as const)('a dark cloud %s', (_, cloud, value) => {
  const long = [101, 102.6, 100.9, 102.5] as const
  expect(lastOf('CDLDARKCLOUDCOVER', afterPlain(long, cloud))).toBe(value)
})

test('a function that TA-Lib does not have', () => {
  expect(() => taLib().call('CDLNONE', afterPlain())).toThrowError(
    expect.objectContaining({ code: 'TICK_PATTERN_UNKNOWN' }),
  )
})

test('no bars have no patterns, and too many are refused', () => {
  expect(findPatterns([])).toEqual([])
  const candle = { date: '', openCents: 100, highCents: 100, lowCents: 100, closeCents: 100 }
  const many: Candle[] = Array.from({ length: 200_001 }, () => candle)
  expect(() => findPatterns(many, ['CDLDOJI'])).toThrowError(
    expect.objectContaining({ code: 'TICK_PATTERN_BARS_TOO_MANY' }),
  )
})

test('as many bars as are taken at once leave the library whole', () => {
  const candle = { date: 'd', openCents: 100, highCents: 110, lowCents: 90, closeCents: 100 }
  const found = findPatterns(
    Array.from({ length: 200_000 }, () => candle),
    ['CDLDOJI'],
  )
  expect(found).toHaveLength(200_000 - 10)
  expect(lastOf('CDLDOJI', afterPlain([100, 101, 99, 100]))).toBe(100)
})

test('planted patterns are found on their days with their direction, and nowhere else', () => {
  const { bars, planted } = generateScenario('candle_patterns', 7)
  const expected = planted.map(({ function: name, date, value }) => ({
    function: name,
    date,
    value,
  }))
  const byDate = (a: { date: string }, b: { date: string }): number => a.date.localeCompare(b.date)
  const found = findPatterns(bars, patternFunctions)
  expect(found.toSorted(byDate)).toEqual(expected.toSorted(byDate))
})
