import { createClient, defineScript } from '@redis/client'
import { lastingConnection } from './lasting-connection.ts'

/**
 * Counts one more event under a key within a window that starts with the first event; one step in
 * Redis, so that any number of processes share the count.
 */
const countInWindow = defineScript({
  NUMBER_OF_KEYS: 1,
  SCRIPT: `
    local current = redis.call('INCR', KEYS[1])
    if current == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
    return { current, redis.call('PTTL', KEYS[1]) }`,
  parseCommand(parser, key: string, windowMs: number) {
    parser.pushKey(key)
    parser.push(String(windowMs))
  },
  transformReply: (reply: unknown) => reply as [current: number, ttlMs: number],
})

/** Options of {@link createRedis}. */
export interface RedisOptions {
  readonly url: string
  /** Told of every broken connection; the client connects again by itself. */
  readonly onError: (error: Error) => void
}

/** Commands that may wait for their answers; a further one fails at once. */
const waitingMax = 10_000

const beatMs = 1_000

/** Beats without an answered ping after which nobody is at the other end. */
const silentBeatsMax = 3

/** What {@link createRedis} gives. */
export type RedisClient = ReturnType<typeof createRedisClient>

/**
 * A Redis client that connects in the background and keeps trying. While there is no connection
 * its commands fail at once instead of waiting, so that a Redis outage does not become ours; that
 * nobody answers any more it notices within some four seconds, and what waits fails then.
 */
export function createRedis(options: RedisOptions): RedisClient {
  const client = createRedisClient(options)
  client.on('error', options.onError)
  keepConnected(client, options.onError)
  return client
}

/**
 * Connects, and again when nobody answers.
 * The client's own limit on silence starts again with everything that is written, so it would not
 * be reached while requests go on coming.
 */
function keepConnected(client: RedisClient, onError: (error: Error) => void): void {
  let silentBeats = 0
  client.on('ping-interval', () => {
    silentBeats = 0
  })
  const beat = (): void => {
    silentBeats = client.isReady ? silentBeats + 1 : 0
    if (silentBeats <= silentBeatsMax) return
    silentBeats = 0
    onError(new Error('Redis does not answer'))
    const isWanted = client.isOpen
    client.destroy()
    if (isWanted) begin()
  }
  let heart: NodeJS.Timeout | undefined
  client.on('end', () => clearInterval(heart))
  const begin = (): void => {
    heart = setInterval(beat, beatMs)
    // A connection that cannot be made yet is reported by the listener and tried again.
    void client.connect().catch(() => undefined)
  }
  begin()
}

// eslint-disable-next-line typescript/explicit-function-return-type -- the type is the library's
function createRedisClient({ url }: RedisOptions) {
  const lasting = lastingConnection(url)
  return createClient({
    ...lasting,
    // Later than the last beat: a client that is being closed does not hear of this end.
    socket: { ...lasting.socket, socketTimeout: (silentBeatsMax + 2) * beatMs },
    commandsQueueMaxLength: waitingMax,
    // The client's own timeout costs more than a command; who cannot wait has a timer of its own.
    commandOptions: { timeout: 0 },
    scripts: { countInWindow },
  })
}
