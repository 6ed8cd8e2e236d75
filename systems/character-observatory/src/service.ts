import type { FastifyBaseLogger } from 'fastify'
import type { Pool } from 'pg'
import type { AccountCache, Clock, RedisClient } from 'service-kit'
import type { Cache } from './cache/cache.ts'
import type { ServiceEnvironment } from './config.ts'

/** What the routes, the sockets and the jobs work with. */
export interface Service {
  readonly pool: Pool
  readonly redis: RedisClient
  readonly accounts: AccountCache
  readonly cache: Cache
  readonly clock: Clock
  readonly env: ServiceEnvironment
  readonly log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>
}
