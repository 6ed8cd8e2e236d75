import type { FastifyBaseLogger } from 'fastify'
import type { Kysely } from 'kysely'
import type { Pool } from 'pg'
import type { AccountCache, Clock, Sql } from 'service-kit'
import type { DomainConfig } from './config.ts'
import type { Tables } from './store/table.ts'

/** Where structured lines go. */
export type Log = Pick<FastifyBaseLogger, 'info' | 'error'>

/** What the routes and the commands work with. */
export interface Service {
  readonly pool: Pool
  /** For reads of a moment that stand alone; under load they share connections of the pool. */
  readonly reads: Sql
  readonly db: Kysely<Tables>
  readonly clock: Clock
  readonly domain: DomainConfig
  readonly accounts: AccountCache
  readonly log: Log
}
