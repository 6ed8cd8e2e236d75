import { createClient } from '@redis/client'
import { Client } from 'pg'
import { until } from '../kernel/clock.ts'
import { messageOf } from '../kernel/errors.ts'
import { dropLease, runVariable, type Lease } from './lease.ts'
import { releasePorts } from './port.ts'
import { processesOf } from './process-table.ts'

const endTimeoutMs = 15_000

/** The servers given by URL on which a run makes things. */
export interface GivenServers {
  readonly databases: readonly string[]
  readonly redis: readonly string[]
}

/**
 * Removes all that a run left: its processes, its databases, roles and Redis users on servers given
 * by URL, its folder. Used at the end of every run, after a kill, and for leases found abandoned, so that there
 * is one way to clean and every run exercises it.
 *
 * @returns what could not be removed, one sentence each
 */
export async function sweep(lease: Lease, given: GivenServers): Promise<string[]> {
  const problems: string[] = []
  const ended = await endProcesses(lease).catch(messageOf)
  if (ended !== true) problems.push(`a process of the run does not end: ${ended}`)
  for (const url of given.databases) {
    await dropDatabases(url, lease.runId).catch((error: unknown) => {
      problems.push(`databases named etalon_${lease.runId}_* remain: ${messageOf(error)}`)
    })
  }
  for (const url of given.redis) {
    await dropUsers(url, lease.runId).catch((error: unknown) => {
      problems.push(`Redis users named etalon_${lease.runId}_* remain: ${messageOf(error)}`)
    })
  }
  releasePorts(lease.runId)
  const left = dropLease(lease)
  if (left !== undefined) problems.push(`the folder ${lease.directory} remains: ${left}`)
  return problems
}

/** The prefix of every database, role and Redis user that a run makes on a server given by URL. */
export function databasePrefix(runId: string): string {
  return `etalon_${runId}_`
}

/**
 * PostgreSQL is told to shut down at once (SIGQUIT) rather than killed, so that it removes its
 * shared memory; everything else is killed. Looks again until nothing is left, because a process
 * may have been starting another.
 */
async function endProcesses(lease: Lease): Promise<true | string> {
  const told = new Set<number>()
  const patience = Date.now() + 3_000
  const gone = await until(
    () => {
      const found = processesOf(`${runVariable}=${lease.runId}`, lease.directory)
      for (const { pid, program } of found) {
        const gentle = program === 'postgres' && Date.now() < patience
        if (gentle && told.has(pid)) continue
        told.add(pid)
        signalTo(pid, gentle ? 'SIGQUIT' : 'SIGKILL')
        // A fault may have stopped it, and what is stopped heeds nothing but SIGKILL.
        if (gentle) signalTo(pid, 'SIGCONT')
      }
      return found.length === 0 ? true : undefined
    },
    { timeoutMs: endTimeoutMs, everyMs: 10 },
  )
  return gone ?? `it was told to for ${endTimeoutMs / 1_000} s`
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function dropDatabases(url: string, runId: string): Promise<void> {
  const client = new Client({ connectionString: url })
  // A lost connection is also emitted; the rejection of what is asked is what counts.
  client.on('error', () => {})
  await client.connect()
  try {
    const prefix = databasePrefix(runId)
    const databases = await client.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [prefix],
    )
    for (const { datname } of databases.rows) {
      await client.query(`alter database ${datname} is_template false`)
      await client.query(`drop database if exists ${datname} with (force)`)
    }
    const roles = await client.query<{ rolname: string }>(
      'select rolname from pg_roles where starts_with(rolname, $1)',
      [prefix],
    )
    for (const { rolname } of roles.rows) await client.query(`drop role if exists ${rolname}`)
  } finally {
    await client.end()
  }
}

async function dropUsers(url: string, runId: string): Promise<void> {
  const client = createClient({ url, socket: { reconnectStrategy: false, connectTimeout: 5_000 } })
  // A refused connection is also emitted; the rejection of connect() is what counts.
  client.on('error', () => {})
  await client.connect()
  try {
    const names = await client.sendCommand<readonly string[]>(['ACL', 'USERS'])
    const ours = names.filter((name) => name.startsWith(databasePrefix(runId)))
    if (ours.length > 0) await client.sendCommand(['ACL', 'DELUSER', ...ours])
  } finally {
    client.destroy()
  }
}
