import {
  accountCache,
  CircuitBreaker,
  connectPostgres,
  createApp,
  createRedis,
  dependencyChecks,
  servePages,
  systemClock,
  type App,
  type AppOptions,
  type Clock,
  type Postgres,
  type PostgresOptions,
} from 'service-kit'
import { roleFinder } from './account.ts'
import type { ServiceEnvironment } from './config.ts'
import { Database } from './database/database.ts'
import { PoolMeter } from './database/pool-meter.ts'
import { constraintErrors } from './error.ts'
import { EventStreams } from './event-stream.ts'
import { startExportWorker } from './export-worker.ts'
import { exposeFigures } from './monitor/gauge.ts'
import { Measure } from './monitor/measure.ts'
import { Monitor } from './monitor/monitor.ts'
import { readMemory } from './read-memory.ts'
import { authRoutes } from './routes/auth.ts'
import { backupRoutes } from './routes/backup.ts'
import { diffRoute } from './routes/diff.ts'
import { documentRoutes } from './routes/document.ts'
import { eventRoute } from './routes/event.ts'
import { executionRoutes } from './routes/execution.ts'
import { exportRoutes } from './routes/export.ts'
import { monitorRoutes } from './routes/monitor.ts'
import { projectRoutes } from './routes/project.ts'
import { userRoutes } from './routes/user.ts'
import { runJobs } from './schedule.ts'
import type { Service } from './service.ts'

/** The service, ready to listen. */
export interface IdeaService {
  readonly app: App
  /** Answers what is under way, then closes every connection. */
  close(): Promise<void>
}

const name = 'jeex-idea'

/** How long another process may go on with a role that has changed. */
const roleKeptMs = 2_000

const info = {
  title: 'JEEX Idea',
  version: '0.1.0',
  description: 'Projects, document versions, agent executions and exports.',
}

const pages = {
  directory: new URL('../dist/web', import.meta.url).pathname,
  buildCommand: 'npm run build -w jeex-idea',
}

const correlationId = {
  header: 'x-correlation-id',
  field: 'correlation_id',
  pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
}

/** Puts the service together; business time comes from `clock`. */
export async function createService(
  env: ServiceEnvironment,
  clock: Clock = systemClock,
): Promise<IdeaService> {
  const warn = (about: string) => (error: Error) => app.log.warn({ err: error }, about)
  const measure = new Measure(env.ALERT_WINDOW_MS, env.SLOW_QUERY_MS)
  const { postgres, meter, database } = openDatabase(env, measure, {
    onIdleError: warn('idle database connection lost'),
  })
  const redis = createRedis({ url: env.REDIS_URL, onError: warn('redis connection lost') })
  const { pool } = postgres
  const app = await createApp(appOptions(env, { database, redis, pool }))
  const { log } = app
  const memory = readMemory(redis, env.STALE_KEPT_MS)
  const service: Service = { database, pool, redis, memory, clock, env, log }
  measure.watch(app)
  const monitor = new Monitor({ service, pool, meter, measure })
  exposeFigures(app, monitor)
  const exports = startExportWorker(service)
  addRoutes(app, service)
  exportRoutes(app, service, exports)
  eventRoute(app, service, new EventStreams(service))
  monitorRoutes(app, monitor)
  await servePages(app, pages)
  const looking = monitor.start()
  const jobs = runJobs(service)
  return {
    app,
    async close() {
      await app.close()
      await Promise.all([exports.stop(), looking.stop(), jobs.stop()])
      await Promise.all([postgres.close(), redis.close()])
    },
  }
}

interface OpenDatabase {
  readonly postgres: Postgres<unknown>
  readonly meter: PoolMeter
  readonly database: Database
}

function openDatabase(
  env: ServiceEnvironment,
  measure: Measure,
  { onIdleError }: Pick<PostgresOptions, 'onIdleError'>,
): OpenDatabase {
  const postgres = connectPostgres({
    url: env.DATABASE_URL,
    applicationName: name,
    poolMin: env.DATABASE_POOL_SIZE,
    // One connection of the overflow is kept for backups, so that all together stay in bounds.
    poolMax: env.DATABASE_POOL_SIZE + env.DATABASE_POOL_OVERFLOW - 1,
    idleMs: env.DATABASE_IDLE_MS,
    acquireTimeoutMs: env.DATABASE_ACQUIRE_TIMEOUT_MS,
    statementTimeoutMs: env.STATEMENT_TIMEOUT_MS,
    answerTimeoutMs: env.STATEMENT_TIMEOUT_MS + 1_000,
    pipeline: true,
    onIdleError,
  })
  const { pool } = postgres
  const meter = new PoolMeter(pool)
  const breaker = new CircuitBreaker({
    failuresMax: env.BREAKER_FAILURES_MAX,
    openMs: env.BREAKER_OPEN_MS,
  })
  const database = new Database({
    pool,
    meter,
    breaker,
    waitingMax: env.DATABASE_WAITING_MAX,
    onStatement: (statement, durationMs) => measure.onStatement(statement, durationMs),
  })
  return { postgres, meter, database }
}

function appOptions(
  env: ServiceEnvironment,
  { database, redis, pool }: Pick<Service, 'database' | 'redis' | 'pool'>,
): AppOptions {
  const accounts = accountCache(roleFinder(database, redis), roleKeptMs)
  return {
    system: 'JEEX',
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
    constraints: constraintErrors,
    checks: dependencyChecks(pool, redis),
    pool,
    requestId: correlationId,
  }
}

function addRoutes(app: App, service: Service): void {
  authRoutes(app, service)
  userRoutes(app, service)
  projectRoutes(app, service)
  documentRoutes(app, service)
  diffRoute(app, service)
  executionRoutes(app, service)
  backupRoutes(app, service)
}
