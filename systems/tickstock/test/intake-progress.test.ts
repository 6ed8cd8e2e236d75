import { expect, test } from 'vitest'
import { Progress } from '../src/consumer/intake/progress.ts'

test('the cursor stands before the first number that is not settled', () => {
  const progress = new Progress(4)
  for (const seq of [5, 6, 7]) progress.meet(seq)
  expect(progress.cursor).toBe(4)
  progress.settle(6)
  progress.settle(7)
  expect(progress.cursor).toBe(4)
  progress.settle(5)
  expect(progress.cursor).toBe(7)
  expect(progress.isOpen).toBe(false)
})

test('what was settled and undone holds the cursor back again', () => {
  const progress = new Progress(0)
  progress.meet(1)
  progress.meet(2)
  progress.settle(1)
  progress.settle(2)
  progress.reopen(1)
  expect(progress.cursor).toBe(0)
  expect(progress.has(1)).toBe(true)
})

test('numbers that are passed over are told, and the next one is none', () => {
  const progress = new Progress(10)
  expect(progress.gapBefore(11)).toBeUndefined()
  expect(progress.gapBefore(10)).toBeUndefined()
  expect(progress.gapBefore(14)).toEqual({ first: 11, last: 13 })
  progress.pass(13)
  expect(progress.gapBefore(14)).toBeUndefined()
  expect(progress.cursor).toBe(13)
})

test('a number that is met again stays settled', () => {
  const progress = new Progress(0)
  progress.meet(1)
  progress.settle(1)
  progress.meet(1)
  expect(progress.cursor).toBe(1)
})
