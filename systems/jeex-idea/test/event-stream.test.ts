import { expect, test } from 'vitest'
import { readPlace } from '../src/event-stream.ts'

const id = '01a1fdbe-bcd8-78e0-afed-7e35ed1f47a1'

test('a listener comes back where it was', () => {
  expect(readPlace(`855.${id}`)).toEqual({ xid: '855', id })
})

test.each([undefined, '', id, `x.${id}`, '1.2'])('%s is no place', (text) => {
  expect(readPlace(text)).toBeUndefined()
})
