import { id, idempotencyHeaders, inTransaction, recordAudit, text, type App } from 'service-kit'
import { z } from 'zod'
import { access, actorOf } from '../actor.ts'
import { fail } from '../error.ts'
import { lockLicense } from '../operation/license.ts'
import { doOnce } from '../operation/once.ts'
import { renewInternshipLicense } from '../operation/renewal.ts'
import { grantXp, xpSources } from '../operation/xp.ts'
import { programmeXp } from '../programme.ts'
import { internshipLicense } from '../schema/license.ts'
import { idParams, nothing } from '../schema/request.ts'
import type { Service } from '../service.ts'
import { approveCapstone } from '../store/internship.ts'
import { showInternship } from '../view.ts'

const tags = ['INTERNSHIP']
const headers = idempotencyHeaders

/** XP, renewal and the end of the programme. */
export function internshipRoutes(app: App, service: Service): void {
  xpRoute(app, service)

  app.post(
    '/internship/licenses/:id/renew',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Renew for the price in credits, from the expiry or from now',
        params: idParams,
        headers,
        body: nothing,
        response: { 200: internshipLicense },
      },
    },
    (request, reply) =>
      doOnce(service, request, reply, async (tx, key) => {
        const of = { id: request.params.id, key }
        const row = await renewInternshipLicense(tx, service, actorOf(request), of)
        return showInternship(tx, service, row)
      }),
  )

  app.post(
    '/internship/licenses/:id/approve-capstone',
    {
      config: access.admin,
      schema: {
        tags,
        summary: `Approve the capstone, which completes the programme at ${programmeXp} XP`,
        params: idParams,
        body: nothing,
        response: { 200: internshipLicense },
      },
    },
    (request) =>
      inTransaction(service.pool, async (tx) => {
        const actor = actorOf(request)
        const at = service.clock.now()
        const { id: licenseId } = request.params
        const of = { id: licenseId, purpose: 'teach', now: at } as const
        const license = await lockLicense(tx, actor, 'INTERNSHIP', of)
        if (license.total_xp < programmeXp) {
          throw fail('LFA_PROGRAMME_INCOMPLETE', { needed: programmeXp, actual: license.total_xp })
        }
        const [approved] = await approveCapstone(tx, licenseId, actor.id, at)
        if (approved) {
          await recordAudit(tx, {
            actorId: actor.id,
            action: 'license.approve-capstone',
            entity: 'license',
            entityId: licenseId,
            before: { capstone_approved_at: license.capstone_approved_at },
            after: { capstone_approved_at: approved.capstone_approved_at },
            at,
          })
        }
        return showInternship(tx, service, approved ?? license)
      }),
  )
}

function xpRoute(app: App, service: Service): void {
  app.post(
    '/internship/xp',
    {
      config: access.staff,
      schema: {
        tags,
        summary: 'Grant XP, once for each idempotency key; levels follow',
        headers,
        body: z.strictObject({
          license_id: id,
          xp_gained: z.int().min(1).max(1_000_000),
          source: z.enum(xpSources).default('MANUAL'),
          description: text({ max: 500 }).optional(),
        }),
        response: {
          200: z.object({
            transaction_id: z.int(),
            license_id: z.int(),
            xp_gained: z.int(),
            source: z.string(),
            total_xp: z.int(),
            old_level: z.int(),
            new_level: z.int(),
            levels_gained: z.int(),
            leveled_up: z.boolean(),
          }),
        },
      },
    },
    async (request, reply) => {
      const key = request.headers['idempotency-key']
      const { entry, replayed } = await grantXp(service, actorOf(request), request.body, key)
      if (replayed) reply.header('idempotent-replayed', 'true')
      const { level_before, level_after } = entry
      const oldLevel = level_before ?? 1
      const newLevel = level_after ?? oldLevel
      return {
        transaction_id: entry.id,
        license_id: entry.license_id,
        xp_gained: entry.amount,
        source: entry.source,
        total_xp: entry.balance_after,
        old_level: oldLevel,
        new_level: newLevel,
        levels_gained: newLevel - oldLevel,
        leveled_up: newLevel > oldLevel,
      }
    },
  )
}
