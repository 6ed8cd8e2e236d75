import type { createClient } from '@redis/client'
import { ask, check, type EnvironmentCheck } from './check.ts'

/** The databases that the suites use: resilience, message flows, primary. */
export const testDatabases = [13, 14, 15] as const
const versionMin = 7
const connectTimeoutMs = 2_000
/** A million messages of the streams, with room for a consumer that is behind. */
const boundBytesMin = 512 * 1_024 * 1_024

interface RedisFacts {
  readonly version: string
  readonly boundBytes: number
  readonly policy: string
}

/** Looks whether Redis answers, has the test databases, empty, and keeps what it is given. */
export async function checkRedis(url: string): Promise<EnvironmentCheck[]> {
  const facts = await ask(() => withClient(url, 0, readFacts))
  const databases = []
  for (const database of testDatabases) {
    const size = await ask(() => withClient(url, database, (client) => client.dbSize()))
    databases.push(
      check(
        `redis database ${database}`,
        size,
        (keys) => ({ ok: keys === 0, found: keys === 0 ? 'empty' : `${keys} keys` }),
        `Redis needs at least 16 databases; empty it with \`redis-cli -n ${database} flushdb\``,
      ),
    )
  }
  return [
    check(
      'redis',
      facts,
      ({ version }) => ({
        ok: Number.parseInt(version, 10) >= versionMin,
        found: `Redis ${version}`,
      }),
      'REDIS_URL has to name a reachable Redis 7 or later',
    ),
    ...databases,
    check(
      'redis memory',
      facts,
      ({ boundBytes, policy }) => ({
        ok: policy === 'noeviction' && (boundBytes === 0 || boundBytes >= boundBytesMin),
        found: `${boundBytes === 0 ? 'no bound' : `${boundBytes} bytes`}, ${policy}`,
      }),
      'streams must not be evicted: maxmemory-policy noeviction, maxmemory 0 or at least 512 MB',
    ),
  ]
}

type Client = ReturnType<typeof createClient>

async function readFacts(client: Client): Promise<RedisFacts> {
  const info = await client.info()
  const field = (name: string): string => new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1] ?? ''
  return {
    version: field('redis_version').trim(),
    boundBytes: Number(field('maxmemory')),
    policy: field('maxmemory_policy').trim(),
  }
}

/** Works with one of the databases of Redis, on a connection of its own. */
export async function withClient<Found>(
  url: string,
  database: number,
  work: (client: Client) => Promise<Found>,
): Promise<Found> {
  // Of all commands only one asks Redis, and its client is dear to load.
  const { createClient: clientOf } = await import('@redis/client')
  const socket = { connectTimeout: connectTimeoutMs, reconnectStrategy: false } as const
  const client = clientOf({ url, database, socket })
  // What it tells here, `connect` throws too.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client as Client)
  } finally {
    client.destroy()
  }
}
