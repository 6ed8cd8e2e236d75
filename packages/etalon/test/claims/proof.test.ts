import { expect, test } from 'vitest'
import { openProofs } from '../../src/claims/proof.ts'

const { prove } = openProofs({ record: () => {} })

test.each([undefined, null, 12n, ['token']])('%s is no text that matches', (found) => {
  expect(prove('a token', found).matches(/./)).toBe('refuted')
})

test('a pattern that has been used matches the same text again', () => {
  const pattern = /token/g
  expect(prove('first', 'a token').matches(pattern)).toBe('upheld')
  expect(prove('second', 'a token').matches(pattern)).toBe('upheld')
})

test('a predicate says true or false', () => {
  expect(prove('rows', [1]).satisfies('one', ({ length }) => length === 1)).toBe('upheld')
  expect(prove('rows', [1]).satisfies('two', ({ length }) => length === 2)).toBe('refuted')
  const later = (async () => false) as unknown as () => boolean
  expect(() => prove('rows', [1]).satisfies('none', later)).toThrow('expected true or false')
})

test('of two proofs of one title each has to be compared', () => {
  const proofs = openProofs({ record: () => {} })
  proofs.prove('row', 1)
  proofs.prove('row', 2).equals(2)
  expect(proofs.unconcluded()).toEqual(['row'])
})
