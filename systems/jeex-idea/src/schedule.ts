import type { PeriodicJob, Schedule } from 'service-kit'
import { runPeriodically } from 'service-kit/serving'
import { jobNames } from './job.ts'
import { backUpChanges, backUpFully, keepHouse } from './operation/housekeeping.ts'
import type { Service } from './service.ts'

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
      ...(env.BACKUP_DATABASE_URL === undefined ? [] : backups),
    ],
  })
}
