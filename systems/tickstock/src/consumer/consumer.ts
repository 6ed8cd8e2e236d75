import type { FastifyBaseLogger } from 'fastify'
import type { Pool } from 'pg'
import type { AccountCache, Clock, RedisClient } from 'service-kit'
import type { ConsumerEnvironment } from './config.ts'

/** What the consumer's routes and readers work with. */
export interface Consumer {
  readonly pool: Pool
  readonly redis: RedisClient
  readonly accounts: AccountCache
  readonly clock: Clock
  readonly env: ConsumerEnvironment
  readonly log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>
}
