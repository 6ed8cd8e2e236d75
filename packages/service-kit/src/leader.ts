import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from 'pg'
import { backoffMs } from './backoff.ts'
import { createSession, type SessionOptions } from './postgres.ts'

/** Options of {@link lead}. */
export interface LeaderOptions extends SessionOptions {
  /** Name of the lease. At most one process of all on this database holds it. */
  readonly name: string
  /**
   * Done by the process that holds the lease, until `signal` aborts. The lease ends with
   * `connection`: what is written through it is never written by two.
   */
  readonly work: (connection: Client, signal: AbortSignal) => Promise<void>
  /** Told of what ended the work; it is begun again, here or in another process. */
  readonly onError: (error: unknown) => void
}

/** One process's share in work that one process does at a time. */
export interface Leader {
  /** Whether this process does the work now. */
  readonly leads: boolean
  /** Ends the work and gives the lease back. */
  stop(): Promise<void>
}

/** How often the lease is asked for while another process holds it. */
const askEveryMs = 250

const pauses = { firstMs: 40, maxMs: 500 }

/**
 * Work that went on for so long had begun: what ended it is a new failure, with short pauses again.
 * Begun anew after each such time, it is still begun no more often than with the longest pauses.
 */
const begunMs = 250

/**
 * Does work in one process at a time, for as long as the process lives: takes a lease of the
 * database (an advisory lock) on a connection of its own and works until the connection is lost or
 * the work throws, then tries again with growing pauses of up to half a second.
 */
export function lead(options: LeaderOptions): Leader {
  const stopping = new AbortController()
  let leads = false

  async function term(): Promise<void> {
    const connection = createSession(options)
    const ended = new AbortController()
    let lost: unknown
    const lose = (error?: unknown): void => {
      lost ??= error
      ended.abort()
    }
    connection.on('error', lose)
    connection.on('end', lose)
    const signal = AbortSignal.any([stopping.signal, ended.signal])
    try {
      await connection.connect()
      while (!(await takeLease(connection, options.name))) await pause(askEveryMs, signal)
      leads = true
      await options.work(connection, signal)
      if (lost !== undefined) throw lost
    } catch (error) {
      throw lost ?? error
    } finally {
      leads = false
      await close(connection)
    }
  }

  async function run(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; failures += 1) {
      const begunAtMs = performance.now()
      await term().catch((error: unknown) => {
        if (!stopping.signal.aborted) options.onError(error)
      })
      if (performance.now() - begunAtMs > begunMs) failures = 0
      const waitMs = backoffMs(pauses, failures + 1, Math.random())
      await pause(waitMs, stopping.signal).catch(() => undefined)
    }
  }

  const running = run()
  return {
    get leads() {
      return leads
    },
    async stop() {
      stopping.abort()
      await running
    },
  }
}

async function takeLease(connection: Client, name: string): Promise<boolean> {
  const { rows } = await connection.query<{ held: boolean }>({
    text: 'select pg_try_advisory_lock(hashtextextended($1, 0)) as held',
    values: [name],
  })
  return rows[0]?.held === true
}

const pause = (ms: number, signal: AbortSignal): Promise<void> => delay(ms, undefined, { signal })

/** A connection whose other end is silent is not waited for. */
async function close(connection: Client): Promise<void> {
  const closed = connection.end().catch(() => undefined)
  const tooLate = new AbortController()
  await Promise.race([closed, pause(500, tooLate.signal).catch(() => undefined)])
  tooLate.abort()
}
