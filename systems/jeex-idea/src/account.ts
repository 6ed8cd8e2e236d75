import type { RedisClient } from 'service-kit'
import type { Role } from './actor.ts'
import type { Database } from './database/database.ts'
import { isDatabaseDown } from './database/failure.ts'
import { answeredSoon } from './redis-answer.ts'
import { findRole } from './store/user.ts'

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const keptMs = 3_600_000

/** Gives the role of an account. */
export type FindRole = (subject: string) => Promise<Role | undefined>

/**
 * The role of an account. While the database is away, the one that was known last, so that reads
 * can still be answered from memory.
 */
export function roleFinder(database: Database, redis: RedisClient): FindRole {
  const keyOf = (subject: string): string => `jeex-idea:role:${subject}`
  return async (subject) => {
    if (!uuidPattern.test(subject)) return undefined
    try {
      const [found] = await database.readAsService((sql) => findRole(sql, subject))
      const role = found?.role ?? undefined
      if (role === undefined) redis.del(keyOf(subject)).catch(() => undefined)
      else redis.set(keyOf(subject), role, { PX: keptMs }).catch(() => undefined)
      return role
    } catch (error) {
      if (!isDatabaseDown(error)) throw error
      const kept = await answeredSoon(redis.get(keyOf(subject))).catch(() => null)
      if (kept !== 'user' && kept !== 'operator') throw error
      return kept
    }
  }
}
