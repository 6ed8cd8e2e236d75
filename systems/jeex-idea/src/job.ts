/** The periodic jobs, by the names of their queues. */
export const jobNames = {
  housekeeping: 'housekeeping',
  backupFull: 'backup-full',
  backupIncremental: 'backup-incremental',
} as const
