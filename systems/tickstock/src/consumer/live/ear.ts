import { createClient } from '@redis/client'
import { lastingConnection, type LiveFeed } from 'service-kit'
import { allChannels, type Channel } from '../../message/channel.ts'
import { streamIdOf } from '../../message/envelope.ts'
import type { Consumer } from '../consumer.ts'
import { problemOf } from '../intake/entry.ts'

/** Has a feed hear what pub-sub says, for as long as the process lives. */
export function startEar(
  feed: LiveFeed<Channel>,
  { env, log }: Pick<Consumer, 'env' | 'log'>,
): { close(): void } {
  const ear = createClient(lastingConnection(env.REDIS_URL))
  // The same one each time: the client keeps what it was given over a broken connection.
  const hear = (text: string, channel: string): void => tell(feed, channel as Channel, text)
  ear.on('error', (error: Error) => log.warn({ err: error }, 'redis subscription lost'))
  ear.on('ready', () => {
    // What was told while nobody listened is in the streams.
    ear.subscribe([...allChannels], hear).then(
      () => feed.look(),
      (error: unknown) => log.warn({ err: error }, 'redis subscription refused'),
    )
  })
  void ear.connect().catch(() => undefined)
  return { close: () => ear.destroy() }
}

function tell(feed: LiveFeed<Channel>, channel: Channel, text: string): void {
  const seq = seqOf(text)
  if (seq === undefined) return
  const entry = { channel, id: streamIdOf(seq), seq, text }
  feed.hear(entry, !feed.hasListeners(channel) || problemOf(entry) === undefined)
}

/** The number that a message says; nothing when it says none. */
function seqOf(text: string): number | undefined {
  try {
    const { seq } = JSON.parse(text) as { readonly seq?: unknown }
    return typeof seq === 'number' && Number.isSafeInteger(seq) ? seq : undefined
  } catch {
    return undefined
  }
}
