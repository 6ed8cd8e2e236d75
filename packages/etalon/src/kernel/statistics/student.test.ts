import { expect, test } from 'vitest'
import { normalQuantile } from './normal.ts'
import { studentCdf, studentQuantile } from './student.ts'

// Generated with mpmath at 50 digits: sqrt(2) * erfinv(2 * p - 1).
test.each([
  [1e-12, -7.034483825301132],
  [0.001, -3.0902323061678136],
  [0.025, -1.9599639845400543],
  [0.3, -0.5244005127080408],
  [0.5001, 0.00025066283008800747],
  [0.95, 1.6448536269514722],
  [0.9999, 3.7190164854557084],
])('the normal quantile of %d', (p, expected) => {
  expect(Math.abs(normalQuantile(p) / expected - 1)).toBeLessThan(1e-14)
})

// Generated with mpmath, by the root of betainc; the last three with scipy.stats.t.ppf(p, n).
test.each([
  [0.95, 1, 6.313751514675037],
  [0.975, 1, 12.70620473617469],
  [0.975, 2, 4.302652729749462],
  [0.95, 19, 1.729132811521369],
  [0.975, 19, 2.093024054408309],
  [0.975, 30, 2.042272456301238],
  [0.9995, 5, 6.868826625881275],
  [0.6, 7, 0.2631668613520228],
  [0.95, 1000, 1.6463788172854643],
  [0.975, 1e6, 1.959966356814107],
  [0.95, 2.5, 2.5582186141359355],
])('Student’s quantile of %d with %d degrees of freedom', (p, freedom, expected) => {
  expect(Math.abs(studentQuantile(p, freedom) / expected - 1)).toBeLessThan(1e-12)
  expect(studentCdf(expected, freedom)).toBeCloseTo(p, 12)
})

// Generated with mpmath: betainc(n / 2, 0.5, 0, n / (n + t * t), regularized=True) / 2.
test.each([
  [-2, 3, 0.0696629842794216],
  [-0.1, 10, 0.4611603592822042],
  [-5, 4, 0.003745216940637262],
  [-1.7, 7.5, 0.06503304917866853],
])('the probability below t of %d with %d degrees of freedom', (t, freedom, expected) => {
  expect(Math.abs(studentCdf(t, freedom) / expected - 1)).toBeLessThan(1e-12)
  expect(studentCdf(-t, freedom)).toBeCloseTo(1 - expected, 14)
})

test('the middle and the far ends', () => {
  expect(studentQuantile(0.5, 3)).toBe(0)
  expect(studentCdf(0, 3)).toBe(0.5)
  expect(studentCdf(-Infinity, 3)).toBe(0)
  expect(studentCdf(Infinity, 3)).toBe(1)
})

test.each([0, 1, -1, Number.NaN])('no quantile of %d', (p) => {
  expect(() => normalQuantile(p)).toThrow(`expected p between 0 and 1, found ${p}`)
  expect(() => studentQuantile(p, 3)).toThrow(`expected p between 0 and 1, found ${p}`)
})
