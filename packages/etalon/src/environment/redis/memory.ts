import { createClient } from '@redis/client'

/** A limit on what a Redis may hold, in force. */
export interface StoreLimit {
  /** How many commands were refused for it and how many keys were evicted since it is in force. */
  felt(): Promise<number>
  /** Puts back what was set before; a server that was started again has nothing to put back. */
  lift(): Promise<void>
}

const settings = ['maxmemory', 'maxmemory-policy'] as const

/**
 * Lets a Redis hold no more than `headroomBytes` beyond what it holds now.
 *
 * @param policy as Redis names it: `noeviction` refuses what would need more, others evict
 */
export async function limitStore(
  url: string,
  headroomBytes: number,
  policy: string,
): Promise<StoreLimit> {
  const ask = <Answer>(...command: readonly string[]): Promise<Answer> =>
    withRedis(url, (client) => client.sendCommand<Answer>([...command]))
  const feltSoFar = async (): Promise<number> => {
    const info = await ask<string>('INFO', 'everything')
    const refused = Number(/^errorstat_OOM:count=(\d+)/m.exec(info)?.[1] ?? 0)
    return refused + Number(/^evicted_keys:(\d+)/m.exec(info)?.[1] ?? 0)
  }
  const before = await Promise.all(
    settings.map(async (name) => {
      const answer = await ask<Readonly<Record<string, string>>>('CONFIG', 'GET', name)
      return [name, Object.values(answer).at(-1) ?? ''] as const
    }),
  )
  const usedBytes = Number(/^used_memory:(\d+)/m.exec(await ask<string>('INFO', 'memory'))?.[1])
  const feltBefore = await feltSoFar()
  await ask('CONFIG', 'SET', 'maxmemory-policy', policy)
  await ask('CONFIG', 'SET', 'maxmemory', String(usedBytes + headroomBytes))
  return {
    felt: async () => Math.max(0, (await feltSoFar()) - feltBefore),
    lift: async () => {
      for (const [name, value] of before) await ask('CONFIG', 'SET', name, value)
    },
  }
}

async function withRedis<Result>(
  url: string,
  work: (client: ReturnType<typeof createClient>) => Promise<Result>,
): Promise<Result> {
  const client = createClient({ url, socket: { reconnectStrategy: false, connectTimeout: 5_000 } })
  // A refused connection is also emitted; the rejection of connect() is what counts.
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client as ReturnType<typeof createClient>)
  } finally {
    client.destroy()
  }
}
