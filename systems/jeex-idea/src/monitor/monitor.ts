import type { Pool } from 'pg'
import { every, type Schedule } from 'service-kit'
import type { PoolMeter } from '../database/pool-meter.ts'
import { connectionReuse, poolEfficiency } from '../database/pool-meter.ts'
import { readBackupStatus } from '../operation/backup-status.ts'
import type { Dashboard, DatabaseHealth, PoolAnswer } from '../schema/monitor.ts'
import type { Service } from '../service.ts'
import { askServer } from '../store/health.ts'
import { AlertBoard, worriesOf, type AlertLimits, type Vitals } from './alert.ts'
import type { Measure } from './measure.ts'

type BackupStatus = Dashboard['backup']
type Point = Dashboard['history'][number]

const historyMax = 300
const noBackups: BackupStatus = {
  configured: false,
  last_completed_at: null,
  last_full_at: null,
  next_full_at: null,
  next_incremental_at: null,
  keep_ms: 0,
  broken: false,
  backups: [],
}

/** What the monitor looks at. */
export interface MonitorOptions {
  readonly service: Service
  readonly pool: Pool
  readonly meter: PoolMeter
  readonly measure: Measure
}

/** Looks at the service again and again, raises alerts and clears them. */
export class Monitor {
  readonly #options: MonitorOptions
  readonly #startedAt: Date
  readonly #history: Point[] = []
  readonly alerts: AlertBoard
  #backup = noBackups
  #database: DatabaseHealth

  constructor(options: MonitorOptions) {
    this.#options = options
    const { clock, log } = options.service
    this.#startedAt = clock.now()
    this.#database = this.#databaseDown()
    this.alerts = new AlertBoard(({ name, cleared_at }) => {
      if (cleared_at === null) log.warn({ alert: name }, 'alert fires')
      else log.info({ alert: name }, 'alert cleared')
    })
  }

  start(): Schedule {
    const { env, log } = this.#options.service
    return every(
      env.ALERT_INTERVAL_MS,
      () => this.#look(),
      (error) => log.error({ err: error }, 'monitor failed'),
    )
  }

  /** The pool at this moment. */
  get pool(): PoolAnswer {
    const { pool, meter, service } = this.#options
    const { figures } = meter
    const { DATABASE_POOL_SIZE: size, DATABASE_POOL_OVERFLOW: overflow } = service.env
    const inUse = pool.totalCount - pool.idleCount
    return {
      size,
      overflow_max: overflow,
      connections: pool.totalCount,
      in_use: inUse,
      idle: pool.idleCount,
      overflow: Math.max(0, pool.totalCount - size),
      waiting: pool.waitingCount,
      use_percent: (100 * inUse) / (size + overflow),
      acquisitions: figures.acquisitions,
      opened: figures.opened,
      efficiency: poolEfficiency(figures),
      reuse: connectionReuse(figures),
      failures: figures.failures,
      refusals: figures.refusals,
      wait_ms_average: figures.waitMsTotal / Math.max(1, figures.acquisitions),
      wait_ms_max: figures.waitMsMax,
    }
  }

  /** P95 of the statements of the window; null without any. */
  get queryP95Ms(): number | null {
    return this.#options.measure.queries.spread.p95Ms
  }

  /** Users who have asked for something in the window. */
  get concurrentUsers(): number {
    return this.#options.measure.answers.users
  }

  /** Whether the database is spared tries, or one of them decides. */
  get isBreakerOpen(): boolean {
    return this.#options.service.database.breaker.state !== 'closed'
  }

  /** Asks the database at once. */
  async askDatabase(): Promise<DatabaseHealth> {
    const { database } = this.#options.service
    const startedMs = performance.now()
    try {
      const [server] = await database.asService((sql) => askServer(sql))
      this.#database = {
        ...this.#databaseDown(),
        up: true,
        latency_ms: performance.now() - startedMs,
        ...server,
      }
    } catch {
      this.#database = this.#databaseDown()
    }
    return this.#database
  }

  /** Reads at once how backups stand; what cannot be read stays as it was seen last. */
  async lookAtBackups(): Promise<void> {
    this.#backup = await readBackupStatus(this.#options.service).catch(() => this.#backup)
  }

  /** All figures, as fresh as the last look. */
  get dashboard(): Dashboard {
    const { measure, service } = this.#options
    const { env, clock, redis } = service
    const [queries, requests, answers] = [
      measure.queries.spread,
      measure.requests.spread,
      measure.answers.answers,
    ]
    const firing = this.alerts.firing
    const isCritical = firing.some(({ name }) => name === 'database_down')
    return {
      status: isCritical ? 'critical' : firing.length > 0 ? 'warning' : 'healthy',
      at: clock.now(),
      window_ms: env.ALERT_WINDOW_MS,
      pool: this.pool,
      queries: { ...wire(queries), slow_ms: env.SLOW_QUERY_MS, slow: measure.slowQueries },
      requests: {
        ...wire(requests),
        per_second: answers.answered / (env.ALERT_WINDOW_MS / 1_000),
        failed: answers.failed,
        refused: answers.refused,
        error_percent: errorPercent(answers),
        by_status: answers.byStatus,
      },
      users: { concurrent: answers.users },
      database: { ...this.#database, breaker: service.database.breaker.state },
      redis: { up: redis.isReady },
      backup: this.#backup,
      alerts: { firing, cleared: this.alerts.cleared },
      limits: {
        query_p95_ms: env.ALERT_P95_MS,
        error_percent: env.ALERT_ERROR_PERCENT,
        pool_use_percent: env.ALERT_POOL_PERCENT,
      },
      history: [...this.#history],
    }
  }

  async #look(): Promise<void> {
    const { service } = this.#options
    const { up } = await this.askDatabase()
    if (up) await this.lookAtBackups()
    const now = service.clock.now()
    const vitals = this.#vitals(now)
    this.alerts.update(worriesOf(vitals, this.#limits), now)
    const { dashboard } = this
    this.#history.push({
      at: now,
      query_p95_ms: vitals.queryP95Ms,
      pool_use_percent: vitals.poolUsePercent,
      requests_per_second: dashboard.requests.per_second,
      error_percent: vitals.errorPercent,
    })
    if (this.#history.length > historyMax) this.#history.shift()
  }

  get #limits(): AlertLimits {
    const { env } = this.#options.service
    return {
      queryP95Ms: env.ALERT_P95_MS,
      errorPercent: env.ALERT_ERROR_PERCENT,
      poolUsePercent: env.ALERT_POOL_PERCENT,
      backupAgeMs: 1.25 * Math.min(env.BACKUP_FULL_INTERVAL_MS, env.BACKUP_INCREMENTAL_INTERVAL_MS),
    }
  }

  #vitals(now: Date): Vitals {
    const { measure, service } = this.#options
    const [queries, answers] = [measure.queries.spread, measure.answers.answers]
    const lastBackup = this.#backup.last_completed_at ?? this.#startedAt
    return {
      queries: queries.count,
      queryP95Ms: queries.p95Ms,
      slowQueries: measure.slowQueries.length,
      answered: answers.answered,
      errorPercent: errorPercent(answers),
      refused: answers.refused,
      poolUsePercent: this.pool.use_percent,
      isDatabaseUp: this.#database.up,
      isRedisUp: service.redis.isReady,
      backupAgeMs: this.#backup.configured ? now.getTime() - lastBackup.getTime() : undefined,
      isBackupBroken: this.#backup.broken,
    }
  }

  #databaseDown(): DatabaseHealth {
    const { breaker } = this.#options.service.database
    return {
      up: false,
      latency_ms: null,
      version: null,
      size_bytes: null,
      connections: null,
      breaker: breaker.state,
      breaker_openings: breaker.openings,
    }
  }
}

function errorPercent({ answered, failed }: { answered: number; failed: number }): number {
  return answered === 0 ? 0 : (100 * failed) / answered
}

interface WireSpread {
  readonly count: number
  readonly p50_ms: number | null
  readonly p95_ms: number | null
  readonly p99_ms: number | null
}

function wire(spread: {
  count: number
  p50Ms: number | null
  p95Ms: number | null
  p99Ms: number | null
}): WireSpread {
  const { count, p50Ms, p95Ms, p99Ms } = spread
  return { count, p50_ms: p50Ms, p95_ms: p95Ms, p99_ms: p99Ms }
}
