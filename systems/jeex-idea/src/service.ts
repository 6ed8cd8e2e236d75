import type { FastifyBaseLogger } from 'fastify'
import type { Pool } from 'pg'
import type { AccountCache, Clock, RedisClient } from 'service-kit'
import type { ServiceEnvironment } from './config.ts'
import type { Database } from './database/database.ts'
import type { SpareConnection } from './database/spare-connection.ts'
import type { ReadMemory } from './read-memory.ts'

/** What the routes and the jobs work with. */
export interface Service {
  readonly database: Database
  /** For the engine of the jobs, which has no caller. */
  readonly pool: Pool
  /** For backups and reports. */
  readonly spare: SpareConnection
  readonly redis: RedisClient
  readonly accounts: AccountCache
  readonly memory: ReadMemory
  readonly clock: Clock
  readonly env: ServiceEnvironment
  readonly log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>
}
