import { expect, test } from 'vitest'
import { convertQuantity, formatDuration, formatQuantity } from '../../src/kernel/units.ts'

test.each([
  [18.234, 'ms', '18.2 ms'],
  [12_345, 'ms', '12.3 s'],
  [0.000_12, 'ms', '1.20e-4 ms'],
  [0.9991, 'share', '99.91 %'],
  [0.999, 'share', '99.9 %'],
  [0.9995, 'share', '99.95 %'],
  [0.99999, 'share', '99.999 %'],
  [1, 'share', '100 %'],
  [0.123456, 'share', '12.3 %'],
  [2_114, 'count', '2,114'],
  [1_536, 'bytes', '1.5 KiB'],
  [184_320, 'Hz', '184,320/s'],
  [0.93, 'ratio', '0.93 ×'],
  [Number.POSITIVE_INFINITY, 'ms', 'unbounded'],
] as const)('%d %s is written %s', (value, unit, text) => {
  expect(formatQuantity(value, unit)).toBe(text)
})

test.each([
  [180.4, '180 ms'],
  [4_210, '4.2 s'],
  [112_000, '1 m 52 s'],
] as const)('%d ms take %s', (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text)
})

test('converts within a dimension and refuses to compare seconds with shares', () => {
  expect(convertQuantity(2, 's', 'ms')).toBe(2_000)
  expect(() => convertQuantity(2, 's', 'share')).toThrow(/expected a bound in share/)
})
