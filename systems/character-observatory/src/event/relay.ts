import type { Client } from 'pg'
import { bellOf, type RedisClient } from 'service-kit'
import type { Cache } from '../cache/cache.ts'
import { thingsNamedIn } from '../cache/changed-thing.ts'
import {
  markPublished,
  numberEvents,
  unpublishedEvents,
  type NumberedEvent,
} from '../store/event.ts'
import { channelOf, globalChannel, shapeOf } from './envelope.ts'

/** How often the relay looks although nobody woke it. */
const lookEveryMs = 1_000

const batch = 500

/** Names the account whose role has changed, or which was closed. */
const accountsChannel = 'accounts'

/** Who is told of what happened: the watchers, by Redis, and the cache. */
export interface ToldOf {
  readonly redis: RedisClient
  readonly cache: Pick<Cache, 'changed'>
}

/**
 * Tells what happened, until `signal` aborts: gives events their numbers, and publishes them in
 * that order. A number is committed before anybody hears of it, so it never means two events. One
 * that was published and not marked so is told again; who follows numbers hears it once.
 *
 * Without Redis it goes on numbering: watchers are told from the table then.
 *
 * @param connection the one that holds the relay's lease
 */
export async function relayEvents(
  connection: Client,
  told: ToldOf,
  signal: AbortSignal,
): Promise<void> {
  const bell = bellOf(connection, signal)
  connection.on('notification', ({ channel, payload }) => {
    if (channel === accountsChannel && payload !== undefined) {
      void told.cache.changed({ kind: 'session', id: payload })
    }
  })
  await connection.query(`listen events; listen ${accountsChannel}`)
  while (!signal.aborted) {
    for (;;) {
      const left = await unpublishedEvents(connection, batch)
      if (left.length === 0 || !(await publish(connection, told, left))) break
    }
    await numberAll(connection, told)
    await bell.rings(lookEveryMs)
  }
}

async function numberAll(connection: Client, told: ToldOf): Promise<void> {
  for (;;) {
    const events = await numberEvents(connection, batch)
    if (events.length === 0) return
    await publish(connection, told, events)
    if (events.length < batch) return
  }
}

/** @returns false when Redis is away */
async function publish(
  connection: Client,
  { redis, cache }: ToldOf,
  events: readonly NumberedEvent[],
): Promise<boolean> {
  // Who wrote it may have died, or been cut off from Redis, before it could tell the cache.
  if (!redis.isReady || !(await cache.changed(...thingsNamedIn(events)))) return false
  const inOrder = events.toSorted((one, other) => one.seq - other.seq)
  try {
    await Promise.all(
      inOrder.flatMap((event) => {
        const text = JSON.stringify(shapeOf(event))
        return [
          redis.publish(channelOf(event.ecosystem_id), text),
          redis.publish(globalChannel, text),
        ]
      }),
    )
  } catch {
    return false
  }
  await markPublished(
    connection,
    events.map(({ id }) => id),
  )
  return true
}
