import { AppError, uniqueViolation, type Sql } from 'service-kit'
import type { Actor } from '../actor.ts'
import { withSavepoint } from '../database/savepoint.ts'
import { constraintErrors, fail } from '../error.ts'
import { requireVersion } from '../etag.ts'
import { isEnd, mayBecome, mayBeRetried, timesAfter } from '../execution.ts'
import type {
  BatchAnswer,
  ExecutionChange,
  ExecutionRow,
  NewExecution,
} from '../schema/execution.ts'
import type { Service } from '../service.ts'
import { recordAudit } from '../store/audit.ts'
import {
  findProjectOfExecution,
  insertExecution,
  lockExecution,
  updateExecution,
} from '../store/execution.ts'
import { requireProject } from './project.ts'

/** Where an execution is. */
export interface ExecutionPlace {
  readonly projectId: string
  readonly id: string
}

/** Adds a pending execution. Without a correlation id it gets that of the request. */
export async function createExecution(
  tx: Sql,
  actor: Actor,
  projectId: string,
  { request, now }: { readonly request: NewExecution; readonly now: Date },
): Promise<ExecutionRow> {
  await requireProject(tx, actor, projectId)
  return addExecution(tx, actor, { ...request, projectId, retryOf: null, attempt: 1 }, now)
}

/** Adds many in one unit of work; one that is refused takes none of the others with it. */
export async function createExecutions(
  tx: Sql,
  actor: Actor,
  projectId: string,
  { requests, now }: { readonly requests: readonly NewExecution[]; readonly now: Date },
): Promise<BatchAnswer> {
  await requireProject(tx, actor, projectId)
  const results: BatchAnswer['results'] = []
  for (const request of requests) {
    try {
      const execution = await withSavepoint(tx, () =>
        addExecution(tx, actor, { ...request, projectId, retryOf: null, attempt: 1 }, now),
      )
      results.push({ status: 201, execution, error: null })
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal === undefined) throw error
      const { code, message } = refusal
      results.push({ status: refusal.status, execution: null, error: { code, message } })
    }
  }
  const created = results.filter(({ status }) => status === 201).length
  return { created, refused: results.length - created, results }
}

/**
 * Reports on an execution. Throws `JEEX_STATE_FORBIDDEN` when it has ended, or when the state
 * cannot follow.
 */
export async function changeExecution(
  { database, clock }: Service,
  actor: Actor,
  { projectId, id }: ExecutionPlace,
  { version, change }: { readonly version: string | undefined; readonly change: ExecutionChange },
): Promise<ExecutionRow> {
  const now = clock.now()
  return database.write(actor, async (tx) => {
    await requireProject(tx, actor, projectId)
    const [before] = await lockExecution(tx, projectId, actor.id, id)
    if (before === undefined) throw fail('JEEX_EXECUTION_UNKNOWN')
    requireVersion(before, version)
    return applyChange(tx, actor, before, { change, now })
  })
}

/** Cancels an execution that has not ended. */
export async function cancelExecution(
  { database, clock }: Service,
  actor: Actor,
  id: string,
): Promise<ExecutionRow> {
  const now = clock.now()
  return database.write(actor, async (tx) => {
    const before = await lockById(tx, actor, id)
    return applyChange(tx, actor, before, { change: { status: 'cancelled' }, now })
  })
}

/**
 * Makes the next attempt of an execution that failed, timed out or was cancelled: a new pending
 * one of the same run. An attempt has one next attempt at most (`JEEX_RETRY_TAKEN`).
 */
export async function retryExecution(
  tx: Sql,
  actor: Actor,
  id: string,
  now: Date,
): Promise<ExecutionRow> {
  const before = await lockById(tx, actor, id)
  if (!mayBeRetried(before.status)) throw fail('JEEX_STATE_FORBIDDEN', { status: before.status })
  const { project_id, agent_type, correlation_id, parent_execution_id, input_data, model } = before
  return addExecution(
    tx,
    actor,
    {
      projectId: project_id,
      agent_type,
      correlation_id,
      parent_execution_id: parent_execution_id ?? undefined,
      input_data: input_data as NewExecution['input_data'],
      model: model ?? undefined,
      retryOf: id,
      attempt: before.attempt + 1,
    },
    now,
  )
}

async function lockById(tx: Sql, actor: Actor, id: string): Promise<ExecutionRow> {
  const [place] = await findProjectOfExecution(tx, id, actor.id)
  if (place === undefined) throw fail('JEEX_EXECUTION_UNKNOWN')
  await requireProject(tx, actor, place.project_id)
  const [row] = await lockExecution(tx, place.project_id, actor.id, id)
  if (row === undefined) throw fail('JEEX_EXECUTION_UNKNOWN')
  return row
}

interface Addition extends NewExecution {
  readonly projectId: string
  readonly retryOf: string | null
  readonly attempt: number
}

async function addExecution(
  tx: Sql,
  actor: Actor,
  addition: Addition,
  now: Date,
): Promise<ExecutionRow> {
  const rows = await insertExecution(
    tx,
    addition.projectId,
    actor.id,
    addition.agent_type,
    addition.correlation_id ?? actor.correlationId,
    addition.parent_execution_id ?? null,
    addition.retryOf,
    addition.attempt,
    JSON.stringify(addition.input_data),
    addition.model ?? null,
    now,
  )
  const after = rows[0] as ExecutionRow
  const action = addition.retryOf === null ? 'execution.create' : 'execution.retry'
  await audit(tx, actor, { action, after, at: now })
  return after
}

/** Applies a report to an execution that the transaction has locked. */
export async function applyChange(
  tx: Sql,
  actor: Actor,
  before: ExecutionRow,
  { change, now }: { readonly change: ExecutionChange; readonly now: Date },
): Promise<ExecutionRow> {
  const to = change.status ?? before.status
  const stays = to === before.status
  if (isEnd(before.status) || !(stays || mayBecome(before.status, to))) {
    throw fail('JEEX_STATE_FORBIDDEN', { from: before.status, to })
  }
  const times = stays ? before : timesAfter(before, to, now)
  const rows = await updateExecution(
    tx,
    before.id,
    to,
    change.output_data === undefined ? null : JSON.stringify(change.output_data),
    change.error_message ?? null,
    change.model ?? null,
    change.tokens_in ?? null,
    change.tokens_out ?? null,
    change.cost ?? null,
    times.started_at,
    times.completed_at,
    times.duration_ms,
  )
  const after = rows[0] as ExecutionRow
  await audit(tx, actor, { action: `execution.${to}`, before, after, at: now })
  return after
}

/** What a caller is told of a refused item; undefined for what is no fault of the item. */
function refusalOf(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error.status < 500 ? error : undefined
  const constraint = uniqueViolation(error) ?? constraintOf(error)
  return constraint === undefined ? undefined : constraintErrors[constraint]?.()
}

function constraintOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('constraint' in error)) return undefined
  return typeof error.constraint === 'string' ? error.constraint : undefined
}

interface ExecutionAudit {
  readonly action: string
  readonly before?: ExecutionRow
  readonly after: ExecutionRow
  readonly at: Date
}

/** Data of agents may be large and is not repeated in the log. */
function summaryOf({ input_data: _in, output_data: _out, ...rest }: ExecutionRow): object {
  return rest
}

function audit(tx: Sql, actor: Actor, entry: ExecutionAudit): Promise<void> {
  const { action, before, after, at } = entry
  return recordAudit(tx, {
    action,
    ...(before === undefined ? {} : { before: summaryOf(before) }),
    after: summaryOf(after),
    at,
    projectId: after.project_id,
    ownerId: actor.id,
    actor: actor.id,
    entity: 'execution',
    entityId: after.id,
    correlationId: after.correlation_id,
  })
}
