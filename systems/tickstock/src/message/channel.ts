/** What the name of every channel looks like; PostgreSQL checks it too, in the outbox. */
export const channelPattern = /^tickstock\.[a-z_]+\.[a-z_]+$/

/** Everything that is told, by what it is about. A channel and its stream have the same name. */
export const channels = {
  universeUpdated: 'tickstock.universe.updated',
  syncComplete: 'tickstock.cache.sync_complete',
  correlationUpdate: 'tickstock.etf.correlation_update',
  ipoAssignment: 'tickstock.cache.ipo_assignment',
  delistingCleanup: 'tickstock.cache.delisting_cleanup',
  eodComplete: 'tickstock.eod.complete',
  scenarioLoaded: 'tickstock.scenario.loaded',
  validationComplete: 'tickstock.universe.validation_complete',
} as const

export type Channel = (typeof channels)[keyof typeof channels]

/** Messages that could not be taken in end here, for a person to look at. */
export const deadLetterStream = 'tickstock.dead_letter.messages'

export const allChannels: readonly Channel[] = Object.values(channels)
