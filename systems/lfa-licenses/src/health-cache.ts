import type { RedisClient } from 'service-kit'

/** Remembers answers of the health dashboard for a while, for all processes. */
export interface HealthCache {
  /** The remembered answer, else a new one. Without Redis every answer is new. */
  read<Body>(name: string, make: () => Promise<Body>): Promise<Body>
  /** Forgets everything, also what another process is making at this moment. */
  drop(): Promise<void>
}

/** What is remembered, and in which round; a round ends when the cache is dropped. */
interface Entry {
  readonly round: string
  readonly body: unknown
}

const prefix = 'lfa-licenses:health'
const roundKey = `${prefix}:round`

/** A cache in Redis whose answers are good for `keepMs` at most. */
export function healthCache(redis: RedisClient, keepMs: number): HealthCache {
  return {
    async read<Body>(name: string, make: () => Promise<Body>) {
      const key = `${prefix}:${name}`
      const known = await redis.mGet([roundKey, key]).catch(() => undefined)
      if (known === undefined) return make()
      const [round = '0', kept] = known.map((value) => value ?? undefined)
      const entry = kept === undefined ? undefined : (JSON.parse(kept) as Entry)
      if (entry?.round === round) return entry.body as Body
      const body = await make()
      const made: Entry = { round, body }
      await redis.set(key, JSON.stringify(made), { PX: keepMs }).catch(() => undefined)
      return body
    },
    async drop() {
      await redis.incr(roundKey).catch(() => undefined)
    },
  }
}
