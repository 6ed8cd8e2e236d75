import { describe, expect, it } from 'vitest'
import { toCsv } from '../src/consumer/csv.ts'
import { lastTradingDay, tradingDaysUntil } from '../src/calendar/last-trading-day.ts'
import { sectors } from '../src/producer/reference/sector.ts'
import { seedList } from '../src/producer/reference/seed-list.ts'
import { syntheticProvider } from '../src/producer/reference/synthetic.ts'
import { themes } from '../src/producer/reference/theme.ts'

const provider = syntheticProvider({ stocks: 2_000 })
const own: readonly string[] = Object.values(seedList).flat()

describe('the seed list', () => {
  it('has 288 symbols in eleven themes, none of them twice', () => {
    expect(themes).toHaveLength(11)
    expect(own).toHaveLength(288)
    expect(new Set(own).size).toBe(288)
  })

  it('has candidates that are in two themes, and in no theme twice', () => {
    const candidates = themes.flatMap((theme) => theme.candidates)
    expect(candidates.length).toBeGreaterThan(288)
    for (const theme of themes) {
      expect(new Set(theme.candidates).size).toBe(theme.candidates.length)
    }
  })

  it('holds every ETF of a sector, in one sector each', () => {
    const members = sectors.flatMap(({ etfs }) => etfs)
    expect(members.filter((symbol) => !own.includes(symbol))).toEqual([])
    expect(new Set(members).size).toBe(members.length)
    for (const { benchmark, etfs } of sectors) expect(etfs).toContain(benchmark)
  })
})

describe('the synthetic provider', () => {
  it('gives symbols that are all different, with companies of every size', async () => {
    const symbols = await provider.symbols()
    expect(symbols).toHaveLength(2_288)
    expect(new Set(symbols.map(({ symbol }) => symbol)).size).toBe(2_288)
    const sizes = symbols.map((one) => one.market_cap ?? 0).filter((size) => size > 0)
    for (const [low, high] of [
      [200e9, 1e13],
      [10e9, 200e9],
      [2e9, 10e9],
      [300e6, 2e9],
      [50e6, 300e6],
      [0, 50e6],
    ] as const) {
      expect(sizes.some((size) => size >= low && size < high)).toBe(true)
    }
  })

  it('tells nothing of a symbol that it does not know', async () => {
    expect(await provider.etfs(['NOPE'])).toEqual([])
    expect(await provider.bars('NOPE', ['2026-01-05'])).toEqual([])
  })

  it('gives a bar that does not depend on what is asked for with it', async () => {
    const days = tradingDaysUntil('2026-01-30', 30)
    for (const symbol of ['SPY', 'AGG', 'CAAAA']) {
      const all = await provider.bars(symbol, days)
      expect(all.map(({ date }) => date)).toEqual(days)
      expect(await provider.bars(symbol, days.slice(-1))).toEqual(all.slice(-1))
    }
  })

  it('gives bars whose low and high hold open and close', async () => {
    const days = tradingDaysUntil('2026-01-30', 400)
    for (const symbol of ['GLD', 'CAAAZ', 'TAN']) {
      for (const { open, high, low, close, volume } of await provider.bars(symbol, days)) {
        expect(low).toBeGreaterThan(0)
        expect(low).toBeLessThanOrEqual(Math.min(open, close))
        expect(high).toBeGreaterThanOrEqual(Math.max(open, close))
        expect(Number.isInteger(volume)).toBe(true)
      }
    }
  })
})

describe('the latest trading day', () => {
  it.each([
    ['before the close on a Friday', '2026-11-20T20:59:00Z', '2026-11-19'],
    ['after it', '2026-11-20T21:00:00Z', '2026-11-20'],
    ['on a Sunday', '2026-11-22T12:00:00Z', '2026-11-20'],
    ['after the close in summer', '2026-07-14T20:00:00Z', '2026-07-14'],
    ['on Thanksgiving', '2026-11-26T23:00:00Z', '2026-11-25'],
    ['at night, when it is another day in London', '2026-11-21T03:00:00Z', '2026-11-20'],
  ])('%s', (_when, now, day) => {
    expect(lastTradingDay(new Date(now))).toBe(day)
  })

  it('ends a series that leaves weekends and holidays out', () => {
    expect(tradingDaysUntil('2026-11-30', 3)).toEqual(['2026-11-25', '2026-11-27', '2026-11-30'])
  })
})

describe('CSV', () => {
  it('puts quotes around what needs them, and doubles those within', () => {
    const row = { a: 'x,"y"', b: null, c: 1.5 }
    expect(toCsv(['a', 'b', 'c'], [row])).toBe('a,b,c\r\n"x,""y""",,1.5\r\n')
  })
})
