import { describe, expect, test } from 'vitest'
import {
  freshConnection,
  keptMax,
  nextConnection,
  type Connection,
  type ConnectionEvent,
} from './connection.ts'
import type { Notice } from './notice.ts'

const channel = 'tickstock.universe.updated'

function notice(seq: number, of: string = channel): Notice {
  return {
    id: `00000000-0000-4000-8000-${String(seq).padStart(12, '0')}`,
    channel: of,
    seq,
    timestamp: new Date(Date.UTC(2026, 10, 20) + seq * 1_000).toISOString(),
    service: 'tickstock-producer',
    event_type: 'universe_updated',
    version: 1,
    payload: {},
  }
}

const noticed = (seq: number, of?: string): ConnectionEvent => ({
  kind: 'noticed',
  notice: notice(seq, of),
})

function after(events: readonly ConnectionEvent[], from = freshConnection(true)): Connection {
  let connection = from
  for (const event of events) connection = nextConnection(connection, event)
  return connection
}

const read: ConnectionEvent = {
  kind: 'read',
  notices: [notice(2), notice(1)],
  positions: { [channel]: 2 },
}
const caughtUp = (seq: number): ConnectionEvent => ({
  kind: 'caught_up',
  positions: { [channel]: seq },
})
const live = after([read, caughtUp(2)])
const seqs = ({ notices }: Connection): number[] => notices.map(({ seq }) => seq)

describe('the connection of a page', () => {
  test('reads the latest, connects from there, and is live when it has caught up', () => {
    const phases = [read, noticed(3), caughtUp(3)].map(
      (_event, at, events) => after(events.slice(0, at + 1)).phase,
    )
    expect(freshConnection(true).phase).toBe('reading')
    expect(phases).toEqual(['connecting', 'connecting', 'live'])
  })

  test('what comes while it first connects is not told as caught up', () => {
    expect(after([read, noticed(3), caughtUp(3)]).caughtUp).toBe(0)
  })

  test('a notice that is there already is not there twice', () => {
    const connection = after([noticed(2), noticed(3), noticed(3)], live)
    expect(seqs(connection)).toEqual([3, 2, 1])
    expect(connection.positions).toEqual({ [channel]: 3 })
  })

  test('goes on where it was after the connection was away, and counts what came late', () => {
    const away = after([noticed(3), { kind: 'failed', random: 0 }], live)
    expect(away).toMatchObject({ phase: 'waiting', positions: { [channel]: 3 } })
    const back = after([{ kind: 'retry_due' }, noticed(4), noticed(5), caughtUp(5)], away)
    expect(back).toMatchObject({ phase: 'live', caughtUp: 2, failures: 0 })
    expect(seqs(back)).toEqual([5, 4, 3, 2, 1])
  })

  test('what came late is counted for the last time it was away only', () => {
    const failed: ConnectionEvent = { kind: 'failed', random: 0 }
    const retry: ConnectionEvent = { kind: 'retry_due' }
    const once = after([failed, retry, noticed(3), caughtUp(3)], live)
    expect(once.caughtUp).toBe(1)
    expect(after([failed, retry, caughtUp(3)], once).caughtUp).toBe(0)
  })

  test('a number that was never told is no gap that it waits for', () => {
    expect(seqs(after([noticed(5)], live))).toEqual([5, 2, 1])
  })

  test('channels count for themselves, and the newest comes first', () => {
    const other = 'tickstock.eod.complete'
    const connection = after([noticed(4, other), noticed(3), noticed(1, other)], live)
    expect(connection.positions).toEqual({ [channel]: 3, [other]: 4 })
    expect(seqs(connection)).toEqual([4, 3, 2, 1])
  })

  test('reads the latest again when it was left behind, and shows those', () => {
    const behind = after([{ kind: 'left_behind' }, { kind: 'failed', random: 1 }], live)
    const again = after([{ kind: 'retry_due' }], behind)
    expect(again.phase).toBe('reading')
    const newest: ConnectionEvent = {
      kind: 'read',
      notices: [notice(90_000)],
      positions: { [channel]: 90_000 },
    }
    expect(seqs(after([newest], again))).toEqual([90_000])
  })

  test('reads the latest again when nothing was sent, and keeps those before', () => {
    const behind = after([{ kind: 'left_behind' }, { kind: 'failed', random: 1 }], live)
    const newest: ConnectionEvent = {
      kind: 'read',
      notices: [notice(4), notice(3), notice(2)],
      positions: { [channel]: 4 },
    }
    const again = after([{ kind: 'retry_due' }, newest, noticed(5), caughtUp(5)], behind)
    expect(seqs(again)).toEqual([5, 4, 3, 2, 1])
    expect(again).toMatchObject({ phase: 'live', caughtUp: 3, isBehind: false })
  })

  test('older notices stand below, each once', () => {
    const back: ConnectionEvent = { kind: 'read_back', notices: [notice(1), notice(3)] }
    const connection = after([noticed(5), back], live)
    expect(seqs(connection)).toEqual([5, 3, 2, 1])
    expect(connection.positions).toEqual({ [channel]: 5 })
  })

  test('keeps no more than it may', () => {
    const many = Array.from({ length: keptMax + 20 }, (_none, at) => noticed(at + 3))
    const { notices } = after(many, live)
    expect([notices.length, notices[0]?.seq]).toEqual([keptMax, keptMax + 22])
  })
})

describe('the pause between tries', () => {
  const pauses = (random: number): number[] => {
    let connection = live
    return Array.from({ length: 7 }, () => {
      connection = after([{ kind: 'retry_due' }, { kind: 'failed', random }], connection)
      return connection.retryInMs
    })
  }

  test('doubles up to its most', () => {
    expect(pauses(1)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000])
  })

  test('is at least half of that, wherever chance puts it', () => {
    expect(pauses(0)).toEqual([250, 500, 1_000, 2_000, 4_000, 7_500, 7_500])
    expect(pauses(0.5)[0]).toBe(375)
  })

  test('begins anew once the connection was live', () => {
    const failed: ConnectionEvent = { kind: 'failed', random: 1 }
    const tried = after([failed, { kind: 'retry_due' }, failed, { kind: 'retry_due' }], live)
    expect(after([caughtUp(2), failed], tried).retryInMs).toBe(500)
  })

  test('there is no try without a network, and one as soon as it is back', () => {
    const away = after([{ kind: 'went_offline' }], live)
    const silent: readonly ConnectionEvent[] = [
      { kind: 'failed', random: 1 },
      { kind: 'retry_due' },
    ]
    expect(after(silent, away).phase).toBe('offline')
    expect(after([{ kind: 'came_online' }], away).phase).toBe('connecting')
    expect(after([{ kind: 'came_online' }], freshConnection(false)).phase).toBe('reading')
  })
})
