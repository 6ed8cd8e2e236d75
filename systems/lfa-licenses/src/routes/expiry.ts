import type { App } from 'service-kit'
import { access, actorOf } from '../actor.ts'
import { readLicense } from '../operation/license.ts'
import { expiry } from '../schema/license.ts'
import { idParams } from '../schema/request.ts'
import type { Service } from '../service.ts'
import { namesOf } from '../specialization.ts'
import { readNotices } from '../store/notice.ts'
import { daysRemaining } from '../validity.ts'
import { statusNow } from '../view.ts'

/** How long the licences that expire are good for. */
export function expiryRoutes(app: App, service: Service): void {
  for (const name of ['INTERNSHIP', 'COACH'] as const) {
    app.get(
      `/${namesOf[name].path}/licenses/:id/expiry`,
      {
        config: access.signedIn,
        schema: {
          tags: [name],
          summary: 'When the licence expires, and which notices were given',
          params: idParams,
          response: { 200: expiry },
        },
      },
      async (request) => {
        const row = await readLicense(service, actorOf(request), name, request.params.id)
        return {
          license_id: row.id,
          expires_at: row.expires_at,
          status: statusNow(service, row.expires_at),
          days_remaining: daysRemaining(row.expires_at, service.clock.now()),
          is_active: row.is_active,
          notices: await readNotices(service.pool, row.id, row.expires_at),
        }
      },
    )
  }
}
