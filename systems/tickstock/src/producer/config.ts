import { integerVariable, serviceVariables } from 'service-kit/config'
import { z } from 'zod'

const {
  PORT: _port,
  JWT_SECRET: _secret,
  TOKEN_LIFETIME_S: _lifetime,
  ...shared
} = serviceVariables

/** The environment of the producer and of its commands. */
export const producerEnvironment = z.object({
  ...shared,
  PORT: integerVariable(5310, { min: 0, max: 65_535 }),
  /** Messages that a stream keeps at least. Older ones are cut off, read or not. */
  STREAM_LENGTH_MAX: integerVariable(2_000_000, { min: 100, max: 100_000_000 }),
  /** Messages that the relay sends at once. */
  RELAY_BATCH: integerVariable(500, { min: 1, max: 10_000 }),
  /** How often the relay looks although nobody woke it. */
  RELAY_INTERVAL_MS: integerVariable(1_000, { min: 10, max: 60_000 }),
  /** How long a message stays in the outbox after it was published and read by everyone. */
  OUTBOX_KEEP_MS: integerVariable(86_400_000, { min: 0, max: 31_536_000_000 }),
  /** How long the synchronizer waits for the end of the trading day. */
  EOD_WAIT_MS: integerVariable(3_600_000, { min: 100, max: 86_400_000 }),
  /** The time in which a synchronization has to be done. */
  SYNC_WINDOW_MS: integerVariable(1_800_000, { min: 100, max: 86_400_000 }),
})

export type ProducerEnvironment = z.output<typeof producerEnvironment>

/** What of it the commands need, which tell Redis nothing themselves. */
export const commandEnvironment = producerEnvironment.pick({
  DATABASE_URL: true,
  STATEMENT_TIMEOUT_MS: true,
  SYNC_WINDOW_MS: true,
})

export type CommandEnvironment = z.output<typeof commandEnvironment>
