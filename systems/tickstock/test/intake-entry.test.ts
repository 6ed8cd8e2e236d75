import { expect, test } from 'vitest'
import { entryFrom, problemOf, type Entry } from '../src/consumer/intake/entry.ts'
import { channels } from '../src/message/channel.ts'

const channel = channels.eodComplete
const good = {
  id: '01a1fefb-7855-7a07-a21d-d247d1ff6737',
  channel,
  seq: 7,
  timestamp: '2026-01-02T21:00:00.123456Z',
  service: 'tickstock-producer',
  event_type: 'eod_complete',
  version: 1,
  payload: { trading_day: '2026-01-02', symbols: 288 },
}

const entry = (message: unknown): Entry =>
  entryFrom(channel, { id: '7-0', message: { message: JSON.stringify(message) } })

test('a message of the channel, with its number, may be noted', () => {
  expect(problemOf(entry(good))).toBeUndefined()
})

test.each([
  ['another channel', { ...good, channel: channels.scenarioLoaded }, /is of channel/],
  ['another number', { ...good, seq: 8 }, /says number 8 in the place of 7/],
  ['a payload of another kind', { ...good, payload: { symbols: 1 } }, /^payload: .*trading_day/],
  ['a version that is not known', { ...good, version: 2 }, /^envelope: .*version/],
  ['no id', { ...good, id: undefined }, /^envelope: .*id/],
])('a message with %s may not', (_what, message, reason) => {
  expect(problemOf(entry(message))).toMatch(reason)
})

test('what is no JSON, and an entry without a message, may not', () => {
  const broken = entryFrom(channel, { id: '7-0', message: { message: '{"id":' } })
  expect(problemOf(broken)).toMatch(/^not JSON/)
  expect(problemOf(entryFrom(channel, { id: '7-0', message: {} }))).toMatch(/^not JSON/)
})

test('a reason is one line, however much is wrong', () => {
  const reason = problemOf(entry({ payload: 'x'.repeat(5_000) })) ?? ''
  expect(reason).not.toContain('\n')
  expect(reason.length).toBeLessThanOrEqual(500)
})
