import fc from 'fast-check'
import { expect, test } from 'vitest'
import { random } from '../../src/kernel/random.ts'

test('the same seed gives the same values, another seed others', () => {
  const draw = (seed: string): number[] => {
    const stream = random(seed)
    return Array.from({ length: 20 }, () => stream.integer(0, 1_000_000))
  }
  expect(draw('4f1c')).toEqual(draw('4f1c'))
  expect(draw('4f1c')).not.toEqual(draw('4f1d'))
})

test('a fork does not move its parent and depends on its label only', () => {
  const stream = random('a')
  const fork = stream.fork('x')
  fork.integer(0, 9)
  expect(stream.integer(0, 1_000)).toBe(random('a').integer(0, 1_000))
  expect(stream.fork('x').fraction()).toBe(random('a').fork('x').fraction())
})

test('draws lie within their bounds, and a shuffle keeps what it moves', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.integer(), { minLength: 1 }), (seed, items) => {
      const stream = random(seed)
      const fraction = stream.fraction()
      expect(fraction).toBeGreaterThanOrEqual(0)
      expect(fraction).toBeLessThan(1)
      expect(items).toContain(stream.pick(items))
      expect(stream.shuffle(items).sort((a, b) => a - b)).toEqual([...items].sort((a, b) => a - b))
    }),
  )
})

test('picking from nothing is an error', () => {
  expect(() => random('a').pick([])).toThrow(/expected at least one item/)
})
