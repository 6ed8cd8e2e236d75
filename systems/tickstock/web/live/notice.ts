import type { Channel } from '../../src/message/channel.ts'
import type { Envelope } from '../../src/message/envelope.ts'

/** A message as the consumer hands it on. */
export type Notice = Envelope

/** What people call the channels. */
const titles: Readonly<Record<Channel, string>> = {
  'tickstock.universe.updated': 'Universes',
  'tickstock.cache.sync_complete': 'Synchronization',
  'tickstock.etf.correlation_update': 'Correlations',
  'tickstock.cache.ipo_assignment': 'New listings',
  'tickstock.cache.delisting_cleanup': 'Delistings',
  'tickstock.eod.complete': 'End of day',
  'tickstock.scenario.loaded': 'Scenarios',
  'tickstock.universe.validation_complete': 'Validation',
}

/** The channels, each with what people call it. */
export const channelTitles: readonly (readonly [channel: string, title: string])[] =
  Object.entries(titles)

/** What people call a channel; one that is not known goes by its own name. */
export function titleOfChannel(channel: string): string {
  return (titles as Readonly<Record<string, string>>)[channel] ?? channel
}

/** What tells a notice from every other. */
export function keyOfNotice({ channel, seq }: Pick<Notice, 'channel' | 'seq'>): string {
  return `${channel} ${seq}`
}
