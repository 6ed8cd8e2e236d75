import { z } from 'zod'
import { channels, type Channel } from './channel.ts'

const key = z.string().min(1)
const symbols = z.array(z.string())
const count = z.int().nonnegative()

const universeUpdated = z.object({
  /** None in the summary of an expansion, which speaks of all. */
  universe: key.optional(),
  theme: key.optional(),
  change_count: count,
  /** None in the summary, nor in messages of before there were these counts. */
  added_count: count.optional(),
  removed_count: count.optional(),
  /** The first of the changes, where there are very many. */
  actions: z.array(z.object({ action: z.string(), symbol: z.string(), reason: z.string() })),
  summary: z.record(z.string(), z.unknown()).optional(),
})

const syncComplete = z.object({
  run_id: z.uuid(),
  trading_day: z.iso.date(),
  status: z.enum(['completed', 'partial', 'failed', 'skipped']),
  total_changes: count,
  task_summary: z.record(z.string(), z.unknown()),
  changes_by_type: z.record(z.string(), count),
  within_window: z.boolean(),
  /** None in messages of before it was told. */
  window_ms: z.int().positive().optional(),
})

const correlationUpdate = z.object({
  symbol: key,
  benchmark: key,
  window_days: z.int().positive(),
  before: z.number().min(-1).max(1).nullable(),
  after: z.number().min(-1).max(1),
  as_of: z.iso.date(),
})

const assignment = z.object({ symbol: key, universes: symbols, reason: z.string() })

/** What each channel's messages hold. */
export const payloads = {
  [channels.universeUpdated]: universeUpdated,
  [channels.syncComplete]: syncComplete,
  [channels.correlationUpdate]: correlationUpdate,
  [channels.ipoAssignment]: assignment,
  [channels.delistingCleanup]: assignment,
  [channels.eodComplete]: z.object({ trading_day: z.iso.date(), symbols: count }),
  [channels.scenarioLoaded]: z.object({ scenario: key, symbol: key, bars: count }),
  [channels.validationComplete]: z.object({
    universes: z.array(
      z.object({
        universe: key,
        found: count,
        missing: count,
        active: count,
        healthy: z.boolean(),
      }),
    ),
  }),
} as const satisfies Record<Channel, z.ZodType>

export type Payload<Name extends Channel> = z.input<(typeof payloads)[Name]>
