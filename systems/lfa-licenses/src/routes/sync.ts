import { idText, pageFields, pageSchema, pageWindow, text, toPage, type App } from 'service-kit'
import { z } from 'zod'
import { access, actorOf } from '../actor.ts'
import { coupledSpecializations } from '../coupled.ts'
import { fail } from '../error.ts'
import { violationKinds } from '../integrity.ts'
import { repairAll, repairUser } from '../operation/bulk-repair.ts'
import type { Monitor } from '../operation/health-check.ts'
import { repairPair, validateConsistency, withAction } from '../operation/repair.ts'
import { bulkRepair, consistency, inconsistency, repair } from '../schema/progress.ts'
import { directions } from '../repair-plan.ts'
import { flagText, idParams } from '../schema/request.ts'
import { listFindings } from '../store/inconsistency.ts'
import { findUser } from '../store/user.ts'

const tags = ['Repair']
const config = access.admin
const specialization = z.enum(coupledSpecializations)
const direction = z
  .enum(directions)
  .default('progress_to_license')
  .describe('Which side is believed where the levels differ; progress, unless said otherwise')
const dryRun = z.strictObject({ dry_run: flagText.default(false) })

/** Finding and repairing what is wrong between progress and licences, for admins. */
export function syncRoutes(app: App, monitor: Monitor): void {
  listRoute(app, monitor)
  pairRoutes(app, monitor)
  bulkRoutes(app, monitor)
}

function listRoute(app: App, { service }: Monitor): void {
  app.get(
    '/licenses/admin/sync/desync-issues',
    {
      config,
      schema: {
        tags,
        summary: 'What is wrong now, looked up at once and not stored',
        querystring: z.strictObject({
          user_id: idText.optional(),
          specialization: text({ max: 50 }).optional(),
          kind: z.enum(violationKinds).optional(),
          ...pageFields,
        }),
        response: { 200: pageSchema(inconsistency) },
      },
    },
    async (request) => {
      const { user_id = null, specialization: spec = null, kind = null, ...page } = request.query
      const list = (limit: number, offset: number): ReturnType<typeof listFindings> =>
        listFindings(service.pool, service.clock.now(), user_id, spec, kind, limit, offset)
      const { limit, offset } = pageWindow(page)
      const rows = await list(limit, offset)
      return toPage(
        page,
        rows.map(({ total: _total, ...finding }) => withAction(finding)),
        async () => rows[0]?.total ?? (await list(1, 0))[0]?.total ?? 0,
      )
    },
  )
}

function pairRoutes(app: App, { service, cache }: Monitor): void {
  app.get(
    '/licenses/admin/sync/user/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Whether progress and licence of a user agree',
        params: idParams,
        querystring: z.strictObject({ specialization_id: specialization }),
        response: { 200: consistency },
      },
    },
    async (request) => {
      const { id: userId } = request.params
      await requireUser(service, userId)
      const pair = { userId, specialization: request.query.specialization_id }
      return validateConsistency(service.pool, pair, service.clock.now())
    },
  )

  app.post(
    '/licenses/admin/sync/user/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Repair one specialization of a user, and look again',
        params: idParams,
        querystring: dryRun,
        body: z.strictObject({ specialization_id: specialization, direction }),
        response: { 200: repair },
      },
    },
    async (request) => {
      const { id: userId } = request.params
      await requireUser(service, userId)
      const { specialization_id: spec, direction: believed } = request.body
      const result = await repairPair(
        service,
        { userId, specialization: spec },
        {
          direction: believed,
          dryRun: request.query.dry_run,
          actorId: actorOf(request).id,
        },
      )
      request.log.info({ sync_result: result }, 'pair repaired')
      if (result.changed) await cache.drop()
      return result
    },
  )
}

function bulkRoutes(app: App, { service, cache }: Monitor): void {
  app.post(
    '/licenses/admin/sync/user/:id/all',
    {
      config,
      schema: {
        tags,
        summary: 'Repair every specialization of a user',
        params: idParams,
        querystring: dryRun,
        body: z.strictObject({ direction }).default({ direction: 'progress_to_license' }),
        response: { 200: bulkRepair },
      },
    },
    async (request) => {
      const { id: userId } = request.params
      await requireUser(service, userId)
      const result = await repairUser(service, userId, {
        direction: request.body.direction,
        dryRun: request.query.dry_run,
        actorId: actorOf(request).id,
      })
      await cache.drop()
      return result
    },
  )

  app.post(
    '/licenses/admin/sync/all',
    {
      config,
      schema: {
        tags,
        summary: 'Repair everybody; one process does it at a time',
        querystring: dryRun,
        body: z
          .strictObject({ direction, specialization_id: specialization.optional() })
          .default({ direction: 'progress_to_license' }),
        response: { 200: bulkRepair },
      },
    },
    async (request) => {
      const result = await repairAll(service, {
        direction: request.body.direction,
        specialization: request.body.specialization_id ?? null,
        dryRun: request.query.dry_run,
        actorId: actorOf(request).id,
      })
      const { results: _results, ...sums } = result
      request.log.info({ sync_result: sums }, 'everybody repaired')
      await cache.drop()
      return result
    },
  )
}

async function requireUser({ pool }: Monitor['service'], userId: number): Promise<void> {
  const [user] = await findUser(pool, userId)
  if (user === undefined) throw fail('LFA_USER_UNKNOWN')
}
