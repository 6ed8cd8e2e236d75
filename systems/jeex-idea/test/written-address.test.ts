import { expect, test } from 'vitest'
import { addressesMax, WrittenAddresses } from '../src/written-address.ts'

const ann = 'ann'

test('what was written a moment ago is fresh, for him who read it', () => {
  const written = new WrittenAddresses()
  written.add(ann, '/a', 10_000)
  expect(written.isFresh(ann, '/a', 14_999)).toBe(true)
  expect(written.isFresh(ann, '/a', 15_000)).toBe(false)
  expect(written.isFresh(ann, '/b', 10_000)).toBe(false)
  expect(written.isFresh('bob', '/a', 10_000)).toBe(false)
})

test('nothing is fresh once it was forgotten', () => {
  const written = new WrittenAddresses()
  written.add(ann, '/a', 10_000)
  written.add('bob', '/a', 10_000)
  written.forget(ann)
  expect(written.isFresh(ann, '/a', 10_000)).toBe(false)
  expect(written.isFresh('bob', '/a', 10_000)).toBe(true)
})

test('for one address too many the one that was written longest ago goes', () => {
  const written = new WrittenAddresses()
  for (let at = 0; at < addressesMax; at += 1) {
    expect(written.add(ann, `/${at}`, 10_000)).toBeUndefined()
  }
  expect(written.add(ann, '/0', 10_000)).toBeUndefined()
  expect(written.add('bob', '/more', 10_000)).toBeUndefined()
  written.forget(ann)
  expect(written.add(ann, '/more', 10_000)).toBe('/1')
  expect(written.add(ann, '/yet more', 10_000)).toBe('/2')
})
