import { expect, test } from 'vitest'
import { freshConnection, nextConnection, type Connection } from './connection.ts'

const reconnection = { first_ms: 3_000, max_ms: 8_000, jitter: 0.25 }

const after = (start: Connection, ...kinds: readonly string[]): Connection =>
  kinds.reduce(
    (now, kind) =>
      nextConnection(now, { kind, random: 1, reconnection } as Parameters<
        typeof nextConnection
      >[1]),
    start,
  )

test('a page reads the latest, connects and is live', () => {
  expect(after(freshConnection(true), 'read').phase).toBe('connecting')
  expect(after(freshConnection(true), 'read', 'connected')).toEqual({
    phase: 'live',
    failures: 0,
    retryInMs: 0,
    isBehind: false,
    reconnection,
  })
})

test('pauses double from 1 s to 30 s, and no more', () => {
  const pauses: number[] = []
  let now = after(freshConnection(true), 'read')
  for (let tries = 0; tries < 7; tries += 1) {
    now = after(now, 'failed')
    pauses.push(now.retryInMs)
    now = after(now, 'retry_due')
  }
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
})

test('pauses are those that the service has asked for', () => {
  let now = after(freshConnection(true), 'read', 'connected', 'failed')
  const pauses = [now.retryInMs]
  for (let tries = 0; tries < 2; tries += 1) {
    now = after(now, 'retry_due', 'failed')
    pauses.push(now.retryInMs)
  }
  expect(pauses).toEqual([3_000, 6_000, 8_000])
  expect(nextConnection(after(now, 'retry_due'), { kind: 'failed', random: 0 }).retryInMs).toBe(
    6_000,
  )
})

test('chance shortens a pause by up to a half', () => {
  const now = after(freshConnection(true), 'read')
  expect(nextConnection(now, { kind: 'failed', random: 0 }).retryInMs).toBe(500)
})

test('being live ends the count of failures', () => {
  const now = after(freshConnection(true), 'read', 'failed', 'retry_due', 'failed', 'retry_due')
  expect(now.failures).toBe(2)
  expect(after(now, 'connected').failures).toBe(0)
})

test('who was left behind reads the latest before it connects again', () => {
  const now = after(freshConnection(true), 'read', 'connected', 'left_behind', 'failed')
  expect(after(now, 'retry_due').phase).toBe('reading')
  expect(after(now, 'retry_due', 'read')).toMatchObject({ phase: 'connecting', isBehind: false })
})

test('without a network nothing is tried', () => {
  const now = after(freshConnection(true), 'read', 'connected', 'went_offline')
  expect(after(now, 'failed', 'retry_due', 'read').phase).toBe('offline')
  expect(after(now, 'came_online').phase).toBe('connecting')
})
