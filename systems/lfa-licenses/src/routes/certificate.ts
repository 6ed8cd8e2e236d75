import { inTransaction, recordAudit, type App } from 'service-kit'
import { z } from 'zod'
import { access, actorOf } from '../actor.ts'
import { fail } from '../error.ts'
import { certificate, verification, type Certificate } from '../schema/certificate.ts'
import { reason } from '../schema/request.ts'
import type { Service } from '../service.ts'
import { findCertificate, revokeCertificate } from '../store/certificate.ts'

const tags = ['Certificates']
const params = z.strictObject({ code: z.string().regex(/^[A-Z2-9]{1,40}$/, 'Not a code') })

/** Verification of certificates by anyone, and their revocation. */
export function certificateRoutes(app: App, service: Service): void {
  const { pool, clock } = service

  app.get(
    '/verify/:code',
    {
      config: access.anyone,
      schema: {
        tags,
        summary: 'What a certificate says, and whether it still stands',
        params,
        response: { 200: verification },
      },
    },
    async (request) => {
      const found = known(await findCertificate(pool, request.params.code))
      const status = found.revoked_at === null ? ('valid' as const) : ('revoked' as const)
      return { ...found, status }
    },
  )

  app.post(
    '/certificates/:code/revoke',
    {
      config: access.admin,
      schema: {
        tags,
        summary: 'Revoke a certificate, for a reason',
        params,
        body: z.strictObject({ reason }),
        response: { 200: certificate },
      },
    },
    (request) =>
      inTransaction(pool, async (tx) => {
        const { code } = request.params
        const { reason: why } = request.body
        const at = clock.now()
        const [revoked] = await revokeCertificate(tx, code, why, at)
        if (revoked === undefined) return known(await findCertificate(tx, code))
        await recordAudit(tx, {
          actorId: actorOf(request).id,
          action: 'certificate.revoke',
          entity: 'certificate',
          entityId: revoked.id,
          before: { code, revoked_at: null },
          after: { code, revoked_at: at, reason: why },
          at,
        })
        return revoked
      }),
  )
}

function known(rows: readonly Certificate[]): Certificate {
  if (rows[0] === undefined) throw fail('LFA_CERTIFICATE_UNKNOWN')
  return rows[0]
}
