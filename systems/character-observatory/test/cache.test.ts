import { expect, test } from 'vitest'
import { thingsNamedIn } from '../src/cache/changed-thing.ts'
import { readKept, writeKept } from '../src/cache/kept.ts'

test('what is kept comes back as it was, dates and all', () => {
  const value = {
    name: 'A|B\nC',
    at: new Date('2026-11-21T10:00:00.123Z'),
    never: null,
    items: [{ at: new Date(0) }, 1.5, 'text|with|bars'],
  }
  expect(readKept(`g-1|7|${writeKept(value)}`)).toEqual({ generation: 'g-1', value })
})

test('a text alone is kept too, as a role is', () => {
  expect(readKept(`g-1|0|${writeKept('user')}`)).toEqual({ generation: 'g-1', value: 'user' })
})

test('text that was never kept is nothing', () => {
  for (const text of ['', 'g-1', 'g-1|7', 'g-1|seven|{}']) expect(readKept(text)).toBeUndefined()
})

test('an event has changed everything that is kept of the characters it names', () => {
  const events = [
    { data: { initiator_id: 'one', target_id: 'other', interaction_type: 'chat' } },
    { data: { characters: [{ id: 'one', energy: 0.5 }, { id: 'third' }] } },
    { data: { id: 'fourth', name: 'Gone' } },
    { data: { step: 7 } },
  ]
  const ids = ['one', 'other', 'third', 'fourth']
  expect(thingsNamedIn(events)).toEqual(
    ids.flatMap((id) => [
      { kind: 'character', id },
      { kind: 'relationships', id },
    ]),
  )
})

test('who is deleted changes what is kept of those who knew him', () => {
  const things = thingsNamedIn([{ data: { id: 'gone', name: 'Gone', knew: ['friend'] } }])
  expect(things).toEqual([
    { kind: 'character', id: 'gone' },
    { kind: 'relationships', id: 'gone' },
    { kind: 'relationships', id: 'friend' },
  ])
})
