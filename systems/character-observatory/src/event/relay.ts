import type { Client } from 'pg'
import { bellOf, type RedisClient } from 'service-kit'
import type { Cache } from '../cache/cache.ts'
import { thingsNamedIn } from '../cache/changed-thing.ts'
import { keepTold, numberEvents, untoldEvents, type NumberedEvent } from '../store/event.ts'
import { channelOf, globalChannel, shapeOf } from './envelope.ts'

/** How often the relay looks although nobody woke it. */
const lookEveryMs = 1_000

const batch = 500

/** Names the account whose role has changed, or which was closed. */
const accountsChannel = 'accounts'

/** Who is told of what happened: the watchers, by Redis, and the cache. */
export interface ToldOf {
  readonly redis: RedisClient
  readonly cache: Pick<Cache, 'changed' | 'anyChanged'>
}

/**
 * Tells what happened, until `signal` aborts: gives events their numbers, and publishes them in
 * that order. A number is committed before anybody hears of it, so it never means two events. One
 * that was told and not kept as such is told again; who follows numbers hears it once.
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
  // What one that ended has left untold comes before everything else.
  let isLevel = false
  // Accounts that were closed while no relay listened are in no table.
  let areAccountsTold = false
  while (!signal.aborted) {
    isLevel ||= await tellUntold(connection, told)
    isLevel = await numberAll(connection, told, isLevel)
    areAccountsTold ||= await told.cache.anyChanged('session')
    await bell.rings(lookEveryMs)
  }
}

/** @returns false when Redis was away */
async function tellUntold(connection: Client, told: ToldOf): Promise<boolean> {
  for (;;) {
    const left = await untoldEvents(connection, batch)
    if (left.length === 0) return true
    if (!(await tell(connection, told, left))) return false
  }
}

/**
 * Gives numbers, and tells of what got one unless there is something untold before it.
 *
 * @returns whether Redis has been told of everything that has a number
 */
async function numberAll(connection: Client, told: ToldOf, wasLevel: boolean): Promise<boolean> {
  let isLevel = wasLevel
  for (;;) {
    const events = await numberEvents(connection, batch)
    if (events.length === 0) return isLevel
    isLevel &&= await tell(connection, told, events)
    if (events.length < batch) return isLevel
  }
}

/** @returns false when Redis is away */
async function tell(
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
  const reached = new Map(inOrder.map(({ ecosystem_id, seq }) => [ecosystem_id, seq]))
  await keepTold(connection, [...reached.keys()], [...reached.values()])
  return true
}
