import { statement, type Sql } from 'service-kit'
import type { ExecutionState } from '../execution.ts'
import type { ExecutionSum } from '../execution-figure.ts'
import type { ExecutionRow } from '../schema/execution.ts'
import type { Listed, ListRequest } from '../schema/list.ts'
import { readList } from './list.ts'

const columns = `id, project_id, agent_type, correlation_id, parent_execution_id, retry_of, attempt,
  input_data, output_data, status, error_message, model, tokens_in, tokens_out, cost, row_version,
  started_at, completed_at, duration_ms, created_at, updated_at`

type NewRow = [
  project: string,
  owner: string,
  agentType: string,
  correlation: string,
  parent: string | null,
  retryOf: string | null,
  attempt: number,
  input: string,
  model: string | null,
  now: Date,
]

export const insertExecution = statement<ExecutionRow, NewRow>(
  'execution-insert',
  `insert into agent_executions
     (project_id, owner_id, agent_type, correlation_id, parent_execution_id, retry_of, attempt,
      input_data, model, started_at, created_at, updated_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $10) returning ${columns}`,
)

export const findExecution = statement<ExecutionRow, [string, string, string]>(
  'execution-find',
  `select ${columns} from agent_executions where project_id = $1 and owner_id = $2 and id = $3`,
)

export const lockExecution = statement<ExecutionRow, [string, string, string]>(
  'execution-lock',
  `select ${columns} from agent_executions
   where project_id = $1 and owner_id = $2 and id = $3 for no key update`,
)

/** The project of an execution that is named by its id alone. */
export const findProjectOfExecution = statement<{ project_id: string }, [string, string]>(
  'execution-find-project',
  'select project_id from agent_executions where id = $1 and owner_id = $2',
)

type Update = [
  id: string,
  status: ExecutionState,
  output: string | null,
  error: string | null,
  model: string | null,
  tokensIn: number | null,
  tokensOut: number | null,
  cost: number | null,
  startedAt: Date,
  completedAt: Date | null,
  durationMs: number | null,
]

export const updateExecution = statement<ExecutionRow, Update>(
  'execution-update',
  `update agent_executions set status = $2, output_data = coalesce($3, output_data),
     error_message = coalesce($4, error_message), model = coalesce($5, model),
     tokens_in = coalesce($6, tokens_in), tokens_out = coalesce($7, tokens_out),
     cost = coalesce($8, cost), started_at = $9, completed_at = $10, duration_ms = $11,
     row_version = row_version + 1
   where id = $1 returning ${columns}`,
)

/** Sums over the days from `since` on, by agent type and state. */
export const sumExecutions = statement<ExecutionSum, [string, string, since: string]>(
  'execution-sum',
  `select agent_type, status, sum(executions) as executions, sum(duration_ms) as duration_ms,
     sum(waited) as waited, sum(waited_ms) as waited_ms, sum(tokens_in) as tokens_in,
     sum(tokens_out) as tokens_out, sum(cost) as cost
   from execution_days where project_id = $1 and owner_id = $2 and day >= $3
   group by agent_type, status having sum(executions) > 0 order by agent_type, status`,
)

export const findLastExecutions = statement<ExecutionRow, [string, string]>(
  'execution-find-last',
  `select ${columns} from agent_executions where project_id = $1 and owner_id = $2
   order by started_at desc, id desc limit 10`,
)

export const timeOutExecutions = statement<{ id: string }, [startedBefore: Date, now: Date]>(
  'execution-time-out',
  'select id from time_out_executions($1, $2)',
)

const countExecutions = statement<
  { total: number },
  [string, string, string | null, string | null]
>(
  'execution-count',
  `select coalesce(sum(executions), 0) as total from execution_days
   where project_id = $1 and owner_id = $2 and ($3::text is null or status = $3)
     and ($4::text is null or agent_type = $4)`,
)

/** What a list of executions is narrowed to. */
export interface ExecutionFilter extends ListRequest {
  readonly status?: string | undefined
  readonly agent_type?: string | undefined
  readonly correlation_id?: string | undefined
}

/** A project's executions, newest first. */
export function listExecutions(
  sql: Sql,
  { project, owner }: { readonly project: string; readonly owner: string },
  filter: ExecutionFilter,
): Promise<Listed<ExecutionRow>> {
  const { status, agent_type, correlation_id } = filter
  const count = async (by: Sql): Promise<number> => {
    const [row] = await countExecutions(by, project, owner, status ?? null, agent_type ?? null)
    return row?.total ?? 0
  }
  return readList<ExecutionRow>(
    sql,
    {
      name: 'execution-list',
      columns,
      table: 'agent_executions',
      where: {
        'project_id = ?': project,
        'owner_id = ?': owner,
        'status = ?': status,
        'agent_type = ?': agent_type,
        'correlation_id = ?': correlation_id,
      },
      sortBy: 'created_at',
      sortType: 'timestamptz',
      // Days know states and agent types; one run has few executions to count.
      ...(correlation_id === undefined ? { count } : {}),
    },
    filter,
  )
}
