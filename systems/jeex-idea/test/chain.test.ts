import { expect, test } from 'vitest'
import { chainOf, removable, type Link } from '../src/backup/chain.ts'

function link(id: string, base_id: string | null, day: number): Link {
  return { id, base_id, finished_at: new Date(Date.UTC(2026, 0, day)) }
}

const rows = [link('d', 'c', 10), link('c', null, 9), link('b', 'a', 2), link('a', null, 1)]
const ids = (links: readonly Link[] | undefined): string[] | undefined => links?.map(({ id }) => id)

test('a chain ends at its full backup', () => {
  expect(ids(chainOf(rows, 'b'))).toEqual(['b', 'a'])
  expect(ids(chainOf(rows, 'c'))).toEqual(['c'])
})

test('a chain with a gap is none', () => {
  expect(chainOf([link('b', 'a', 2)], 'b')).toBeUndefined()
})

test('what is old goes, unless something newer needs it', () => {
  const day = (at: number): Date => new Date(Date.UTC(2026, 0, at))
  expect(ids(removable(rows, day(5)))).toEqual(['b', 'a'])
  expect(ids(removable(rows, day(1)))).toEqual([])
})
