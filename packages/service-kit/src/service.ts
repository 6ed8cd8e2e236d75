import type { Pool } from 'pg'
import type { z } from 'zod'
import { accountCache, type AccountCache } from './account-cache.ts'
import type { Account } from './auth.ts'
import { createApp, type App, type AppOptions } from './app.ts'
import type { serviceVariables } from './config.ts'
import { dependencyChecks } from './health.ts'
import { connectPostgres, type PoolBounds } from './postgres.ts'
import { createRedis, type RedisClient } from './redis.ts'
import { closeOnSignal } from './shutdown.ts'

/** What {@link serviceVariables} read; how large the pool is, a service says itself. */
export type ServiceSettings = Omit<
  z.output<z.ZodObject<typeof serviceVariables>>,
  'DATABASE_POOL_MAX'
>

/** Options of {@link openService}. */
export interface ServiceOptions extends Pick<
  AppOptions,
  'system' | 'info' | 'constraints' | 'requestId'
> {
  /** Issuer of its tokens, prefix of its keys in Redis, and how the database knows it. */
  readonly name: string
  readonly env: ServiceSettings
  /** An answer is waited for a second longer than a statement may take, unless this says more. */
  readonly bounds: PoolBounds
  /**
   * What an account is now, or `undefined` when it is gone or closed. Asked when a request comes,
   * at most every two seconds for each account.
   */
  readonly findAccount: (subject: string, connections: Connections) => Promise<Account | undefined>
}

/** The servers that a service works with. */
export interface Connections {
  readonly pool: Pool
  readonly redis: RedisClient
}

/** A service to which routes are added. */
export interface OpenService extends Connections {
  readonly app: App
  readonly accounts: AccountCache
  /** Answers what is under way, stops the other work, then closes every connection. */
  readonly close: (...works: readonly { stop(): unknown }[]) => Promise<void>
}

/** A service that is put together, ready to listen. */
export interface RunningService {
  readonly app: App
  /** Answers what is under way, then closes every connection. */
  close(): Promise<void>
}

/** How long another process may go on with an account that has changed. */
const accountKeptMs = 2_000

/** How long after its time is up a statement's answer is waited for. */
const answerGraceMs = 1_000

/**
 * Opens what every service consists of: a pool, Redis, and an app that knows its callers, limits
 * and measures them, and tells by `/ready` whether both servers answer. Neither server has to be
 * there yet.
 */
export async function openService(options: ServiceOptions): Promise<OpenService> {
  const { name, env, bounds, findAccount } = options
  const warn = (about: string) => (error: Error) => app.log.warn({ err: error }, about)
  const pool = connectPostgres({
    url: env.DATABASE_URL,
    applicationName: name,
    statementTimeoutMs: env.STATEMENT_TIMEOUT_MS,
    answerTimeoutMs: env.STATEMENT_TIMEOUT_MS + answerGraceMs,
    ...bounds,
    pipeline: true,
    onIdleError: warn('idle database connection lost'),
  })
  const redis = createRedis({ url: env.REDIS_URL, onError: warn('redis connection lost') })
  const accounts = accountCache((subject) => findAccount(subject, { pool, redis }), accountKeptMs)
  const app = await createApp({
    ...options,
    logLevel: env.LOG_LEVEL,
    bodyLimitBytes: env.BODY_LIMIT_BYTES,
    auth: {
      secret: env.JWT_SECRET,
      issuer: name,
      tokenLifetimeS: env.TOKEN_LIFETIME_S,
      findAccount: accounts.find,
    },
    rateLimit: { name, max: env.RATE_LIMIT_MAX, windowMs: env.RATE_LIMIT_WINDOW_MS, redis },
    checks: dependencyChecks(pool, redis),
    pool,
  })
  return {
    app,
    pool,
    redis,
    accounts,
    async close(...works) {
      await app.close()
      await Promise.all(works.map((work) => work.stop()))
      await Promise.all([pool.end(), redis.close()])
    },
  }
}

/** Puts a service together and listens, until the process is told to end. */
export async function runService<Env extends Pick<ServiceSettings, 'HOST' | 'PORT'>>(
  env: Env,
  create: (env: Env) => Promise<RunningService>,
): Promise<void> {
  const service = await create(env)
  closeOnSignal(() => service.close(), service.app.log)
  await service.app.listen({ host: env.HOST, port: env.PORT })
}
