import type { Pool, PoolClient } from 'pg'

/** How a pool has served since the process started. */
export interface PoolFigures {
  /** Connections handed out. */
  readonly acquisitions: number
  /** Connections that were opened. */
  readonly opened: number
  /** Hand-outs for which none had to be opened. */
  readonly served: number
  /** Hand-outs that failed, without those refused at the door. */
  readonly failures: number
  /** Requests refused at the door because too many waited. */
  readonly refusals: number
  readonly waitMsTotal: number
  readonly waitMsMax: number
}

/** Counts what a pool does. Its figures are the service's own, not a client's guess. */
export class PoolMeter {
  readonly #fresh = new WeakSet<PoolClient>()
  #acquisitions = 0
  #opened = 0
  #served = 0
  #failures = 0
  #refusals = 0
  #waitMsTotal = 0
  #waitMsMax = 0

  constructor(pool: Pool) {
    pool.on('connect', (client) => {
      this.#opened += 1
      this.#fresh.add(client)
    })
  }

  acquired(client: PoolClient, waitMs: number): void {
    this.#acquisitions += 1
    if (!this.#fresh.delete(client)) this.#served += 1
    this.#waitMsTotal += waitMs
    this.#waitMsMax = Math.max(this.#waitMsMax, waitMs)
  }

  failed(): void {
    this.#failures += 1
  }

  refused(): void {
    this.#refusals += 1
  }

  get figures(): PoolFigures {
    return {
      acquisitions: this.#acquisitions,
      opened: this.#opened,
      served: this.#served,
      failures: this.#failures,
      refusals: this.#refusals,
      waitMsTotal: this.#waitMsTotal,
      waitMsMax: this.#waitMsMax,
    }
  }
}

/** Share of acquisitions that needed no new connection; 1 before the first. */
export function poolEfficiency({ served, acquisitions }: PoolFigures): number {
  return acquisitions === 0 ? 1 : served / acquisitions
}

/** One less the connections opened for each acquisition; 1 before the first. */
export function connectionReuse({ opened, acquisitions }: PoolFigures): number {
  return acquisitions === 0 ? 1 : Math.max(0, 1 - opened / acquisitions)
}
