import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bandAfter, bandOf, bands, type Band } from '../src/producer/sync/band.ts'
import { sizeChanges } from '../src/producer/sync/market-cap.ts'
import { isInTop, lastRankOf, topSizes } from '../src/producer/sync/top-list.ts'

const band = (key: string): Band => bands.find((each) => each.key === key) as Band

test('a band holds its lower edge and not its upper one', () => {
  const keyOf = (cap: number): string | undefined => bandOf(cap)?.key
  expect([200e9, 200e9 - 1, 10e9, 10e9 - 1, 2e9, 300e6, 50e6].map(keyOf)).toEqual([
    'mega_cap',
    'large_cap',
    'large_cap',
    'mid_cap',
    'mid_cap',
    'small_cap',
    'micro_cap',
  ])
  expect(keyOf(50e6 - 1)).toBeUndefined()
})

test('a member leaves its band only when it is more than 5 % past an edge', () => {
  const mid = band('mid_cap')
  expect(bandAfter(1.9e9, mid)?.key).toBe('mid_cap')
  expect(bandAfter(1.9e9 - 1, mid)?.key).toBe('small_cap')
  expect(bandAfter(10.5e9, mid)?.key).toBe('mid_cap')
  expect(bandAfter(10.5e9 + 1, mid)?.key).toBe('large_cap')
  expect(bandAfter(47.5e6, band('micro_cap'))?.key).toBe('micro_cap')
  expect(bandAfter(47.5e6 - 1, band('micro_cap'))).toBeUndefined()
})

const cap = fc.double({ min: 1e6, max: 4e12, noNaN: true })

test('a member inside its band never leaves it', () => {
  fc.assert(
    fc.property(cap, (marketCap) => {
      const own = bandOf(marketCap)
      expect(bandAfter(marketCap, own)).toBe(own)
    }),
  )
})

test('whoever leaves a band is in the band of its size afterwards', () => {
  fc.assert(
    fc.property(cap, fc.constantFrom(...bands), (marketCap, current) => {
      const after = bandAfter(marketCap, current)
      expect([current, bandOf(marketCap)]).toContain(after)
    }),
  )
})

/** How often a path changes its place, with the first place counted. */
const changes = (places: readonly unknown[]): number =>
  places.filter((place, at) => at === 0 || place !== places[at - 1]).length

test('turnover between bands with buffers never exceeds turnover without', () => {
  const around = fc
    .tuple(fc.constantFrom(50e6, 300e6, 2e9, 10e9, 200e9), fc.double({ min: 0.8, max: 1.2 }))
    .filter(([, share]) => !Number.isNaN(share))
    .map(([edge, share]) => edge * share)
  fc.assert(
    fc.property(fc.array(fc.oneof(around, cap), { minLength: 1, maxLength: 60 }), (path) => {
      let held: Band | undefined
      const buffered = path.map((marketCap) => (held = bandAfter(marketCap, held)))
      expect(changes(buffered)).toBeLessThanOrEqual(changes(path.map(bandOf)))
    }),
  )
})

test('turnover of a top list with buffers never exceeds turnover without', () => {
  const size = fc.constantFrom(...topSizes)
  const ranks = fc.array(fc.integer({ min: 1, max: 2_500 }), { minLength: 1, maxLength: 80 })
  fc.assert(
    fc.property(size, ranks, (top, path) => {
      let held = false
      const buffered = path.map((rank) => (held = isInTop(rank, top, held)))
      const plain = path.map((rank) => isInTop(rank, top, false))
      expect(changes([false, ...buffered])).toBeLessThanOrEqual(changes([false, ...plain]))
    }),
  )
})

test('a top list takes in up to its rank and lets go beyond 5 % more', () => {
  expect(topSizes.map(lastRankOf)).toEqual([105, 525, 1_050, 2_100])
  expect([100, 101].map((rank) => isInTop(rank, 100, false))).toEqual([true, false])
  expect([105, 106].map((rank) => isInTop(rank, 100, true))).toEqual([true, false])
})

const stock = fc.record({
  symbol: fc.stringMatching(/^[A-Z]{1,4}$/),
  market_cap: fc.option(cap),
  active: fc.boolean(),
  keys: fc.subarray(['mega_cap', 'small_cap', 'top_100', 'top_500']),
})

test('what trades no more, or has no size, stays where it is for its own task to take out', () => {
  const stocks = fc.uniqueArray(stock, { selector: ({ symbol }) => symbol, maxLength: 40 })
  fc.assert(
    fc.property(stocks, (all) => {
      for (const change of sizeChanges(all)) {
        for (const { symbol, active, market_cap, keys } of all) {
          if (active && market_cap !== null) continue
          expect(change.symbols.includes(symbol)).toBe(keys.includes(change.key))
        }
      }
    }),
  )
})

test('a list that cannot be full says so, and every change has its reason', () => {
  const all = Array.from({ length: 120 }, (_none, at) => ({
    symbol: `S${at}`,
    market_cap: 1e12 - at * 1e9,
    active: true,
    keys: at === 105 ? ['top_100'] : [],
  }))
  const byKey = new Map(sizeChanges(all).map((change) => [change.key, change]))
  expect(byKey.get('top_100')?.metadata).toEqual({ kind: 'top', size: 100, partial: false })
  expect(byKey.get('top_500')?.metadata).toEqual({ kind: 'top', size: 500, partial: true })
  expect(byKey.get('top_500')?.symbols).toHaveLength(120)
  expect(byKey.get('top_100')?.symbols).toHaveLength(100)
  expect(byKey.get('top_100')?.reasons?.get('S105')).toBe('rank 106 is beyond 105')
  expect(byKey.get('top_100')?.reasons?.size).toBe(101)
})
