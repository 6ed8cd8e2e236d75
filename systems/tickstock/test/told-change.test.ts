import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toldChange } from '../src/producer/universe/told-change.ts'

const symbols = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_none, at) => `${prefix}${at}`)

test('what a message says of a universe counts every change, and names those of either kind', () => {
  const count = fc.integer({ min: 0, max: 2_500 })
  fc.assert(
    fc.property(count, count, (in_, out) => {
      const difference = { symbols_added: symbols('A', in_), symbols_removed: symbols('R', out) }
      const told = toldChange('top_2000', difference, (symbol) => `because of ${symbol}`)
      expect(told).toMatchObject({ change_count: in_ + out, added_count: in_, removed_count: out })
      const named = (action: string): string[] =>
        told.actions.filter((each) => each.action === action).map(({ symbol }) => symbol)
      const [added, removed] = [named('added'), named('removed')]
      expect(added).toEqual(symbols('A', added.length))
      expect(removed).toEqual(symbols('R', removed.length))
      expect(added.length + removed.length).toBe(Math.min(in_ + out, 1_000))
      expect(added.length).toBeGreaterThanOrEqual(Math.min(in_, 500))
      expect(removed.length).toBeGreaterThanOrEqual(Math.min(out, 500))
    }),
    { numRuns: 30 },
  )
})

test('each change has its reason, and the universe of a theme its theme', () => {
  const difference = { symbols_added: ['BND'], symbols_removed: ['AGG'] }
  const reasons = new Map([['AGG', 'assets of 1 are below 2']])
  const reasonOf = (symbol: string): string => reasons.get(symbol) ?? 'meets the filter'
  expect(toldChange('etf_bonds', difference, reasonOf)).toEqual({
    universe: 'etf_bonds',
    theme: 'bonds',
    change_count: 2,
    added_count: 1,
    removed_count: 1,
    actions: [
      { action: 'removed', symbol: 'AGG', reason: 'assets of 1 are below 2' },
      { action: 'added', symbol: 'BND', reason: 'meets the filter' },
    ],
  })
  expect(toldChange('large_cap', difference, reasonOf)).not.toHaveProperty('theme')
})
