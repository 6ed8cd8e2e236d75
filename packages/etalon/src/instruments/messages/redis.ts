import { createClient } from '@redis/client'

/** A connection to Redis that comes back by itself. */
export type Redis = ReturnType<typeof clientOf>

/** Where Redis is: its own address, and the one behind the claim's link when it has one. */
export interface RedisPlace {
  readonly url: () => string
  readonly linkUrl: () => string
}

/** Which way to Redis, and into which of its numbered databases. */
export interface Reach {
  /** `link` goes where faults can be injected, as the system does; `direct` unless given. */
  readonly through?: 'direct' | 'link'
  /** The one of the URL unless given; channels are common to all of them. */
  readonly database?: number
}

/** What happens to a connection after it was made. */
export interface ConnectionEvents {
  readonly lost: () => void
  readonly regained: () => void
}

/** Connects, and goes on connecting whenever the connection is lost. */
export async function connect(
  place: RedisPlace,
  reach: Reach,
  events?: ConnectionEvents,
): Promise<Redis> {
  const client = clientOf(reach.through === 'link' ? place.linkUrl() : place.url(), reach)
  await client.connect()
  // Only now: a first connection is no regained one.
  client.on('error', () => events?.lost())
  client.on('ready', () => events?.regained())
  return client
}

// eslint-disable-next-line typescript/explicit-function-return-type -- the type is the library's
function clientOf(url: string, { database }: Reach) {
  const client = createClient({
    url: database === undefined ? url : databaseUrl(url, database),
    // Reading blocks for as long as there is nothing to read.
    commandOptions: { timeout: 0 },
    socket: { reconnectStrategy: (attempt) => Math.min(100, 2 ** attempt) },
  })
  // Without a listener an error would end the process.
  client.on('error', () => {})
  return client
}

function databaseUrl(url: string, database: number): string {
  const chosen = new URL(url)
  chosen.pathname = `/${database}`
  return chosen.href
}
