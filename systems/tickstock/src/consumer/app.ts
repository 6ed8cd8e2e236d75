import { fileURLToPath } from 'node:url'
import {
  accountCache,
  connectPostgres,
  createApp,
  createRedis,
  dependencyChecks,
  servePages,
  systemClock,
  type App,
} from 'service-kit'
import type { ConsumerEnvironment } from './config.ts'
import type { Consumer } from './consumer.ts'
import { startIntake } from './intake/start.ts'
import { startLive } from './live/start.ts'
import { authRoutes } from './routes/auth.ts'
import { messageRoutes } from './routes/message.ts'
import { noticeRoutes } from './routes/notice.ts'
import { scenarioRoutes } from './routes/scenario.ts'
import { syncRoutes } from './routes/sync.ts'
import { symbolRoutes } from './routes/symbol.ts'
import { universeRoutes } from './routes/universe.ts'
import { findUser } from './store/user.ts'

/** The consumer, ready to listen. */
export interface ConsumerService {
  readonly app: App
  /** Ends what is under way, then closes every connection. */
  close(): Promise<void>
}

const name = 'tickstock'

/** How long another process may go on with a role that has changed. */
const roleKeptMs = 2_000

const info = {
  title: 'TickStock',
  version: '0.1.0',
  description: 'Universes, their changes, and what was told about them. It only reads.',
}

const pages = {
  directory: fileURLToPath(new URL('../../dist/web', import.meta.url)),
  buildCommand: 'npm run build -w tickstock',
}

/** Puts the consumer together. */
export async function createConsumer(env: ConsumerEnvironment): Promise<ConsumerService> {
  const warn = (about: string) => (error: Error) => app.log.warn({ err: error }, about)
  const postgres = connectPostgres({
    url: env.DATABASE_URL,
    applicationName: 'tickstock-consumer',
    poolMax: env.DATABASE_POOL_MAX,
    statementTimeoutMs: env.STATEMENT_TIMEOUT_MS,
    answerTimeoutMs: env.STATEMENT_TIMEOUT_MS + 1_000,
    onIdleError: warn('idle database connection lost'),
  })
  const redis = createRedis({ url: env.REDIS_URL, onError: warn('redis connection lost') })
  const { pool } = postgres
  const accounts = accountCache(async (subject) => {
    const [user] = await findUser(pool, subject)
    return user?.role
  }, roleKeptMs)
  const app = await createApp({
    system: 'TICK',
    info,
    logLevel: env.LOG_LEVEL,
    bodyLimitBytes: env.BODY_LIMIT_BYTES,
    auth: {
      secret: env.JWT_SECRET,
      issuer: name,
      tokenLifetimeS: env.TOKEN_LIFETIME_S,
      findRole: (subject) => accounts.find(subject),
    },
    rateLimit: { name, max: env.RATE_LIMIT_MAX, windowMs: env.RATE_LIMIT_WINDOW_MS, redis },
    constraints: {},
    checks: dependencyChecks(pool, redis),
    pool,
  })
  const consumer: Consumer = { pool, redis, clock: systemClock, env, log: app.log }
  addRoutes(app, consumer)
  await servePages(app, pages)
  const live = await startLive(app, consumer)
  const intake = startIntake(env, app)
  return {
    app,
    async close() {
      await app.close()
      live.stop()
      await intake.stop()
      await Promise.all([postgres.close(), redis.close()])
    },
  }
}

function addRoutes(app: App, consumer: Consumer): void {
  authRoutes(app, consumer)
  universeRoutes(app, consumer)
  symbolRoutes(app, consumer)
  scenarioRoutes(app, consumer)
  syncRoutes(app, consumer)
  noticeRoutes(app, consumer)
  messageRoutes(app, consumer)
}
