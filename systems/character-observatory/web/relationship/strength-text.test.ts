import { expect, test } from 'vitest'
import { strengthText } from './strength-text.ts'

test.each([
  [0.1 + 0.2 - 0.3, '0.00'],
  [0.3 - 0.2 - 0.1, '0.00'],
  [-0.004, '0.00'],
  [-0.005_1, '−0.01'],
  [-1, '−1.00'],
  [0.456, '0.46'],
])('%d is read as %s', (strength, text) => {
  expect(strengthText(strength)).toBe(text)
})
