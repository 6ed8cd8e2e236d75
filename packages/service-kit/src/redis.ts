import { createClient, defineScript } from '@redis/client'

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

/** What {@link createRedis} gives. */
export type RedisClient = ReturnType<typeof createRedisClient>

/**
 * A Redis client that connects in the background and keeps trying. While there is no connection
 * its commands fail at once instead of waiting, so that a Redis outage does not become ours.
 */
export function createRedis(options: RedisOptions): RedisClient {
  const client = createRedisClient(options)
  client.on('error', options.onError)
  // A connection that cannot be made yet is reported by the listener and tried again.
  void client.connect().catch(() => undefined)
  return client
}

// eslint-disable-next-line typescript/explicit-function-return-type -- the type is the library's
function createRedisClient({ url }: RedisOptions) {
  return createClient({
    url,
    disableOfflineQueue: true,
    // The client's own timeout costs more than a command; who cannot wait has a timer of its own.
    commandOptions: { timeout: 0 },
    socket: { reconnectStrategy: (attempt) => Math.min(250, 20 * 2 ** attempt) },
    scripts: { countInWindow },
  })
}
