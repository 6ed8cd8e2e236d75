import { integerVariable, serviceVariables, switchVariable } from 'service-kit/config'
import { z } from 'zod'
import { receiverOf } from './failure/envelope.ts'

const neo4jUrl = z.url({ protocol: /^(bolt|neo4j)(\+s)?$/ })
const neo4jIdentity = {
  NEO4J_USER: z.string().default('neo4j'),
  NEO4J_PASSWORD: z.string().optional(),
}

/** The environment of the service. */
export const serviceEnvironment = z.object({
  ...serviceVariables,
  PORT: integerVariable(5410, { min: 0, max: 65_535 }),
  /** How often the summaries are made new. */
  SUMMARY_INTERVAL_MS: integerVariable(60_000, { min: 100, max: 86_400_000 }),
  /** How often autonomous characters may act; each only as its ecosystem allows. */
  TICK_INTERVAL_MS: integerVariable(5_000, { min: 100, max: 3_600_000 }),
  /** Events that one client may be behind before it is told to begin anew. */
  SOCKET_QUEUE_MAX: integerVariable(1_000, { min: 1, max: 100_000 }),
  /** Messages that one client may say in a second; who says more is let go. */
  SOCKET_MESSAGES_PER_S_MAX: integerVariable(20, { min: 1, max: 100_000 }),
  /** Sockets that one account may have open. */
  SOCKETS_PER_USER_MAX: integerVariable(8, { min: 1, max: 100_000 }),
  /** How often each client is asked whether it is there; twice without an answer ends it. */
  SOCKET_HEARTBEAT_MS: integerVariable(30_000, { min: 100, max: 3_600_000 }),
  /** How long a client that lost its connection is told to wait; doubled with each try. */
  RECONNECT_FIRST_MS: integerVariable(1_000, { min: 1, max: 60_000 }),
  RECONNECT_MAX_MS: integerVariable(30_000, { min: 1, max: 600_000 }),
  /** Missed events that a client may ask for again. */
  RESUME_MAX: integerVariable(10_000, { min: 1, max: 1_000_000 }),
  /** Answers come from templates unless a language model is named, by its address up to `/v1`. */
  LANGUAGE_MODEL_URL: z.url({ protocol: /^https?$/ }).optional(),
  LANGUAGE_MODEL: z.string().default('default'),
  LANGUAGE_MODEL_KEY: z.string().optional(),
  LANGUAGE_MODEL_TIMEOUT_MS: integerVariable(10_000, { min: 100, max: 120_000 }),
  /** Whether reads may be answered from Redis. */
  CACHE: switchVariable(true),
  /** Where requests that fail are reported; nowhere unless named. */
  SENTRY_DSN: z
    .url({ protocol: /^https?$/ })
    .refine((dsn) => receiverOf(dsn) !== undefined, 'Must be https://KEY@HOST/PROJECT')
    .optional(),
  /** The graph is kept in PostgreSQL unless a server is named. */
  NEO4J_URL: neo4jUrl.optional(),
  ...neo4jIdentity,
})

export type ServiceEnvironment = z.output<typeof serviceEnvironment>

/** The environment of the command that makes the graph anew. */
export const graphEnvironment = z.object({
  DATABASE_URL: serviceVariables.DATABASE_URL,
  NEO4J_URL: neo4jUrl,
  ...neo4jIdentity,
})
