import type { Pool } from 'pg'
import type { Clock } from 'service-kit'

/** What the producer's parts and commands work with. */
export interface Producer {
  readonly pool: Pool
  /** Business time; the trading day comes from it. */
  readonly clock: Clock
  readonly log: Log
}

/** Where the producer says what happens. */
export interface Log {
  info(facts: object, text: string): void
  warn(facts: object, text: string): void
  error(facts: object, text: string): void
}
