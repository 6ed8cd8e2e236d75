import type { Pool } from 'pg'
import {
  CircuitBreaker,
  systemClock,
  type App,
  type Clock,
  type PoolBounds,
  type RunningService,
} from 'service-kit'
import { openService, servePages } from 'service-kit/serving'
import { accountFinder, type FindAccount } from './account.ts'
import type { ServiceEnvironment } from './config.ts'
import { Database } from './database/database.ts'
import { PoolMeter } from './database/pool-meter.ts'
import { SpareConnection } from './database/spare-connection.ts'
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

const name = 'jeex-idea'

const info = {
  title: 'JEEX Idea',
  version: '0.1.0',
  description: 'Projects, document versions, agent executions and exports.',
}

const pages = new URL('../dist/web', import.meta.url)

const correlationId = {
  header: 'x-correlation-id',
  field: 'correlation_id',
  pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
}

/** Puts the service together; business time comes from `clock`. */
export async function createService(
  env: ServiceEnvironment,
  clock: Clock = systemClock,
): Promise<RunningService> {
  const open = await openService({
    system: 'JEEX',
    name,
    info,
    env,
    bounds: poolBounds(env),
    constraints: constraintErrors,
    requestId: correlationId,
    findAccount: (subject) => findAccount(subject),
  })
  const { app, pool, redis, accounts } = open
  const measure = new Measure(env.ALERT_WINDOW_MS, env.SLOW_QUERY_MS)
  const meter = new PoolMeter(pool)
  const database = openDatabase(env, { pool, meter, measure })
  const findAccount: FindAccount = accountFinder(database, redis)
  const memory = readMemory(redis, env.STALE_KEPT_MS)
  const service: Service = {
    database,
    pool,
    spare: new SpareConnection(env.BACKUP_DATABASE_URL),
    redis,
    accounts,
    memory,
    clock,
    env,
    log: app.log,
  }
  measure.watch(app)
  const monitor = new Monitor({ service, pool, meter, measure })
  exposeFigures(app, monitor)
  const exports = startExportWorker(service)
  addRoutes(app, service)
  backupRoutes(app, service, monitor)
  exportRoutes(app, service, exports)
  eventRoute(app, service, new EventStreams(service))
  monitorRoutes(app, monitor)
  await servePages(app, pages, name)
  const looking = monitor.start()
  const jobs = runJobs(service)
  return { app, close: () => open.close(exports, looking, jobs) }
}

function poolBounds(env: ServiceEnvironment): PoolBounds {
  return {
    poolMin: env.DATABASE_POOL_SIZE,
    // One connection of the overflow is kept for backups, so that all together stay in bounds.
    poolMax: env.DATABASE_POOL_SIZE + env.DATABASE_POOL_OVERFLOW - 1,
    idleMs: env.DATABASE_IDLE_MS,
    acquireTimeoutMs: env.DATABASE_ACQUIRE_TIMEOUT_MS,
  }
}

interface Measured {
  readonly pool: Pool
  readonly meter: PoolMeter
  readonly measure: Measure
}

function openDatabase(env: ServiceEnvironment, { pool, meter, measure }: Measured): Database {
  return new Database({
    pool,
    meter,
    breaker: new CircuitBreaker({
      failuresMax: env.BREAKER_FAILURES_MAX,
      openMs: env.BREAKER_OPEN_MS,
    }),
    waitingMax: env.DATABASE_WAITING_MAX,
    onStatement: (statement, durationMs) => measure.onStatement(statement, durationMs),
  })
}

function addRoutes(app: App, service: Service): void {
  authRoutes(app, service)
  userRoutes(app, service)
  projectRoutes(app, service)
  documentRoutes(app, service)
  diffRoute(app, service)
  executionRoutes(app, service)
}
