import { setTimeout as delay } from 'node:timers/promises'
import type { Pool, PoolClient, QueryConfig, QueryResultRow } from 'pg'
import { backoffMs, inOneWrite, withRetry, type CircuitBreaker, type Sql } from 'service-kit'
import type { Role } from '../actor.ts'
import { fail } from '../error.ts'
import { isConnectionLost, isQueueTimeout } from './failure.ts'
import type { PoolMeter } from './pool-meter.ts'

/** On whose behalf the database is asked. */
export interface Caller {
  /** A UUID. */
  readonly id: string
  readonly role: Role
}

/** Options of {@link Database}. */
export interface DatabaseOptions {
  readonly pool: Pool
  readonly meter: PoolMeter
  readonly breaker: CircuitBreaker
  /** More requests than these do not wait for a connection: they are refused. */
  readonly waitingMax: number
  /** Told of every statement. */
  readonly onStatement: (name: string, durationMs: number) => void
}

const attemptsMax = 3
const pause = { firstMs: 25, maxMs: 200 }
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * The only door to the database. Every piece of work is one transaction in the name of its caller,
 * whom row security then knows. A connection that is lost is made again with growing, jittered
 * pauses; while the server is away a circuit breaker spares it and its callers the tries.
 */
export class Database {
  readonly #options: DatabaseOptions

  constructor(options: DatabaseOptions) {
    this.#options = options
  }

  get breaker(): CircuitBreaker {
    return this.#options.breaker
  }

  /**
   * Reads as the caller; a read whose connection is lost is done again. The work sends all its
   * statements at once, before it waits for the first: one sent later throws.
   */
  read<Result>(caller: Caller, work: (sql: Sql) => Promise<Result>): Promise<Result> {
    return this.#persist(() => this.#read(begin('read only', caller), work))
  }

  /** Looks something up in nobody's name, as {@link read} does. */
  readAsService<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result> {
    return this.#persist(() => this.#read('begin read only', work))
  }

  /**
   * One unit of work as the caller: all of it is committed when this returns, none when it throws.
   * Work that cannot have been committed is done again after a lost connection, a deadlock or a
   * serialization failure, so it must have no effect outside the database. Throws
   * `JEEX_OUTCOME_UNKNOWN` when the connection was lost while committing.
   */
  write<Result>(caller: Caller, work: (tx: Sql) => Promise<Result>): Promise<Result> {
    return this.#persist(() => withRetry(() => this.#write(begin('', caller), work)))
  }

  /** The service's own work, in nobody's name: row security shows it no row. */
  asService<Result>(work: (tx: Sql) => Promise<Result>): Promise<Result> {
    return this.#persist(() => withRetry(() => this.#write('begin', work)))
  }

  async #read<Result>(beginning: string, work: (sql: Sql) => Promise<Result>): Promise<Result> {
    const client = await this.#acquire()
    // Sent in one go, with the end of the transaction: nobody waits for it, and whoever comes next
    // on this connection queues behind it.
    const { result, ended } = inOneWrite(client, () => {
      const begun = client.query(beginning)
      const statements = closable(this.#timed(client))
      const working = (async () => work(statements.sql))()
      statements.close()
      return { result: Promise.all([begun, working]), ended: client.query('commit') }
    })
    ended.catch(() => undefined)
    try {
      const [, answer] = await result
      client.release()
      this.#options.breaker.succeeded()
      return answer
    } catch (error) {
      await ended.then(
        () => client.release(),
        (lost: Error) => client.release(lost),
      )
      this.#noteAnswer(error)
      throw error
    }
  }

  async #write<Result>(beginning: string, work: (tx: Sql) => Promise<Result>): Promise<Result> {
    const client = await this.#acquire()
    let isCommitting = false
    try {
      const [, result] = await inOneWrite(client, () =>
        Promise.all([client.query(beginning), work(this.#timed(client))]),
      )
      isCommitting = true
      await client.query('commit')
      client.release()
      this.#options.breaker.succeeded()
      return result
    } catch (error) {
      await giveBack(client)
      this.#noteAnswer(error)
      if (isCommitting && isConnectionLost(error)) {
        this.#options.breaker.failed()
        throw fail('JEEX_OUTCOME_UNKNOWN')
      }
      throw error
    }
  }

  /**
   * Whatever else went wrong, a server that answered is there. Without being told so, the breaker
   * would wait for ever for the outcome of the one try that it lets through.
   */
  #noteAnswer(error: unknown): void {
    if (!isConnectionLost(error)) this.#options.breaker.succeeded()
  }

  async #acquire(): Promise<PoolClient> {
    const { pool, meter, breaker, waitingMax } = this.#options
    if (pool.waitingCount >= waitingMax) {
      meter.refused()
      throw fail('JEEX_OVERLOADED')
    }
    if (!breaker.allows()) throw fail('JEEX_DATABASE_DOWN')
    const startedMs = performance.now()
    try {
      const client = await pool.connect()
      meter.acquired(client, performance.now() - startedMs)
      return client
    } catch (error) {
      meter.failed()
      if (!isQueueTimeout(error)) {
        // A lost connection is counted where the work is tried again.
        if (!isConnectionLost(error)) breaker.failed()
        throw error
      }
      // Whoever was let through to try has not found out.
      if (breaker.state === 'half-open') breaker.failed()
      throw fail('JEEX_OVERLOADED')
    }
  }

  async #persist<Result>(work: () => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work()
      } catch (error) {
        if (!isConnectionLost(error)) throw error
        this.#options.breaker.failed()
        if (attempt === attemptsMax) throw fail('JEEX_DATABASE_DOWN')
        await delay(backoffMs(pause, attempt, Math.random()))
      }
    }
  }

  #timed(client: PoolClient): Sql {
    const { onStatement } = this.#options
    return {
      async query<Row extends QueryResultRow>(config: QueryConfig) {
        const startedMs = performance.now()
        try {
          return await client.query<Row>(config)
        } finally {
          onStatement(config.name ?? 'unnamed', performance.now() - startedMs)
        }
      },
    }
  }
}

/** Lets statements through until it is closed; after that they would be in nobody's name. */
function closable(sql: Sql): { readonly sql: Sql; close(): void } {
  let isClosed = false
  return {
    sql: {
      query: (config) => {
        if (isClosed) throw new Error('A read sends all its statements at once')
        return sql.query(config)
      },
    },
    close: () => {
      isClosed = true
    },
  }
}

/** Begins a transaction in somebody's name, which ends with it. */
function begin(mode: string, { id, role }: Caller): string {
  if (!uuidPattern.test(id)) throw new Error('The id of a caller is a UUID')
  return `begin ${mode}; set local jeex.user_id = '${id}'; set local jeex.role = '${role}'`
}

/** Undoes what was done; a connection that cannot is not given back to the pool. */
async function giveBack(client: PoolClient): Promise<void> {
  try {
    await client.query('rollback')
    client.release()
  } catch (error) {
    client.release(error as Error)
  }
}
