import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isTradingDay } from '../src/calendar/trading-day.ts'
import { faultOf, toCsv } from '../src/producer/scenario/bar.ts'
import { scenarios } from '../src/producer/scenario/catalogue.ts'
import { generate, generateScenario } from '../src/producer/scenario/generate.ts'
import { minuteBars, timeText } from '../src/producer/scenario/minute.ts'
import { countOf } from '../src/producer/scenario/outcome.ts'
import type { Scenario } from '../src/producer/scenario/scenario.ts'

const seeds = fc.integer({ min: 0, max: 0x7fff_ffff })

/** Generated once and pinned: whatever changes these bytes changes what a seed stands for. */
const sha256OfSeed42 = {
  crash_2020: '04c1a4fd55c489f88265047f44e137c54e9d6544ad250ad6625af79c3026bd6f',
  growth_2021: 'f9fbfe689c5d9a59570732ccced959caa978519f1145da455484018ad132ca00',
  volatility_periods: 'd5af12ad46194e414e448e0d0dfef6cbf6ef37b532dffa8a8839803e0d273301',
  trend_changes: '50adbd40f9ab260a75bc8efa11a83ecd75de6ce716628b734c64c9aaa217ed9b',
  high_low_events: '4a5d5c92e73ce5a404c5197f5d9b5629d7e9cbe50f7905ac133210f3965d5ab4',
  candle_patterns: '9ce40d308224283ad86452331929a56b70f54ebb560c0bb3b89cd4fe7a9e7758',
  pattern_free: '2b6ca1b7c2d4f468b8515a4bcf6b942855058ea45bca6872b782cca92b4c5b19',
} as const

const sizes = [
  ['crash_2020', 252, 10_000, '2020-01-02'],
  ['growth_2021', 252, 10_000, '2021-01-04'],
  ['volatility_periods', 126, 15_000, '2022-01-03'],
  ['trend_changes', 189, 8_000, '2023-01-03'],
  ['high_low_events', 63, 20_000, '2023-10-02'],
  ['candle_patterns', 189, 10_000, '2024-01-02'],
  ['pattern_free', 189, 10_000, '2024-01-02'],
] as const

test.each(sizes)('%s has %i trading days from %i cents on', (name, days, baseCents, first) => {
  const { bars } = generateScenario(name)
  expect(bars).toHaveLength(days)
  expect(bars[0]).toMatchObject({ date: first, openCents: baseCents })
  expect(bars.filter((bar) => !isTradingDay(bar.date))).toEqual([])
})

test.each(Object.entries(sha256OfSeed42))('the bytes of %s for seed 42', (name, sha256) => {
  const csv = toCsv(generateScenario(name, 42).bars)
  expect(createHash('sha256').update(csv).digest('hex')).toBe(sha256)
})

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
  '%s',
  (name, scenario) => {
    test('meets its outcomes with valid bars for any seed', () => {
      fc.assert(
        fc.property(seeds, (seed) => {
          const { bars, outcomes } = generate(scenario, seed)
          expect(bars.map(faultOf).filter(Boolean)).toEqual([])
          expect(outcomes.filter(({ met }) => !met)).toEqual([])
        }),
        { numRuns: 60 },
      )
    })

    test('minutes make up their day again', () => {
      for (const bar of generateScenario(name).bars) {
        const minutes = minuteBars(bar, name, 42)
        expect(minutes.map(faultOf).filter(Boolean)).toEqual([])
        expect({
          date: bar.date,
          openCents: minutes[0]?.openCents,
          highCents: Math.max(...minutes.map((minute) => minute.highCents)),
          lowCents: Math.min(...minutes.map((minute) => minute.lowCents)),
          closeCents: minutes.at(-1)?.closeCents,
          volume: minutes.reduce((sum, minute) => sum + minute.volume, 0),
        }).toEqual(bar)
      }
    })
  },
)

test('another seed gives other bars', () => {
  expect(toCsv(generateScenario('crash_2020', 43).bars)).not.toBe(
    toCsv(generateScenario('crash_2020', 42).bars),
  )
})

test('the minutes of a session are told by the clock of New York', () => {
  expect([0, 29, 30, 389].map(timeText)).toEqual(['09:30', '09:59', '10:00', '15:59'])
})

describe('what cannot be generated', () => {
  const [crash] = scenarios as [Scenario]

  test('an outcome that no draw meets, with what was measured', () => {
    const impossible: Scenario = {
      ...crash,
      outcomes: [
        countOf(300, {
          name: 'bars',
          title: 'Bars',
          definition: 'Bars of the series',
          measure: ({ bars }) => bars.length,
        }),
      ],
    }
    expect(() => generate(impossible, 42)).toThrowError(
      expect.objectContaining({
        code: 'TICK_SCENARIO_OUTCOME_MISSED',
        details: {
          scenario: 'crash_2020',
          seed: 42,
          missed: [{ name: 'bars', declared: 300, measured: 252 }],
        },
      }),
    )
  })

  test('a bar that no market could print', () => {
    const broken: Scenario = {
      ...crash,
      draw: (random) => {
        const { drafts } = crash.draw(random)
        return { drafts: drafts.map((draft) => ({ ...draft, upCents: -1 })) }
      },
    }
    expect(() => generate(broken, 42)).toThrowError(
      expect.objectContaining({ code: 'TICK_SCENARIO_BAR_INVALID' }),
    )
  })

  test.each([-1, 0.5, 2 ** 31, Number.NaN])('the seed %d', (seed) => {
    expect(() => generate(crash, seed)).toThrowError(
      expect.objectContaining({ code: 'TICK_SCENARIO_SEED_INVALID' }),
    )
  })

  test('a scenario that there is not', () => {
    expect(() => generateScenario('crash_2008')).toThrowError(
      expect.objectContaining({ code: 'TICK_SCENARIO_UNKNOWN' }),
    )
  })
})
