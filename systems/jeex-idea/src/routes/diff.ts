import type { App } from 'service-kit'
import { z } from 'zod'
import { access, actorOf } from '../actor.ts'
import { changedLinesMax, compareTexts } from '../diff.ts'
import { fail } from '../error.ts'
import { requireProject } from '../operation/project.ts'
import { readOrRemember } from '../operation/read.ts'
import { documentDiff } from '../schema/document.ts'
import { projectParams } from '../schema/request.ts'
import type { Service } from '../service.ts'
import { findVersion } from '../store/document.ts'
import { documentTypes } from '../vocabulary.ts'

const version = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, 'Must be a version')
  .transform(Number)
  .meta({ type: 'integer', minimum: 1, maximum: 999_999_999 })

/** What changed between two versions of a document. */
export function diffRoute(app: App, service: Service): void {
  app.get(
    '/projects/:id/documents/diff',
    {
      config: access.signedIn,
      schema: {
        tags: ['Documents'],
        summary: 'What changed between two versions, line by line',
        description:
          `The least that changed; where that is more than ${changedLinesMax} lines, the answer is ` +
          'coarse: all from the first to the last line that differs was removed and added.',
        params: projectParams,
        querystring: z.strictObject({ type: z.enum(documentTypes), from: version, to: version }),
        response: { 200: documentDiff },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { id } = request.params
      const { type, from, to } = request.query
      return readOrRemember(service, request, reply, async () => {
        const [, [older], [newer]] = await service.database.read(actor, (sql) =>
          Promise.all([
            requireProject(sql, actor, id),
            findVersion(sql, id, actor.id, type, from),
            findVersion(sql, id, actor.id, type, to),
          ]),
        )
        if (older === undefined || newer === undefined) throw fail('JEEX_DOCUMENT_UNKNOWN')
        return { document_type: type, from, to, ...compareTexts(older.content, newer.content) }
      })
    },
  )
}
