import { createClient } from '@redis/client'
import { EtalonError, messageOf } from '../../kernel/errors.ts'
import { nameInRun } from '../postgres/roles.ts'
import { secretOf, type Servers } from '../servers.ts'
import type { SystemDefinition } from '../system-definition.ts'

/** A user of a system's Redis, with a password drawn for the run. */
export interface RedisUser {
  /** Its name on the server. */
  readonly name: string
  readonly password: string
  /** What it may, as in Redis's ACL files, separated by single spaces. */
  readonly rules: string
}

/** The users by the names that the config gives them. */
export type RedisUsers = Readonly<Record<string, RedisUser>>

/**
 * The users that a system's definition asks for. The password is a secret of the run, so that every
 * process of it knows the same one; on a server that others use as well the name is the run's too.
 */
export function redisUsersOf(servers: Servers, definition: SystemDefinition): RedisUsers {
  const declared = typeof definition.redis === 'object' ? definition.redis.users : {}
  const users = Object.entries(declared).map(([user, rules]): [string, RedisUser] => {
    const own = servers.redisUrl === undefined
    const name = own ? user : nameInRun(servers.runId, definition.name, user)
    const password = secretOf(servers, definition.name, `redis-user/${user}`)
    return [user, { name, password, rules: rules.trim().split(/\s+/).join(' ') }]
  })
  return Object.fromEntries(users)
}

/** What turns a fresh user into this one, as in a server's configuration or `ACL SETUSER`. */
export function aclOf({ password, rules }: RedisUser): readonly string[] {
  return ['on', `>${password}`, ...rules.split(' ')]
}

/** The URL of a Redis for one of its users. @throws RangeError for an unknown one */
export function userUrlOf(url: string, users: RedisUsers, user: string): string {
  const found = users[user]
  if (!found) {
    throw new RangeError(
      `expected one of the Redis users ${Object.keys(users).join(', ') || '(none)'}, found ${user}`,
    )
  }
  const own = new URL(url)
  own.username = found.name
  own.password = found.password
  return own.href
}

/**
 * Makes users on a server given by URL; they are removed with the run.
 *
 * @throws ETALON_REDIS_REFUSED when its user may not, or a rule is wrong
 */
export async function createUsers(url: string, users: RedisUsers): Promise<void> {
  const client = createClient({ url, socket: { reconnectStrategy: false, connectTimeout: 5_000 } })
  // A refused connection is also emitted; the rejection of connect() is what counts.
  client.on('error', () => {})
  try {
    await client.connect()
    for (const user of Object.values(users)) {
      await client.sendCommand(['ACL', 'SETUSER', user.name, 'reset', ...aclOf(user)])
    }
  } catch (error) {
    const facts = { host: new URL(url).host, problem: messageOf(error) }
    throw new EtalonError('ETALON_REDIS_REFUSED', facts, { cause: error })
  } finally {
    client.destroy()
  }
}
