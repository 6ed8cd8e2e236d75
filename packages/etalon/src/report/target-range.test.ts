import { expect, test } from 'vitest'
import type { Target } from '../kernel/judge.ts'
import { quantityOf, targetRangeOf } from './target-range.ts'

test.each<[Target, object]>([
  [{ kind: 'below', bound: 100 }, { high: 100 }],
  [{ kind: 'at-most', bound: 30_000 }, { high: 30_000 }],
  [{ kind: 'at-least', bound: 0.999 }, { low: 0.999 }],
  [{ kind: 'above', bound: 5 }, { low: 5 }],
  [
    { kind: 'between', low: 2, high: 3 },
    { low: 2, high: 3 },
  ],
])('a bound accepts one side: %o', (target, range) => {
  expect(targetRangeOf(target)).toEqual(range)
})

test('a text that is no quantity of the unit is left alone', () => {
  expect(quantityOf('exact', 'ms')).toBeUndefined()
  expect(quantityOf('165.59 vs 149.92 ms', 'ms')).toBeUndefined()
  expect(quantityOf('15 of 20', 'count')).toBeUndefined()
  expect(quantityOf('280 ms', 'share')).toBeUndefined()
  expect(quantityOf('75 %', 'share')).toBe(0.75)
})
