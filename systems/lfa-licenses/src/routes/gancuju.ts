import { id, idempotencyHeaders, type App } from 'service-kit'
import { z } from 'zod'
import { access, actorOf } from '../actor.ts'
import { nextLevel, stepTo } from '../level.ts'
import { readLicense } from '../operation/license.ts'
import { doOnce } from '../operation/once.ts'
import { creditRecord, demote, gancujuRequirements, promote } from '../operation/promotion.ts'
import { nextStep } from '../schema/level.ts'
import { gancujuLicense } from '../schema/license.ts'
import { idParams, reason } from '../schema/request.ts'
import type { Service } from '../service.ts'
import { ladderOf } from '../store/ladder.ts'
import { nameOf, showGancuju } from '../view.ts'

const tags = ['GANCUJU']
const headers = idempotencyHeaders

/** Competitions, teaching hours and belts. */
export function gancujuRoutes(app: App, service: Service): void {
  recordRoutes(app, service)
  levelRoutes(app, service)
}

function recordRoutes(app: App, service: Service): void {
  app.post(
    '/gancuju/competitions',
    {
      config: access.staff,
      schema: {
        tags,
        summary: 'Record one competition; a win makes eligible and never promotes',
        headers,
        body: z.strictObject({ license_id: id, won: z.boolean() }),
        response: { 200: gancujuLicense },
      },
    },
    (request, reply) =>
      doOnce(service, request, reply, async (tx) => {
        const { license_id, won } = request.body
        const addition = { entered: 1, won: won ? 1 : 0 }
        const of = { id: license_id, addition }
        return showGancuju(await creditRecord(tx, service, actorOf(request), of))
      }),
  )

  app.post(
    '/gancuju/teaching-hours',
    {
      config: access.staff,
      schema: {
        tags,
        summary: 'Credit hours of teaching',
        headers,
        body: z.strictObject({ license_id: id, hours: z.int().min(1).max(1_000) }),
        response: { 200: gancujuLicense },
      },
    },
    (request, reply) =>
      doOnce(service, request, reply, async (tx) => {
        const of = {
          id: request.body.license_id,
          addition: { teachingHours: request.body.hours },
        }
        return showGancuju(await creditRecord(tx, service, actorOf(request), of))
      }),
  )

  app.get(
    '/gancuju/licenses/:id/stats',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'The record of a licence, and what the next level takes',
        params: idParams,
        response: { 200: gancujuLicense.extend({ belt: z.string(), next_level: nextStep }) },
      },
    },
    async (request) => {
      const row = await readLicense(service, actorOf(request), 'GANCUJU', request.params.id)
      const ladder = await ladderOf(service.pool, 'GANCUJU', row.ladder_version)
      const next = nextLevel(ladder, row.current_level)
      return {
        ...showGancuju(row),
        belt: nameOf(ladder, row.current_level),
        next_level: next ? stepTo(next, gancujuRequirements(service, row, next)) : null,
      }
    },
  )
}

function levelRoutes(app: App, service: Service): void {
  app.post(
    '/gancuju/licenses/:id/promote',
    {
      config: access.staff,
      schema: {
        tags,
        summary: 'Promote by one level; level 8 waits for two different admins',
        params: idParams,
        headers,
        body: z
          .strictObject({
            reason: reason.optional(),
            override_reason: reason
              .optional()
              .describe('An admin may promote although requirements are not met'),
          })
          .default({}),
        response: {
          200: z.object({
            license: gancujuLicense,
            promoted: z.boolean(),
            approvals: z.int(),
            approvals_needed: z.int(),
          }),
        },
      },
    },
    (request, reply) =>
      doOnce(service, request, reply, async (tx) => {
        const of = { id: request.params.id, request: request.body }
        const result = await promote(tx, service, actorOf(request), of)
        return { ...result, license: showGancuju(result.license) }
      }),
  )

  app.post(
    '/gancuju/licenses/:id/demote',
    {
      config: access.staff,
      schema: {
        tags,
        summary: 'Take one level back, for a reason; the highest level reached stays',
        params: idParams,
        headers,
        body: z.strictObject({ reason }),
        response: { 200: gancujuLicense },
      },
    },
    (request, reply) =>
      doOnce(service, request, reply, async (tx) => {
        const of = { id: request.params.id, reason: request.body.reason }
        return showGancuju(await demote(tx, service, actorOf(request), of))
      }),
  )
}
