/** The periodic jobs, by the names of their queues. */
export const jobNames = {
  housekeeping: 'housekeeping',
  backupFull: 'backup-full',
  backupIncremental: 'backup-incremental',
} as const

/** What the jobs take in the database: a queue each, and a role that may use them. */
export const jobInstallation = { role: 'jeex_app', queues: Object.values(jobNames) }
