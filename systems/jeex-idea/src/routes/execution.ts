import { idempotencyHeaders, uuid, type App } from 'service-kit'
import { z } from 'zod'
import { access, actorOf } from '../actor.ts'
import { fail } from '../error.ts'
import { etagOf, optionalVersionHeaders } from '../etag.ts'
import { executionStates } from '../execution.ts'
import { toFigures } from '../execution-figure.ts'
import {
  cancelExecution,
  changeExecution,
  createExecution,
  createExecutions,
  retryExecution,
} from '../operation/execution.ts'
import { doOnce } from '../operation/once.ts'
import { requireProject } from '../operation/project.ts'
import { readOrRemember } from '../operation/read.ts'
import {
  batchAnswer,
  executionChange,
  executionIdParams,
  executionMetrics,
  executionParams,
  executionRow,
  newExecution,
} from '../schema/execution.ts'
import { listFields, listSchema } from '../schema/list.ts'
import { nothing, projectParams } from '../schema/request.ts'
import type { Service } from '../service.ts'
import {
  findExecution,
  findLastExecutions,
  listExecutions,
  sumExecutions,
} from '../store/execution.ts'
import { agentTypes } from '../vocabulary.ts'

const tags = ['Agent executions']
const dayMs = 86_400_000

/** What agents do in a project. */
export function executionRoutes(app: App, service: Service): void {
  createRoutes(app, service)
  readRoutes(app, service)
  changeRoutes(app, service)
  metricsRoute(app, service)
}

function createRoutes(app: App, service: Service): void {
  const { clock } = service

  app.post(
    '/projects/:id/agents/executions',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Record that an agent was asked; without a correlation_id, that of the request',
        params: projectParams,
        headers: idempotencyHeaders,
        body: newExecution,
        response: { 201: executionRow },
      },
    },
    async (request, reply) => {
      const row = await doOnce(service, request, reply, (tx) =>
        createExecution(tx, actorOf(request), request.params.id, {
          request: request.body,
          now: clock.now(),
        }),
      )
      reply.code(201).header('etag', etagOf(row)).header('x-correlation-id', row.correlation_id)
      return row
    },
  )

  app.post(
    '/projects/:id/agents/executions/batch',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Record many at once; each is kept or refused by itself',
        params: projectParams,
        headers: idempotencyHeaders,
        body: z.strictObject({ executions: z.array(newExecution).min(1).max(100) }),
        response: { 207: batchAnswer },
      },
    },
    async (request, reply) => {
      const answer = await doOnce(service, request, reply, (tx) =>
        createExecutions(tx, actorOf(request), request.params.id, {
          requests: request.body.executions,
          now: clock.now(),
        }),
      )
      reply.code(207)
      return answer
    },
  )
}

function readRoutes(app: App, service: Service): void {
  const { database } = service

  app.get(
    '/projects/:id/agents/executions',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Executions, newest first',
        params: projectParams,
        querystring: z.strictObject({
          status: z.enum(executionStates).optional(),
          agent_type: z.enum(agentTypes).optional(),
          correlation_id: uuid.optional(),
          ...listFields,
        }),
        response: { 200: listSchema(executionRow) },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const place = { project: request.params.id, owner: actor.id }
      return readOrRemember(service, request, reply, () =>
        database.read(actor, async (sql) => {
          const [, list] = await Promise.all([
            requireProject(sql, actor, place.project),
            listExecutions(sql, place, request.query),
          ])
          return list
        }),
      )
    },
  )

  app.get(
    '/projects/:id/agents/executions/:execution_id',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'One execution',
        params: executionParams,
        response: { 200: executionRow },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { id, execution_id } = request.params
      const row = await readOrRemember(service, request, reply, () =>
        database.read(actor, async (sql) => {
          const [, [execution]] = await Promise.all([
            requireProject(sql, actor, id),
            findExecution(sql, id, actor.id, execution_id),
          ])
          if (execution === undefined) throw fail('JEEX_EXECUTION_UNKNOWN')
          return execution
        }),
      )
      reply.header('etag', etagOf(row)).header('x-correlation-id', row.correlation_id)
      return row
    },
  )
}

function changeRoutes(app: App, service: Service): void {
  app.put(
    '/projects/:id/agents/executions/:execution_id',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Report on an execution: its state, output, tokens and cost',
        params: executionParams,
        headers: optionalVersionHeaders,
        body: executionChange,
        response: { 200: executionRow },
      },
    },
    async (request, reply) => {
      const { id: projectId, execution_id: id } = request.params
      const place = { projectId, id }
      const row = await changeExecution(service, actorOf(request), place, {
        version: request.headers['if-match'],
        change: request.body,
      })
      reply.header('etag', etagOf(row)).header('x-correlation-id', row.correlation_id)
      return row
    },
  )

  app.post(
    '/agents/executions/:execution_id/cancel',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Cancel an execution that has not ended',
        params: executionIdParams,
        body: nothing,
        response: { 200: executionRow },
      },
    },
    async (request, reply) => {
      const row = await cancelExecution(service, actorOf(request), request.params.execution_id)
      reply.header('etag', etagOf(row)).header('x-correlation-id', row.correlation_id)
      return row
    },
  )

  app.post(
    '/agents/executions/:execution_id/retry',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Make the next attempt of an execution that did not succeed',
        params: executionIdParams,
        headers: idempotencyHeaders,
        body: nothing,
        response: { 201: executionRow },
      },
    },
    async (request, reply) => {
      const row = await doOnce(service, request, reply, (tx) =>
        retryExecution(tx, actorOf(request), request.params.execution_id, service.clock.now()),
      )
      reply.code(201).header('etag', etagOf(row)).header('x-correlation-id', row.correlation_id)
      return row
    },
  )
}

function metricsRoute(app: App, service: Service): void {
  const days = z
    .string()
    .regex(/^[1-9]\d{0,2}$/, 'Must be a positive whole number')
    .default('30')
    .transform(Number)
    .refine((value) => value <= 365, { message: 'Must be at most 365' })
    .meta({ type: 'integer', minimum: 1, maximum: 365 })

  app.get(
    '/projects/:id/agents/metrics',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Figures over the executions of the last days (UTC, today included)',
        params: projectParams,
        querystring: z.strictObject({ days }),
        response: { 200: executionMetrics },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { id } = request.params
      const since = new Date(service.clock.now().getTime() - (request.query.days - 1) * dayMs)
      return readOrRemember(service, request, reply, async () => {
        const [, sums, last] = await service.database.read(actor, (sql) =>
          Promise.all([
            requireProject(sql, actor, id),
            sumExecutions(sql, id, actor.id, since.toISOString().slice(0, 10)),
            findLastExecutions(sql, id, actor.id),
          ]),
        )
        const types = agentTypes.filter((type) => sums.some((sum) => sum.agent_type === type))
        return {
          days: request.query.days,
          ...toFigures(sums),
          by_agent_type: types.map((type) => ({
            agent_type: type,
            ...toFigures(sums.filter((sum) => sum.agent_type === type)),
          })),
          last,
        }
      })
    },
  )
}
