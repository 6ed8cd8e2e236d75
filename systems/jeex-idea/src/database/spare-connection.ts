import { Client } from 'pg'
import { fail } from '../error.ts'

/**
 * The connection that is kept out of the pool, for long work of a role that sees every row. One
 * piece of work has it at a time and the next one waits, so that the process keeps to its bounds.
 */
export class SpareConnection {
  readonly #url: string | undefined
  readonly #names: string[] = []
  #last: Promise<unknown> = Promise.resolve()

  constructor(url: string | undefined) {
    this.#url = url
  }

  /** Whether work of this name is being done, or waits. */
  isUsedBy(name: string): boolean {
    return this.#names.includes(name)
  }

  /**
   * Connects for a piece of work. Throws `JEEX_BACKUP_UNCONFIGURED` where nobody said as whom.
   *
   * @param name shown in `pg_stat_activity`
   */
  async use<Result>(name: string, work: (client: Client) => Promise<Result>): Promise<Result> {
    const url = this.#url
    if (url === undefined) throw fail('JEEX_BACKUP_UNCONFIGURED')
    const working = this.#last.then(() => connected(url, name, work))
    this.#last = working.catch(() => undefined)
    this.#names.push(name)
    try {
      return await working
    } finally {
      this.#names.splice(this.#names.indexOf(name), 1)
    }
  }
}

async function connected<Result>(
  connectionString: string,
  name: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString, application_name: name })
  // A lost connection is told by the statement that fails.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}
