/** The periodic jobs, by the names of their queues. */
export const jobNames = {
  housekeeping: 'housekeeping',
  backupFull: 'backup-full',
  backupIncremental: 'backup-incremental',
} as const

/** Days from one report of maintenance to the next, by their names. */
export const reportDays = {
  health: 1,
  performance: 7,
  backups: 30,
  indexes: 91,
  capacity: 365,
} as const

export type ReportName = keyof typeof reportDays

export const reportNames = Object.keys(reportDays) as readonly ReportName[]

/** The job that makes a report of maintenance. */
export function reportJob(name: ReportName): string {
  return `report-${name}`
}

/** What the jobs take in the database: a queue each, and a role that may use them. */
export const jobInstallation = {
  role: 'jeex_app',
  queues: [...Object.values(jobNames), ...reportNames.map(reportJob)],
}
