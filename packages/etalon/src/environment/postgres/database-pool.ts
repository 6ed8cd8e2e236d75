import { Client } from 'pg'
import { within } from '../../kernel/clock.ts'
import { EtalonError } from '../../kernel/errors.ts'
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

/**
 * Keeps `size` clones ready. Clones are made one after another on one connection: parallel clones
 * gain little on few cores and would disturb what is being measured.
 */
export async function openDatabasePool(options: DatabasePoolOptions): Promise<DatabasePool> {
  const admin = new Client({ connectionString: options.adminUrl('postgres') })
  await admin.connect()
  const ready: Promise<FreshDatabase>[] = []
  let made = 0
  let open = true
  let last: Promise<unknown> = Promise.resolve()

  const makeOne = async (): Promise<FreshDatabase> => {
    made += 1
    const name = nameInRun(options.runId, options.label, String(made))
    await admin.query(cloneStatement(options.template, name))
    return openFresh(name, options.adminUrl(name))
  }
  const refill = (): void => {
    if (!open) return
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
      open = false
      await Promise.allSettled(ready.map(async (one) => (await one).end()))
      await admin.end()
    },
  }
}

/** The first connection to a clone fills its caches; who takes the clone finds them filled. */
async function openFresh(name: string, url: string): Promise<FreshDatabase> {
  const client = new Client({ connectionString: url })
  // The server may be stopped while a ready clone waits for nobody any more.
  client.on('error', () => {})
  await client.connect()
  await client.query('select 1')
  return { name, client, end: () => client.end() }
}
