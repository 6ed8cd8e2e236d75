import type { App } from 'service-kit'
import { z } from 'zod'
import { access, actorOf } from '../actor.ts'
import { ownCards } from '../operation/card.ts'
import { licenseCard } from '../schema/card.ts'
import { certificate } from '../schema/certificate.ts'
import type { Service } from '../service.ts'
import { readCertificatesOf } from '../store/certificate.ts'

/** What the holder of licences sees first. */
export function cardRoutes(app: App, service: Service): void {
  app.get(
    '/licenses/cards',
    {
      config: access.signedIn,
      schema: {
        tags: ['Licences'],
        summary: 'The four specializations for the caller, with what the next level takes',
        response: { 200: z.array(licenseCard) },
      },
    },
    (request) => ownCards(service, actorOf(request)),
  )

  app.get(
    '/certificates/mine',
    {
      config: access.signedIn,
      schema: {
        tags: ['Certificates'],
        summary: 'The own certificates, newest first',
        response: { 200: z.array(certificate) },
      },
    },
    (request) => readCertificatesOf(service.pool, actorOf(request).id),
  )
}
