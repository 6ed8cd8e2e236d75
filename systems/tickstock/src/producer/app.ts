import { randomBytes } from 'node:crypto'
import { connectPostgres, systemClock, type RunningService } from 'service-kit'
import { createApp } from 'service-kit/serving'
import type { ProducerEnvironment } from './config.ts'
import type { Producer } from './producer.ts'
import { createRelay } from './relay/start.ts'
import { synchronize } from './sync/start.ts'

const name = 'tickstock-producer'

/** Puts the producer together. It answers probes and metrics only: it is talked to over Redis. */
export async function createProducer(env: ProducerEnvironment): Promise<RunningService> {
  const warn = (about: string) => (error: Error) => app.log.warn({ err: error }, about)
  const pool = connectPostgres({
    url: env.DATABASE_URL,
    applicationName: name,
    poolMax: env.DATABASE_POOL_MAX,
    statementTimeoutMs: env.STATEMENT_TIMEOUT_MS,
    answerTimeoutMs: env.STATEMENT_TIMEOUT_MS + 1_000,
    onIdleError: warn('idle database connection lost'),
  })
  const relay = createRelay(env, warn('redis connection lost'))
  const app = await createApp({
    system: 'TICK',
    info: { title: 'TickStock producer', version: '0.1.0', description: 'Probes and metrics.' },
    logLevel: env.LOG_LEVEL,
    bodyLimitBytes: env.BODY_LIMIT_BYTES,
    // Nobody signs in here, so no token is good.
    auth: {
      secret: randomBytes(32).toString('hex'),
      issuer: name,
      tokenLifetimeS: 60,
      findAccount: () => undefined,
    },
    rateLimit: { name, max: env.RATE_LIMIT_MAX, windowMs: env.RATE_LIMIT_WINDOW_MS },
    constraints: {},
    checks: { postgres: () => pool.query('select 1'), redis: relay.check },
    pool,
  })
  const producer: Producer = { pool, clock: systemClock, log: app.log }
  relay.start(app)
  const synchronizer = synchronize(env, producer, app)
  return {
    app,
    async close() {
      await app.close()
      await synchronizer.stop()
      await relay.stop()
      await pool.end()
    },
  }
}
