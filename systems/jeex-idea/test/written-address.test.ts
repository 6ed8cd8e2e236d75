import { expect, test } from 'vitest'
import { addressesMax, WrittenAddresses } from '../src/written-address.ts'

const ann = 'ann'
const at = { atMs: 10_000, what: 'text' }

test('what was written a moment ago is fresh, for him who read it', () => {
  const written = new WrittenAddresses<string>()
  written.add(ann, '/a', at)
  expect(written.fresh(ann, '/a', 14_999)).toEqual(at)
  expect(written.fresh(ann, '/a', 15_000)).toBeUndefined()
  expect(written.fresh(ann, '/b', 10_000)).toBeUndefined()
  expect(written.fresh('bob', '/a', 10_000)).toBeUndefined()
})

test('nothing is fresh once it was forgotten', () => {
  const written = new WrittenAddresses<string>()
  written.add(ann, '/a', at)
  written.add('bob', '/a', at)
  written.forget(ann)
  expect(written.fresh(ann, '/a', 10_000)).toBeUndefined()
  expect(written.fresh('bob', '/a', 10_000)).toEqual(at)
})

test('one that could not be written is not fresh, and the others are', () => {
  const written = new WrittenAddresses<string>()
  written.add(ann, '/a', at)
  written.add(ann, '/b', at)
  written.forgetOne(ann, '/a')
  written.forgetOne(ann, '/c')
  expect(written.fresh(ann, '/a', 10_000)).toBeUndefined()
  expect(written.fresh(ann, '/b', 10_000)).toEqual(at)
})

test('for one address too many the one that was written longest ago goes', () => {
  const written = new WrittenAddresses<string>()
  for (let index = 0; index < addressesMax; index += 1) {
    expect(written.add(ann, `/${index}`, at)).toBeUndefined()
  }
  expect(written.add(ann, '/0', at)).toBeUndefined()
  expect(written.add('bob', '/more', at)).toBeUndefined()
  written.forget(ann)
  expect(written.add(ann, '/more', at)).toBe('/1')
  expect(written.add(ann, '/yet more', at)).toBe('/2')
})
