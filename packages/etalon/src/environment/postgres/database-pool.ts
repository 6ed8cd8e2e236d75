import { Client, DatabaseError } from 'pg'
import { until, within } from '../../kernel/clock.ts'
import { EtalonError, messageOf } from '../../kernel/errors.ts'
import { nameInRun } from './roles.ts'
import { cloneStatement, type DatabaseTemplate } from './template.ts'

/** A migrated database nobody else gets. */
export interface FreshDatabase {
  readonly name: string
  /** An open connection of the superuser that has answered a query; end it when it is not used. */
  readonly client: Client
  readonly end: () => Promise<void>
}

/** Ready clones of a template: taking one costs nothing, because it was made before. */
export interface DatabasePool {
  take(): Promise<FreshDatabase>
  /** Resolves when no clone is being made. */
  refilled(): Promise<void>
  close(): Promise<void>
}

export interface DatabasePoolOptions {
  readonly adminUrl: (database: string) => string
  readonly runId: string
  readonly label: string
  readonly template: DatabaseTemplate
  /** How many clones to keep ready. */
  readonly size: number
}

const cloneTimeoutMs = 60_000
const recoveryTimeoutMs = 30_000

/**
 * Keeps `size` clones ready. Clones are made one after another on one connection: parallel clones
 * gain little on few cores and would disturb what is being measured.
 */
export async function openDatabasePool(options: DatabasePoolOptions): Promise<DatabasePool> {
  const closing = new AbortController()
  let admin: Client | undefined = await connectTo(options.adminUrl('postgres'))
  const ready: Promise<FreshDatabase>[] = []
  let made = 0
  let last: Promise<unknown> = Promise.resolve()

  // A server that lost one of its processes ends every connection, and takes new ones soon after.
  const makeOne = async (): Promise<FreshDatabase> => {
    let problem = ''
    const tryOne = async (): Promise<FreshDatabase | undefined> => {
      made += 1
      const name = nameInRun(options.runId, options.label, String(made))
      try {
        admin ??= await connectTo(options.adminUrl('postgres'))
        await admin.query(cloneStatement(options.template, name))
        return await openFresh(name, options.adminUrl(name))
      } catch (error) {
        if (!isOfConnection(error)) throw error
        problem = messageOf(error)
        await admin?.end().catch(() => {})
        admin = undefined
        return undefined
      }
    }
    const limits = { timeoutMs: recoveryTimeoutMs, everyMs: 50, signal: closing.signal }
    const fresh = await until(tryOne, limits)
    if (fresh) return fresh
    const facts = { timeoutMs: recoveryTimeoutMs, log: problem }
    throw new EtalonError('ETALON_POSTGRES_NOT_READY', facts)
  }
  const refill = (): void => {
    if (closing.signal.aborted) return
    const next = last.then(makeOne)
    last = next.catch(() => {})
    ready.push(next)
  }
  for (let count = 0; count < options.size; count += 1) refill()

  return {
    take: async () => {
      if (ready.length === 0) refill()
      const next = ready.shift() as Promise<FreshDatabase>
      refill()
      return within(next, cloneTimeoutMs, () => {
        const log = `the template ${options.template.name} could not be cloned`
        return new EtalonError('ETALON_POSTGRES_NOT_READY', { timeoutMs: cloneTimeoutMs, log })
      })
    },
    refilled: async () => {
      await last
    },
    close: async () => {
      closing.abort()
      await Promise.allSettled(ready.map(async (one) => (await one).end()))
      await admin?.end()
    },
  }
}

/** Whether it is the connection that failed, and not what was asked on it. */
function isOfConnection(error: unknown): boolean {
  return !(error instanceof DatabaseError) || error.severity === 'FATAL'
}

async function connectTo(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString })
  // The server may end a connection on which nobody waits for anything.
  client.on('error', () => {})
  await client.connect()
  return client
}

/** The first connection to a clone fills its caches; who takes the clone finds them filled. */
async function openFresh(name: string, url: string): Promise<FreshDatabase> {
  const client = await connectTo(url)
  await client.query('select 1')
  return { name, client, end: () => client.end() }
}
