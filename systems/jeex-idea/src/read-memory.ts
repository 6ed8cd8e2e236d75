import { hash, randomUUID } from 'node:crypto'
import type { RedisClient } from 'service-kit'
import { answeredSoon } from './redis-answer.ts'
import { WrittenAddresses } from './written-address.ts'

interface Remembered {
  /** A user's generation ends when something has become invisible to him; see `forget`. */
  readonly generation: string
  readonly atMs: number
  readonly body: unknown
}

/** What a process wrote of an answer. */
interface WrittenAnswer {
  readonly digest: string
  /** Undefined when Redis did not tell it in time, and nothing was written. */
  readonly generation: Promise<string | undefined>
}

/** What users have read, for when the database is away. */
export interface ReadMemory {
  /** Called before something is read; what it gives remembers what was read. */
  begin(userId: string, url: string): (body: unknown) => void
  find(userId: string, url: string): Promise<Remembered | undefined>
  /** For when something has become invisible; also what is being read now does not count then. */
  forget(userId: string): Promise<void>
}

/** Characters of the longest answer that is remembered. */
const lengthMax = 524_288

const generationKey = (userId: string): string => `jeex-idea:read-generation:${userId}`
const keyOf = (userId: string, url: string): string => `jeex-idea:read:${userId}:${url}`

/**
 * Remembers each answer in Redis for `keptMs`; without Redis it remembers nothing, and what could
 * not be forgotten is not told.
 */
export function readMemory(redis: RedisClient, keptMs: number): ReadMemory {
  const written = new WrittenAddresses<WrittenAnswer>()
  const unforgotten = new Set<string>()

  /** The generation that a user is in, or a new one. */
  const generationOf = async (userId: string): Promise<string> => {
    const key = generationKey(userId)
    const expiration = { type: 'PX', value: 2 * keptMs } as const
    // Sent together: of those who begin a generation at once, each has the one that came first.
    const [, generation] = await Promise.all([
      redis.set(key, randomUUID(), { condition: 'NX', expiration }),
      redis.getEx(key, expiration),
    ])
    if (generation === null) throw new Error('Redis has lost what it was told')
    return generation
  }
  const keep = async (
    key: string,
    body: unknown,
    pending: WrittenAnswer['generation'],
  ): Promise<void> => {
    const generation = await pending
    if (generation === undefined) throw new Error('Redis has not told the generation')
    const text = JSON.stringify({ generation, atMs: Date.now(), body } satisfies Remembered)
    if (text.length > lengthMax) await redis.del(key)
    else await redis.set(key, text, { expiration: { type: 'PX', value: keptMs } })
  }
  const forgotten = async (userId: string): Promise<boolean> => {
    try {
      await answeredSoon(redis.del(generationKey(userId)))
      unforgotten.delete(userId)
      return true
    } catch {
      return false
    }
  }
  return {
    begin(userId, url) {
      const last = written.fresh(userId, url, Date.now())
      const generation =
        last?.what.generation ?? answeredSoon(generationOf(userId)).catch(() => undefined)
      return (body) => {
        const digest = hash('sha256', JSON.stringify(body))
        if (digest === last?.what.digest) return
        // A generation that another process has ended is not taken for the user's for ever.
        const atMs = last?.atMs ?? Date.now()
        const oldest = written.add(userId, url, { atMs, what: { digest, generation } })
        if (oldest !== undefined) redis.del(keyOf(userId, oldest)).catch(() => undefined)
        keep(keyOf(userId, url), body, generation).catch(() => written.forgetOne(userId, url))
      }
    },
    async find(userId, url) {
      if (unforgotten.has(userId) && !(await forgotten(userId))) return undefined
      const keys = [generationKey(userId), keyOf(userId, url)]
      const [generation, text] = await answeredSoon(redis.mGet(keys)).catch(() => [])
      if (typeof generation !== 'string' || typeof text !== 'string') return undefined
      const entry = JSON.parse(text) as Remembered
      return entry.generation === generation ? entry : undefined
    },
    async forget(userId) {
      written.forget(userId)
      unforgotten.add(userId)
      await forgotten(userId)
    },
  }
}
