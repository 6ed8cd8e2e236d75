import type { PeriodicJob, Schedule } from 'service-kit'
import { runPeriodically } from 'service-kit/serving'
import { jobNames, reportDays, reportJob, reportNames } from './job.ts'
import { backUpChanges, backUpFully, keepHouse } from './operation/housekeeping.ts'
import { logReport } from './operation/maintenance.ts'
import type { Service } from './service.ts'

const dayMs = 86_400_000

/** Starts the scheduled jobs: each turn is taken by one process, and a missed one is caught up. */
export function runJobs(service: Service): Schedule {
  const { pool, clock, env, log } = service
  const backups: PeriodicJob[] = [
    {
      name: jobNames.backupFull,
      intervalMs: env.BACKUP_FULL_INTERVAL_MS,
      run: () => backUpFully(service),
    },
    {
      name: jobNames.backupIncremental,
      intervalMs: env.BACKUP_INCREMENTAL_INTERVAL_MS,
      run: () => backUpChanges(service),
    },
  ]
  const reports = reportNames.map((name) => ({
    name: reportJob(name),
    intervalMs: reportDays[name] * dayMs,
    run: () => logReport(service, name),
  }))
  return runPeriodically({
    url: env.DATABASE_URL,
    pool,
    sharesPool: true,
    applicationName: 'jeex-idea',
    clock,
    onError: (error) => log.error({ err: error }, 'job failed'),
    jobs: [
      {
        name: jobNames.housekeeping,
        intervalMs: env.HOUSEKEEPING_INTERVAL_MS,
        run: () => keepHouse(service),
      },
      ...(env.BACKUP_DATABASE_URL === undefined ? [] : [...backups, ...reports]),
    ],
  })
}
