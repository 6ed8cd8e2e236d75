import { AppError, type App, type RedisClient, type Schedule } from 'service-kit'
import { Counter, Gauge, runPeriodically } from 'service-kit/serving'
import type { ServiceEnvironment } from './config.ts'
import { healthCache } from './health-cache.ts'
import { healthStatuses } from './integrity.ts'
import { jobNames } from './job.ts'
import { repairAll } from './operation/bulk-repair.ts'
import { checkHealth, type Monitor } from './operation/health-check.ts'
import { readState } from './operation/health-state.ts'
import type { HealthState } from './schema/health.ts'
import type { Service } from './service.ts'

/** Puts together what the checks of integrity work with, and adds their figures to `/metrics`. */
export function createMonitor(
  app: App,
  service: Service,
  redis: RedisClient,
  { env, version }: { readonly env: ServiceEnvironment; readonly version: string },
): Monitor {
  const registers = [app.metrics]
  const alerts = new Counter({
    name: 'lfa_integrity_alerts_total',
    help: 'Times that a check of this process found the status worse than before',
    labelNames: ['to'] as const,
    registers,
  })
  const monitor: Monitor = {
    service,
    cache: healthCache(redis, env.HEALTH_CACHE_MS),
    reportDirectory: env.HEALTH_REPORT_DIR,
    keepDays: env.HEALTH_KEEP_DAYS,
    checkIntervalMs: env.HEALTH_CHECK_INTERVAL_MS,
    syncIntervalMs: env.SYNC_INTERVAL_MS,
    cacheMs: env.HEALTH_CACHE_MS,
    version,
    onAlert: (alert) => alerts.inc({ to: alert.to_status }),
  }
  const rate: Gauge = new Gauge({
    name: 'lfa_integrity_consistency_percent',
    help: 'Consistent pairs of user and specialization at the last check; NaN before the first',
    registers,
    collect: async () => rate.set((await stateNow(monitor))?.consistency_rate ?? NaN),
  })
  const status: Gauge<'status'> = new Gauge({
    name: 'lfa_integrity_status',
    help: '1 for the status at the last check',
    labelNames: ['status'] as const,
    registers,
    async collect(): Promise<void> {
      const now = (await stateNow(monitor))?.status
      for (const each of healthStatuses) status.set({ status: each }, each === now ? 1 : 0)
    },
  })
  return monitor
}

/** A scrape shows what it can; a database that is away is told of by `/ready`. */
async function stateNow(monitor: Monitor): Promise<HealthState | undefined> {
  try {
    return await readState(monitor)
  } catch {
    return undefined
  }
}

/** Starts the scheduled check and the scheduled repair. */
export function runMonitorJobs(monitor: Monitor, url: string): Schedule {
  const { service } = monitor
  const { pool, clock, log } = service
  return runPeriodically({
    url,
    pool,
    clock,
    applicationName: 'lfa-licenses',
    onError: (error) => log.error({ err: error }, 'job failed'),
    jobs: [
      {
        name: jobNames.healthCheck,
        intervalMs: monitor.checkIntervalMs,
        run: unlessRunning(() =>
          checkHealth(monitor, { trigger: 'SCHEDULED', dryRun: false, actorId: null }),
        ),
      },
      {
        name: jobNames.syncAll,
        intervalMs: monitor.syncIntervalMs,
        run: unlessRunning(async () => {
          const { results: _results, ...sums } = await repairAll(service, {
            direction: 'progress_to_license',
            specialization: null,
            dryRun: false,
            actorId: null,
          })
          log.info({ sync_result: sums }, 'everybody repaired')
          await monitor.cache.drop()
        }),
      },
    ],
  })
}

/** What somebody else is doing at this moment need not be done again. */
function unlessRunning(work: () => Promise<unknown>): () => Promise<void> {
  return async () => {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof AppError && error.status === 409)) throw error
    }
  }
}
