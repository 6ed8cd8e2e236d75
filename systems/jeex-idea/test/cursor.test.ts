import { expect, test } from 'vitest'
import { readCursor, writeCursor } from '../src/cursor.ts'

const id = '01a1fdbe-bcd8-78e0-afed-7e35ed1f47a1'

test.each([3, '2026-01-01T00:00:00.000Z'])('a cursor at %s is read as it was written', (value) => {
  expect(readCursor(writeCursor({ value, id }))).toEqual({ value, id })
})

test.each(['', 'abc', writeCursor({ value: 'x; drop', id }), writeCursor({ value: 1, id: 'x' })])(
  'refuses %j',
  (text) => {
    expect(() => readCursor(text)).toThrow('The request does not have the shape')
  },
)
