import { expect, test } from 'vitest'
import { etagOf, requireVersion } from '../src/etag.ts'

const row = { row_version: 3 }

test.each(['"3"', '*', undefined])('%s is the version that is there', (wanted) => {
  expect(() => requireVersion(row, wanted)).not.toThrow()
})

test('another version is stale', () => {
  expect(etagOf(row)).toBe('"3"')
  expect(() => requireVersion(row, '"2"')).toThrow('changed this since')
})
