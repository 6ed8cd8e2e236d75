import { id, idempotencyHeaders, type App } from 'service-kit'
import { z } from 'zod'
import { access, actorOf, allowed } from '../actor.ts'
import { coachedAgeGroups } from '../certification.ts'
import { fail } from '../error.ts'
import { nextLevel, stepTo } from '../level.ts'
import { certify, coachRequirements } from '../operation/certification.ts'
import { readLicense } from '../operation/license.ts'
import { doOnce } from '../operation/once.ts'
import { renewCoachLicense } from '../operation/renewal.ts'
import { nextStep } from '../schema/level.ts'
import { coachLicense } from '../schema/license.ts'
import { idParams, nothing, reason } from '../schema/request.ts'
import type { Service } from '../service.ts'
import { addCoachHours } from '../store/coach.ts'
import { ladderOf } from '../store/ladder.ts'
import { licenses } from '../store/license.ts'
import { nameOf, showCoach } from '../view.ts'

const tags = ['COACH']
const headers = idempotencyHeaders

/** Hours, certification and renewal of coaches. */
export function coachRoutes(app: App, service: Service): void {
  hoursRoute(app, service, 'theory')
  hoursRoute(app, service, 'practice')
  hoursRoute(app, service, 'teaching')
  levelRoutes(app, service)

  app.post(
    '/coach/licenses/:id/renew',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Renew from the expiry or from now',
        params: idParams,
        headers,
        body: nothing,
        response: { 200: coachLicense },
      },
    },
    (request, reply) =>
      doOnce(service, request, reply, async (tx) => {
        const { id: licenseId } = request.params
        const row = await renewCoachLicense(tx, service, actorOf(request), licenseId)
        return showCoach(service, row)
      }),
  )
}

function hoursRoute(app: App, service: Service, kind: 'theory' | 'practice' | 'teaching'): void {
  app.post(
    `/coach/${kind}-hours`,
    {
      config: access.staff,
      schema: {
        tags,
        summary: `Credit hours of ${kind}`,
        headers,
        body: z.strictObject({ license_id: id, hours: z.int().min(1).max(1_000) }),
        response: { 200: coachLicense },
      },
    },
    (request, reply) =>
      doOnce(service, request, reply, async (tx) => {
        const actor = actorOf(request)
        const { license_id, hours } = request.body
        const now = service.clock.now()
        const [license] = await licenses.COACH.byId(tx, license_id, actor.id, now)
        allowed(actor, license, 'teach')
        const of = (asked: typeof kind): number => (asked === kind ? hours : 0)
        const [row] = await addCoachHours(
          tx,
          license_id,
          of('theory'),
          of('practice'),
          of('teaching'),
          actor.id,
          now,
        )
        if (row === undefined) throw fail('LFA_LICENSE_INACTIVE')
        return showCoach(service, row)
      }),
  )
}

function levelRoutes(app: App, service: Service): void {
  app.post(
    '/coach/licenses/:id/promote',
    {
      config: access.admin,
      schema: {
        tags,
        summary: 'Certify for the next level after an examination',
        params: idParams,
        headers,
        body: z.strictObject({
          exam_score_percent: z.number().min(0).max(100),
          first_aid_certificate: z.boolean(),
          reason: reason.optional(),
          override_reason: reason
            .optional()
            .describe('Certifies although requirements are not met'),
        }),
        response: { 200: coachLicense },
      },
    },
    (request, reply) =>
      doOnce(service, request, reply, async (tx) => {
        const of = { id: request.params.id, request: request.body }
        return showCoach(service, await certify(tx, service, actorOf(request), of))
      }),
  )

  app.get(
    '/coach/licenses/:id/stats',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'The hours of a licence, and what the next level takes',
        params: idParams,
        response: {
          200: coachLicense.extend({
            certification: z.string(),
            coached_age_groups: z.array(z.string()),
            next_level: nextStep,
          }),
        },
      },
    },
    async (request) => {
      const { pool } = service
      const row = await readLicense(service, actorOf(request), 'COACH', request.params.id)
      const ladder = await ladderOf(pool, 'COACH', row.ladder_version)
      const next = nextLevel(ladder, row.current_level)
      return {
        ...showCoach(service, row),
        certification: nameOf(ladder, row.current_level),
        coached_age_groups: coachedAgeGroups(row.current_level),
        next_level: next ? stepTo(next, await coachRequirements(pool, service, row, next)) : null,
      }
    },
  )
}
