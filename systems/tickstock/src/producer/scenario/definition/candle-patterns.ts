import { findPatterns, type Finding } from '../../pattern/detect.ts'
import { patternCandles, plainCandle } from '../candle.ts'
import type { Draft } from '../draft.ts'
import { countOf } from '../outcome.ts'
import type { Random } from '../random.ts'
import type { Drawing, Scenario } from '../scenario.ts'
import {
  patternFunctions,
  patternNames,
  type PatternName,
  type Planted,
  type Series,
} from '../series.ts'

const days = 189
const baseCents = 10_000

/** How often each pattern is planted. */
const timesEach = 3
const plantedCount = timesEach * patternNames.length

const first: Readonly<Draft> = {
  openCents: baseCents,
  closeCents: baseCents + 90,
  upCents: 50,
  downCents: 40,
  volume: 1_000_000,
}

/** Averages of TA-Lib's definitions go ten days back, and some functions a few more. */
const firstPlantDay = 15
const spacingDays = 9

/** Findings of the functions of the planted patterns. */
const findingsOf = ({ bars }: Series): Finding[] => findPatterns(bars, patternFunctions)

/** Whether a finding is what was planted, on its day and in its direction. */
const isAmong = (planted: readonly Planted[], found: Finding): boolean =>
  planted.some(
    ({ function: name, date, value }) =>
      name === found.function && date === found.date && value === found.value,
  )

const elsewhere = countOf(0, {
  name: 'patterns_elsewhere',
  title: 'Patterns where none was planted',
  definition: 'Days on which TA-Lib finds one of the six patterns that was not planted there',
  measure: (series) => findingsOf(series).filter((found) => !isAmong(series.planted, found)).length,
})

export const candlePatterns: Scenario = {
  name: 'candle_patterns',
  title: 'Planted candlestick patterns',
  description: 'Nine quiet months with six candlestick patterns, three times each, at known dates',
  firstDay: '2024-01-02',
  days,
  baseCents,
  outcomes: [
    countOf(plantedCount, {
      name: 'patterns_found',
      title: 'Planted patterns found',
      definition: 'Planted patterns that TA-Lib finds on their day',
      measure: (series) =>
        findingsOf(series).filter((found) => isAmong(series.planted, found)).length,
    }),
    elsewhere,
  ],
  draw: (random) => drawCandles(random, true),
}

export const patternFree: Scenario = {
  name: 'pattern_free',
  title: 'No candlestick patterns',
  description: 'Nine quiet months in which none of the six candlestick patterns occurs',
  firstDay: '2024-01-02',
  days,
  baseCents,
  outcomes: [elsewhere],
  draw: (random) => drawCandles(random, false),
}

function drawCandles(random: Random, plants: boolean): Drawing {
  const order = plants
    ? random.shuffle(Array.from({ length: timesEach }, () => patternNames).flat())
    : []
  const drafts: Draft[] = [first]
  const planted: { pattern: PatternName; day: number }[] = []
  let nextPlantDay = firstPlantDay
  while (drafts.length < days) {
    const before = drafts.at(-1) ?? first
    const pattern = drafts.length === nextPlantDay ? order.shift() : undefined
    if (pattern === undefined) {
      drafts.push(plainCandle(before, random))
    } else {
      drafts.push(...patternCandles(pattern, before, random))
      planted.push({ pattern, day: drafts.length - 1 })
      nextPlantDay += spacingDays
    }
  }
  return { drafts, planted }
}
