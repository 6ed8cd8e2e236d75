import { expect, test } from 'vitest'
import { compareTexts } from '../src/diff.ts'

test('tells what stayed, came and went', () => {
  expect(compareTexts('one\ntwo\n', 'one\n2\nthree\n')).toEqual({
    lines_added: 2,
    lines_removed: 1,
    pieces: [
      { kind: 'same', text: 'one\n' },
      { kind: 'removed', text: 'two\n' },
      { kind: 'added', text: '2\nthree\n' },
    ],
  })
})

test('the pieces make both texts', () => {
  const [from, to] = ['a\nb\nc\nd', 'b\nx\nd\ne\n']
  const { pieces } = compareTexts(from, to)
  const without = (kind: string): string =>
    pieces.flatMap((piece) => (piece.kind === kind ? [] : [piece.text])).join('')
  expect(without('added')).toBe(from)
  expect(without('removed')).toBe(to)
})
