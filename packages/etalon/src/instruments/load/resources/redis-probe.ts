import { createClient } from '@redis/client'
import type { Probe } from './probe.ts'

const gauges = { used_memory: 'memoryBytes', connected_clients: 'clients' } as const
const counters = {
  total_commands_processed: 'commands',
  keyspace_hits: 'hits',
  keyspace_misses: 'misses',
  evicted_keys: 'evicted',
} as const

/** Watches Redis by its own counters, given as the increase since the first look. */
export function redisProbe(name: string, url: string): Probe {
  const client = createClient({ url })
  client.on('error', () => {})
  let connected: Promise<unknown> | undefined
  let first: ReadonlyMap<string, number> | undefined
  return {
    name,
    read: async () => {
      await (connected ??= client.connect())
      const info = figuresOf(await client.info())
      first ??= info
      const since = first
      const figure = (field: string): number => info.get(field) ?? 0
      return Object.fromEntries([
        ...Object.entries(gauges).map(([field, key]) => [key, figure(field)] as const),
        ...Object.entries(counters).map(
          ([field, key]) => [key, figure(field) - (since.get(field) ?? 0)] as const,
        ),
      ])
    },
    close: () => {
      if (connected) client.destroy()
    },
  }
}

function figuresOf(info: string): Map<string, number> {
  const lines = [...info.matchAll(/^(\w+):(\d+)\r?$/gm)]
  return new Map(lines.map(([, field = '', value]) => [field, Number(value)]))
}
