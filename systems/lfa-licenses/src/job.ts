/** The periodic jobs, by the names of their queues. */
export const jobNames = { healthCheck: 'health-check', syncAll: 'sync-all' } as const
