import type { Account, RedisClient } from 'service-kit'
import { z } from 'zod'
import { roles } from './actor.ts'
import type { Database } from './database/database.ts'
import { isDatabaseDown } from './database/failure.ts'
import { answeredSoon } from './redis-answer.ts'
import { findAccount } from './store/user.ts'

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const keptMs = 3_600_000
const keptAccount = z.object({ role: z.enum(roles), epoch: z.int() })

/** Gives what an account is. */
export type FindAccount = (subject: string) => Promise<Account | undefined>

const keyOf = (subject: string): string => `jeex-idea:account:${subject}`

/**
 * What an account is. While the database is away, what was known last, so that reads can still be
 * answered from memory.
 */
export function accountFinder(database: Database, redis: RedisClient): FindAccount {
  return async (subject) => {
    if (!uuidPattern.test(subject)) return undefined
    try {
      const [account] = await database.readAsService((sql) => findAccount(sql, subject))
      if (account === undefined) void forgetAccount(redis, subject)
      else {
        redis.set(keyOf(subject), JSON.stringify(account), { PX: keptMs }).catch(() => undefined)
      }
      return account
    } catch (error) {
      if (!isDatabaseDown(error)) throw error
      const kept = await answeredSoon(redis.get(keyOf(subject))).catch(() => null)
      if (kept === null) throw error
      return keptAccount.parse(JSON.parse(kept))
    }
  }
}

/** Lets no database that is away bring back what has changed. */
export async function forgetAccount(redis: RedisClient, subject: string): Promise<void> {
  await answeredSoon(redis.del(keyOf(subject))).catch(() => undefined)
}
