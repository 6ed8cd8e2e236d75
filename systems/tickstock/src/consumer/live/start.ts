import { LiveFeed, type App } from 'service-kit'
import { liveRoute } from 'service-kit/serving'
import { allChannels, type Channel } from '../../message/channel.ts'
import type { Consumer } from '../consumer.ts'
import { roles } from '../role.ts'
import { createArchive } from './archive.ts'
import { startEar } from './ear.ts'
import { serveSession } from './session.ts'

/** Listens to what is told, and hands it on to the clients of `/live`. */
export async function startLive(app: App, consumer: Consumer): Promise<{ stop(): void }> {
  const { pool, redis, env, log } = consumer
  const onError = (error: unknown): void =>
    log.warn({ err: error }, 'what was told cannot be read now')
  const archive = createArchive(pool, redis)
  const feed = new LiveFeed<Channel>(archive, onError)
  let isReady = false
  void Promise.all(allChannels.map((channel) => feed.open(channel))).then(() => {
    isReady = true
  })
  const ear = startEar(feed, consumer)
  await liveRoute(app, {
    path: '/live',
    roles,
    messageBytesMax: 16_384,
    socketsPerUserMax: env.SOCKETS_PER_USER_MAX,
    queue: { messagesMax: 10_000, lengthMax: 4_000_000 },
    heartbeatMs: 15_000,
    onOpen: (socket) => {
      if (isReady) serveSession(socket, { feed, archive, onError })
      else socket.resync('not ready yet')
    },
  })
  return {
    stop() {
      feed.stop()
      ear.close()
    },
  }
}
