import { z } from 'zod'
import { taskNames } from '../../message/sync-task.ts'

export const triggers = ['eod', 'override', 'task'] as const

export const runStatuses = ['running', 'completed', 'partial', 'failed', 'skipped'] as const

export const changeActions = ['added', 'removed'] as const

/** What became of one task. */
const taskRow = z.object({
  task: z.enum(taskNames),
  status: z.enum(['pending', 'running', 'completed', 'failed', 'skipped']),
  started_at: z.iso.datetime().nullable(),
  finished_at: z.iso.datetime().nullable(),
  duration_ms: z.number().nullable(),
  /** Memberships that it began or ended. */
  changes: z.int(),
  /** Told to operators only. */
  error: z.string().nullable(),
})

/** A run of the synchronizer, its tasks in their order. */
export const runRow = z.object({
  id: z.uuid(),
  trading_day: z.iso.date(),
  trigger: z.enum(triggers),
  status: z.enum(runStatuses),
  started_at: z.date(),
  finished_at: z.date().nullable(),
  duration_ms: z.number().nullable(),
  /** The time in which it has to be done. */
  window_ms: z.int(),
  within_window: z.boolean().nullable(),
  /** What a person has to look at. */
  alert: z.string().nullable(),
  total_changes: z.int(),
  tasks: z.array(taskRow),
})

const counts = z.record(z.string(), z.int())

/** A run with its changes counted. */
export const runDetail = runRow.extend({
  summary: z.object({ by_type: counts, by_action: counts, by_universe: counts }),
})

/** One change of a membership that a run made. */
export const runChange = z.object({
  id: z.int(),
  change_type: z.string(),
  universe: z.string(),
  symbol: z.string(),
  action: z.enum(changeActions),
  reason: z.string(),
  metadata: z.record(z.string(), z.unknown()),
  created_at: z.date(),
})
