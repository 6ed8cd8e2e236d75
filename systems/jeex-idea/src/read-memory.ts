import type { RedisClient } from 'service-kit'
import { answeredSoon } from './redis-answer.ts'

interface Remembered {
  readonly atMs: number
  readonly body: unknown
}

/** What users have read, for when the database is away; one hash in Redis a user. */
export interface ReadMemory {
  keep(userId: string, url: string, body: unknown): void
  find(userId: string, url: string): Promise<Remembered | undefined>
  /** For when something has become invisible. */
  forget(userId: string): Promise<void>
}

/** An answer that has not changed is written again only after this time. */
const rewriteMs = 5_000
const writtenMax = 20_000

/**
 * Remembers in Redis for `keptMs`; without Redis it remembers nothing, and what could not be
 * forgotten is not told.
 */
export function readMemory(redis: RedisClient, keptMs: number): ReadMemory {
  const written = new Map<string, number>()
  const unforgotten = new Set<string>()
  const keyOf = (userId: string): string => `jeex-idea:read:${userId}`
  const forgotten = async (userId: string): Promise<boolean> => {
    try {
      await answeredSoon(redis.del(keyOf(userId)))
      unforgotten.delete(userId)
      return true
    } catch {
      return false
    }
  }
  return {
    keep(userId, url, body) {
      const nowMs = Date.now()
      const place = `${userId} ${url}`
      if ((written.get(place) ?? 0) > nowMs - rewriteMs) return
      if (written.size >= writtenMax) written.clear()
      written.set(place, nowMs)
      const entry: Remembered = { atMs: nowMs, body }
      const key = keyOf(userId)
      redis.hSet(key, url, JSON.stringify(entry)).catch(() => undefined)
      redis.pExpire(key, keptMs).catch(() => undefined)
    },
    async find(userId, url) {
      if (unforgotten.has(userId) && !(await forgotten(userId))) return undefined
      const text = await answeredSoon(redis.hGet(keyOf(userId), url)).catch(() => null)
      if (text === null || text === undefined) return undefined
      const entry = JSON.parse(text) as Remembered
      return entry.atMs > Date.now() - keptMs ? entry : undefined
    },
    async forget(userId) {
      for (const place of written.keys()) if (place.startsWith(userId)) written.delete(place)
      unforgotten.add(userId)
      await forgotten(userId)
    },
  }
}
