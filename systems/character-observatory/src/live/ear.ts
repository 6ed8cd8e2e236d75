import { createClient } from '@redis/client'
import { every, lastingConnection, type LiveFeed } from 'service-kit'
import { channelOf, seqOf } from '../event/envelope.ts'

/** How often the table is looked at while Redis says nothing. */
const lookEveryMs = 500

/** Hears the events of the ecosystems that somebody here watches. */
export interface Ear {
  /** Follows an ecosystem for one more watcher. */
  follow(ecosystem: string): void
  /** One watcher has gone; with the last of them the ecosystem is followed no more. */
  leave(ecosystem: string): void
  stop(): Promise<void>
}

/** Subscribes in Redis to what the feed follows; while Redis is away the feed looks by itself. */
export function openEar(url: string, feed: LiveFeed, onError: (error: unknown) => void): Ear {
  const client = createClient(lastingConnection(url))
  client.on('error', onError)
  // What was told while nobody listened is in the table.
  client.on('ready', () => feed.look())
  void client.connect().catch(() => undefined)
  const looking = every(
    lookEveryMs,
    async () => {
      if (!client.isReady) feed.look()
      return Promise.resolve()
    },
    onError,
  )
  const followed = new Map<string, { watchers: number; readonly hear: (text: string) => void }>()
  const subscribe = (ecosystem: string, hear: (text: string) => void): void => {
    client.subscribe(channelOf(ecosystem), hear).then(() => feed.look(), onError)
  }
  // A subscription that could not be made is not remembered by the client.
  client.on('ready', () => {
    for (const [ecosystem, { hear }] of followed) subscribe(ecosystem, hear)
  })
  return {
    follow(ecosystem) {
      const known = followed.get(ecosystem)
      if (known !== undefined) {
        known.watchers += 1
        return
      }
      const hear = (text: string): void => {
        const seq = seqOf(text)
        if (seq !== undefined) feed.hear({ channel: ecosystem, seq, text })
      }
      followed.set(ecosystem, { watchers: 1, hear })
      if (client.isReady) subscribe(ecosystem, hear)
    },
    leave(ecosystem) {
      const known = followed.get(ecosystem)
      if (known === undefined || (known.watchers -= 1) > 0) return
      feed.close(ecosystem)
      followed.delete(ecosystem)
      if (client.isReady) client.unsubscribe(channelOf(ecosystem)).catch(onError)
    },
    async stop() {
      await looking.stop()
      client.destroy()
    },
  }
}
