import type { HttpClient } from 'etalon'
import type { PendingResponse } from 'etalon/http'

export const executionStates = [
  'pending',
  'running',
  'completed',
  'failed',
  'cancelled',
  'timed_out',
] as const

export type ExecutionState = (typeof executionStates)[number]

export const agentTypes = [
  'product_manager',
  'business_analyst',
  'venture_expert',
  'triz_expert',
  'design_thinker',
  'system_analyst',
  'engineering_standards',
  'qa_expert',
  'security_expert',
  'solution_architect',
  'devops_expert',
  'performance_expert',
  'project_planner',
  'scrum_master',
  'risk_manager',
] as const

/** An execution as it is answered. */
export interface Execution {
  readonly id: string
  readonly project_id: string
  readonly agent_type: string
  readonly correlation_id: string
  readonly parent_execution_id: string | null
  readonly retry_of: string | null
  readonly attempt: number
  readonly input_data: unknown
  readonly output_data: unknown
  readonly status: ExecutionState
  readonly started_at: string
  readonly completed_at: string | null
  readonly duration_ms: number | null
  readonly created_at: string
  readonly tokens_in: number | null
  readonly tokens_out: number | null
  readonly cost: number | null
}

/** Asks for a pending execution. */
export function addExecution(
  owner: HttpClient,
  projectId: string,
  body: object = {},
): PendingResponse<Execution> {
  const whole = { agent_type: 'qa_expert', ...body }
  return owner.post<Execution>(`/projects/${projectId}/agents/executions`, whole)
}

/** Reports on an execution. */
export function report(
  owner: HttpClient,
  { project_id, id }: Pick<Execution, 'project_id' | 'id'>,
  change: object,
): PendingResponse<Execution> {
  return owner.put<Execution>(`/projects/${project_id}/agents/executions/${id}`, change)
}

/** Ways from `pending` to each state. */
export const waysTo: Readonly<Record<ExecutionState, readonly ExecutionState[]>> = {
  pending: [],
  running: ['running'],
  completed: ['running', 'completed'],
  failed: ['running', 'failed'],
  cancelled: ['running', 'cancelled'],
  timed_out: ['running', 'timed_out'],
}
