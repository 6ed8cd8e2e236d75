import { expect, test } from 'vitest'
import { placeBefore, readPlace } from '../src/event-stream.ts'

const id = '01a1fdbe-bcd8-78e0-afed-7e35ed1f47a1'

test('a listener comes back where it was', () => {
  expect(readPlace(`855.${id}`)).toEqual({ xid: '855', id })
})

test('the place before a transaction is that of none of its events', () => {
  const { xid, id: first } = placeBefore('855')
  expect(xid).toBe('855')
  expect(first < id).toBe(true)
})

const tooLarge = `${2n ** 64n}.${id}`

test.each(['', id, `x.${id}`, '1.2', tooLarge])('%s is no place', (text) => {
  expect(readPlace(text)).toBeUndefined()
})
