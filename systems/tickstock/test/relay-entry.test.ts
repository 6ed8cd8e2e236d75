import { expect, test } from 'vitest'
import { channels } from '../src/message/channel.ts'
import { envelope } from '../src/message/envelope.ts'
import { entryOf } from '../src/producer/relay/entry.ts'

const numbered = {
  channel: channels.eodComplete,
  seq: 7,
  id: '01a1fefb-7855-7a07-a21d-d247d1ff6737',
  event_type: 'eod_complete',
  said_at: '2026-01-02T21:00:00.123456Z',
  payload: '{"symbols": 288, "note": "say \\"}\\" and {"}',
  published: false,
}

test('the envelope holds the payload as it was written', () => {
  const { seq, tell, text } = entryOf(numbered)
  const message = envelope.parse(JSON.parse(text))
  expect(message.payload).toEqual({ symbols: 288, note: 'say "}" and {' })
  expect(message).toMatchObject({ id: numbered.id, channel: numbered.channel, seq: 7, version: 1 })
  expect(message.timestamp).toBe(numbered.said_at)
  expect([seq, tell]).toEqual([7, true])
})

test('what was told before is put back without a word', () => {
  expect(entryOf({ ...numbered, published: true }).tell).toBe(false)
})
