import { createClient } from '@redis/client'
import { lastingConnection, liveRoute, type App } from 'service-kit'
import { allChannels, type Channel } from '../../message/channel.ts'
import type { Consumer } from '../consumer.ts'
import { roles } from '../role.ts'
import { createArchive } from './archive.ts'
import { Feed } from './feed.ts'
import { serveSession } from './session.ts'

/** Listens to what is told, and hands it on to the clients of `/live`. */
export async function startLive(app: App, consumer: Consumer): Promise<{ stop(): void }> {
  const { pool, redis, env, log } = consumer
  const archive = createArchive(pool, redis)
  const onError = (error: unknown): void =>
    log.warn({ err: error }, 'what was told cannot be read now')
  const feed = new Feed(archive, onError)
  const ear = createClient(lastingConnection(env.REDIS_URL))
  ear.on('error', (error: Error) => log.warn({ err: error }, 'redis subscription lost'))
  // The same one each time: the client keeps what it was given over a broken connection.
  const hear = (text: string, channel: string): void => feed.hear(channel as Channel, text)
  ear.on('ready', () => {
    // What was told while nobody listened is in the streams.
    ear.subscribe([...allChannels], hear).then(() => feed.look(), onError)
  })
  void ear.connect().catch(() => undefined)
  await liveRoute(app, {
    path: '/live',
    roles,
    messageBytesMax: 16_384,
    socketsPerUserMax: env.SOCKETS_PER_USER_MAX,
    queue: { messagesMax: 10_000, lengthMax: 4_000_000 },
    heartbeatMs: 15_000,
    onOpen: (socket) => serveSession(socket, { feed, archive, onError }),
  })
  return {
    stop() {
      feed.stop()
      ear.destroy()
    },
  }
}
