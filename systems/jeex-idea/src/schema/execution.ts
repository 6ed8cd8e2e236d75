import { text, uuid } from 'service-kit'
import { z } from 'zod'
import { executionStates } from '../execution.ts'
import { agentTypes } from '../vocabulary.ts'
import { data } from './request.ts'

const agentType = z.enum(agentTypes)

/** An execution as the API shows it. */
export const executionRow = z.object({
  id: z.string(),
  project_id: z.string(),
  agent_type: agentType,
  correlation_id: z.string(),
  parent_execution_id: z.string().nullable(),
  retry_of: z.string().nullable(),
  attempt: z.int(),
  input_data: z.unknown(),
  output_data: z.unknown(),
  status: z.enum(executionStates),
  error_message: z.string().nullable(),
  model: z.string().nullable(),
  tokens_in: z.int().nullable(),
  tokens_out: z.int().nullable(),
  cost: z.number().nullable(),
  row_version: z.int(),
  started_at: z.date(),
  completed_at: z.date().nullable(),
  duration_ms: z.int().nullable(),
  created_at: z.date(),
  updated_at: z.date(),
})

export type ExecutionRow = z.infer<typeof executionRow>

export const executionParams = z.strictObject({ id: uuid, execution_id: uuid })
export const executionIdParams = z.strictObject({ execution_id: uuid })

const model = text({ max: 100 })
const tokens = z.int().min(0).max(1_000_000_000_000)

export const newExecution = z.strictObject({
  agent_type: agentType,
  input_data: data.default({}),
  correlation_id: uuid.optional(),
  parent_execution_id: uuid.optional(),
  model: model.optional(),
})

export const executionChange = z
  .strictObject({
    status: z.enum(executionStates),
    output_data: data,
    error_message: text({ max: 10_000 }),
    model,
    tokens_in: tokens,
    tokens_out: tokens,
    cost: z.number().min(0).max(10_000_000),
  })
  .partial()

export type NewExecution = z.infer<typeof newExecution>
export type ExecutionChange = z.infer<typeof executionChange>

/** What became of each item of a batch, in its order. */
export const batchAnswer = z.object({
  created: z.int(),
  refused: z.int(),
  results: z.array(
    z.object({
      status: z.int(),
      execution: executionRow.nullable(),
      error: z.object({ code: z.string(), message: z.string() }).nullable(),
    }),
  ),
})

export type BatchAnswer = z.infer<typeof batchAnswer>

const figures = {
  total: z.int(),
  pending: z.int(),
  running: z.int(),
  successful: z.int(),
  failed: z.int(),
  timed_out: z.int(),
  cancelled: z.int(),
  success_rate: z.number().nullable(),
  average_seconds: z.number().nullable(),
  tokens_in: z.int(),
  tokens_out: z.int(),
  cost: z.number(),
}

export const executionMetrics = z.object({
  days: z.int(),
  ...figures,
  by_agent_type: z.array(z.object({ agent_type: agentType, ...figures })),
  last: z.array(executionRow),
})
