/** How long a connection of {@link lastingConnection} may be silent. */
const silenceMsMax = 3_000

/** What {@link lastingConnection} gives; it goes to the `createClient` of `@redis/client`. */
export interface LastingConnection {
  readonly url: string
  readonly disableOfflineQueue: true
  readonly pingInterval: number
  readonly socket: {
    readonly connectTimeout: number
    readonly socketTimeout: number
    readonly reconnectStrategy: (attempt: number) => number
  }
}

/**
 * Options of a client for work that goes on for as long as the process lives: beside what
 * `createRedis` does, it notices within seconds that nobody is at the other end any more.
 * A blocking command has to end sooner than that.
 */
export function lastingConnection(url: string): LastingConnection {
  return {
    url,
    disableOfflineQueue: true,
    pingInterval: 1_000,
    socket: {
      connectTimeout: 2_000,
      socketTimeout: silenceMsMax,
      reconnectStrategy: (attempt) => Math.min(250, 20 * 2 ** attempt),
    },
  }
}
