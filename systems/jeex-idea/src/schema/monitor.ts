import { z } from 'zod'
import { alertNames } from '../monitor/alert.ts'
import { backupStatus } from './backup.ts'

const percent = z.number()
const ms = z.number().nullable()

export const poolFigures = z.object({
  size: z.int(),
  overflow_max: z.int(),
  connections: z.int(),
  in_use: z.int(),
  idle: z.int(),
  overflow: z.int(),
  waiting: z.int(),
  use_percent: percent,
  acquisitions: z.int(),
  opened: z.int(),
  /** Share of acquisitions that needed no new connection. */
  efficiency: z.number(),
  /** One less the connections opened for each acquisition. */
  reuse: z.number(),
  failures: z.int(),
  refusals: z.int(),
  wait_ms_average: z.number(),
  wait_ms_max: z.number(),
})

export type PoolAnswer = z.infer<typeof poolFigures>

export const databaseHealth = z.object({
  up: z.boolean(),
  latency_ms: ms,
  version: z.string().nullable(),
  size_bytes: z.int().nullable(),
  connections: z.int().nullable(),
  breaker: z.enum(['closed', 'open', 'half-open']),
  breaker_openings: z.int(),
})

export type DatabaseHealth = z.infer<typeof databaseHealth>

const alert = z.object({
  name: z.enum(alertNames),
  firing_since: z.date(),
  cleared_at: z.date().nullable(),
})

const spread = { count: z.int(), p50_ms: ms, p95_ms: ms, p99_ms: ms }

export const dashboard = z.object({
  status: z.enum(['healthy', 'warning', 'critical']),
  at: z.date(),
  window_ms: z.int(),
  pool: poolFigures,
  queries: z.object({
    ...spread,
    slow_ms: z.int(),
    slow: z.array(z.object({ name: z.string(), duration_ms: z.number(), at: z.date() })),
  }),
  requests: z.object({
    ...spread,
    per_second: z.number(),
    failed: z.int(),
    refused: z.int(),
    error_percent: percent,
    by_status: z.record(z.string(), z.int()),
  }),
  users: z.object({ concurrent: z.int() }),
  database: databaseHealth,
  redis: z.object({ up: z.boolean() }),
  backup: backupStatus,
  alerts: z.object({ firing: z.array(alert), cleared: z.array(alert) }),
  limits: z.object({ query_p95_ms: z.int(), error_percent: z.int(), pool_use_percent: z.int() }),
  /** One point for each look of the last minutes, the oldest first. */
  history: z.array(
    z.object({
      at: z.date(),
      query_p95_ms: ms,
      pool_use_percent: percent,
      requests_per_second: z.number(),
      error_percent: percent,
    }),
  ),
})

export type Dashboard = z.infer<typeof dashboard>
