import { Client } from 'pg'
import type { Probe } from './probe.ts'

const counters = `
  select xact_commit + xact_rollback as transactions, xact_rollback as rollbacks,
         blks_read as blocks_read, blks_hit as blocks_hit, deadlocks, temp_bytes,
         tup_inserted + tup_updated + tup_deleted as rows_written,
         (select count(*) from pg_stat_activity
           where datname = current_database() and state = 'active') as active,
         (select count(*) from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock') as waiting_for_locks
    from pg_stat_database where datname = current_database()`

const gauges = new Set(['active', 'waiting_for_locks'])

/**
 * Watches a database by PostgreSQL's own counters. What PostgreSQL counts up is given as the
 * increase since the first look; `active` and `waiting_for_locks` are numbers of sessions now.
 */
export function postgresProbe(name: string, url: string): Probe {
  const client = new Client({ connectionString: url, application_name: 'etalon-probe' })
  // A server that goes away between two looks is told by the next one.
  client.on('error', () => {})
  let connected: Promise<unknown> | undefined
  let first: Readonly<Record<string, number>> | undefined
  return {
    name,
    read: async () => {
      await (connected ??= client.connect())
      const { rows } = await client.query<Record<string, string>>(counters)
      const [row = {}] = rows
      const now = Object.fromEntries(
        Object.entries(row).map(([key, value]) => [key, Number(value)]),
      )
      first ??= now
      const since = first
      return Object.fromEntries(
        Object.entries(now).map(([key, value]) => [
          key,
          gauges.has(key) ? value : value - (since[key] ?? 0),
        ]),
      )
    },
    close: async () => {
      if (connected) await client.end()
    },
  }
}
