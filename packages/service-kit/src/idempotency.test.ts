import { expect, test } from 'vitest'
import { idempotencyHeaders, requestHash } from './idempotency.ts'

test('a request is the same whatever the order of its members', () => {
  const one = { url: '/a', body: { x: 1, y: [1, { b: 2, a: 1 }] } }
  const same = { body: { y: [1, { a: 1, b: 2 }], x: 1 }, url: '/a' }
  expect(requestHash(one)).toBe(requestHash(same))
})

test('a request with any other value is another', () => {
  const hashes = [{ x: 1 }, { x: '1' }, { x: 2 }, { x: [1] }, { y: 1 }, {}].map(requestHash)
  expect(new Set(hashes).size).toBe(hashes.length)
})

test('a key is a short plain word', () => {
  const accepts = (key: string) => idempotencyHeaders.safeParse({ 'idempotency-key': key }).success
  expect(accepts('9b2f6c1e-2f0a-4f6e-8a51-0d0a0f6b7a11')).toBe(true)
  expect(accepts('attendance:7')).toBe(false)
  expect(accepts('')).toBe(false)
  expect(accepts('x'.repeat(101))).toBe(false)
})
