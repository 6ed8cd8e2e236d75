import type { Sql } from 'service-kit'
import type { Actor } from '../actor.ts'
import type { ExecutionState } from '../execution.ts'
import { applyChange, createExecution, retryExecution } from '../operation/execution.ts'
import type { ExecutionRow, NewExecution } from '../schema/execution.ts'

/** What an agent did, as a demo tells it. */
export interface DemoRun {
  readonly agent: NewExecution['agent_type']
  readonly correlationId: string
  /** Whether it takes a second attempt. */
  readonly failsFirst: boolean
  readonly now: Date
}

/** Records a run of an agent from its start to its end. */
export async function addFinishedExecution(
  tx: Sql,
  owner: Actor,
  projectId: string,
  { agent, correlationId, failsFirst, now }: DemoRun,
): Promise<void> {
  const request = {
    agent_type: agent,
    input_data: { task: 'Write the document of this step' },
    correlation_id: correlationId,
    model: 'demo-1',
  }
  const first = await createExecution(tx, owner, projectId, { request, now })
  if (failsFirst) {
    await finish(tx, owner, first, { end: 'failed', now })
    const second = await retryExecution(tx, owner, first.id, now)
    await finish(tx, owner, second, { end: 'completed', now })
  } else {
    await finish(tx, owner, first, { end: 'completed', now })
  }
}

async function finish(
  tx: Sql,
  owner: Actor,
  row: ExecutionRow,
  { end, now }: { readonly end: ExecutionState; readonly now: Date },
): Promise<void> {
  const startedAt = new Date(now.getTime() - 4_200 - 100 * row.agent_type.length)
  const running = await applyChange(tx, owner, row, {
    change: { status: 'running' },
    now: startedAt,
  })
  const figures = { tokens_in: 1_200, tokens_out: 850, cost: 0.0134 }
  const told = end === 'failed' ? { error_message: 'The model gave no answer' } : figures
  await applyChange(tx, owner, running, { change: { status: end, ...told }, now })
}
