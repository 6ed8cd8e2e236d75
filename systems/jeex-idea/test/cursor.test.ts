import { expect, test } from 'vitest'
import { readCursor, writeCursor } from '../src/cursor.ts'

const id = '01a1fdbe-bcd8-78e0-afed-7e35ed1f47a1'

const time = '2026-01-01T00:00:00.000Z'

test.each([
  [3, 'integer'],
  [time, 'timestamptz'],
] as const)('a cursor at %s is read as it was written', (value, sortType) => {
  expect(readCursor(writeCursor({ value, id }), sortType)).toEqual({ value, id })
})

test.each([
  ['', 'integer'],
  ['abc', 'timestamptz'],
  [writeCursor({ value: 'x; drop', id }), 'timestamptz'],
  [writeCursor({ value: 1, id: 'x' }), 'integer'],
  [writeCursor({ value: 1, id }), 'timestamptz'],
  [writeCursor({ value: time, id }), 'integer'],
  [writeCursor({ value: 2 ** 31, id }), 'integer'],
] as const)('refuses %j for a list by %s', (text, sortType) => {
  expect(() => readCursor(text, sortType)).toThrow('The request does not have the shape')
})
