import { systemClock, type App, type RunningService } from 'service-kit'
import { openService, servePages } from 'service-kit/serving'
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
import { findAccount } from './store/user.ts'

const name = 'tickstock'

const info = {
  title: 'TickStock',
  version: '0.1.0',
  description: 'Universes, their changes, and what was told about them. It only reads.',
}

const pages = new URL('../../dist/web', import.meta.url)

/** Puts the consumer together. */
export async function createConsumer(env: ConsumerEnvironment): Promise<RunningService> {
  const open = await openService({
    system: 'TICK',
    name,
    info,
    env,
    bounds: { poolMax: env.DATABASE_POOL_MAX },
    constraints: {},
    findAccount: async (subject, { pool }) => (await findAccount(pool, subject))[0],
  })
  const { app, pool, redis, accounts } = open
  const consumer: Consumer = {
    pool,
    redis,
    accounts,
    clock: systemClock,
    env,
    log: app.log,
  }
  addRoutes(app, consumer)
  await servePages(app, pages, name)
  const live = await startLive(app, consumer)
  const intake = startIntake(env, app)
  return { app, close: () => open.close(live, intake) }
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
