import { expect, test } from 'vitest'
import { changedLinesMax, compareTexts } from '../src/diff.ts'

test('tells what stayed, came and went', () => {
  expect(compareTexts('one\ntwo\n', 'one\n2\nthree\n')).toEqual({
    lines_added: 2,
    lines_removed: 1,
    coarse: false,
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

const numbered = (name: string, count: number): string =>
  Array.from({ length: count }, (_none, at) => `${name} ${at}\n`).join('')

test('as many changed lines as are told apart are', () => {
  const [from, to] = [numbered('old', changedLinesMax / 2), numbered('new', changedLinesMax / 2)]
  const diff = compareTexts(`${from}shared\n`, `shared\n${to}`)
  expect(diff).toMatchObject({ coarse: false, lines_added: 500, lines_removed: 500 })
  expect(diff.pieces.map(({ kind }) => kind)).toEqual(['removed', 'same', 'added'])
})

test('with more, all between what both begin and end with was removed and added', () => {
  const [old, middle, fresh] = [numbered('old', 900), 'shared\n', numbered('new', 700)]
  expect(compareTexts(`a\n${old}${middle}z`, `a\n${middle}${fresh}z`)).toEqual({
    lines_added: 701,
    lines_removed: 901,
    coarse: true,
    pieces: [
      { kind: 'same', text: 'a\n' },
      { kind: 'removed', text: `${old}${middle}` },
      { kind: 'added', text: `${middle}${fresh}` },
      { kind: 'same', text: 'z' },
    ],
  })
})

test('a text that repeats itself ends and begins with each of its lines once', () => {
  const [from, to] = ['same\n'.repeat(3_000), 'same\n'.repeat(1_500)]
  expect(compareTexts(from, to)).toEqual({
    lines_added: 0,
    lines_removed: 1_500,
    coarse: true,
    pieces: [
      { kind: 'same', text: to },
      { kind: 'removed', text: to },
    ],
  })
})
