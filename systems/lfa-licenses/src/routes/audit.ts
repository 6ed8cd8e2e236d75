import { idText, pageFields, pageSchema, pageWindow, text, toPage, type App } from 'service-kit'
import { z } from 'zod'
import { access } from '../actor.ts'
import { auditEntry } from '../schema/record.ts'
import type { Service } from '../service.ts'
import { countAudit, readAudit } from '../store/record.ts'

/** Who changed what, for admins. */
export function auditRoutes(app: App, { pool }: Service): void {
  app.get(
    '/audit',
    {
      config: access.admin,
      schema: {
        tags: ['Audit'],
        summary: 'Privileged changes, newest first',
        querystring: z.strictObject({
          entity: text({ max: 50 }).optional(),
          entity_id: idText.optional(),
          actor_id: idText.optional(),
          ...pageFields,
        }),
        response: { 200: pageSchema(auditEntry) },
      },
    },
    async (request) => {
      const { entity = null, entity_id = null, actor_id = null, ...page } = request.query
      const { limit, offset } = pageWindow(page)
      const rows = await readAudit(pool, entity, entity_id, actor_id, limit, offset)
      return toPage(page, rows, () => countAudit(pool, entity, entity_id, actor_id))
    },
  )
}
