import { idempotencyHeaders, type App } from 'service-kit'
import { z } from 'zod'
import { access, actorOf } from '../actor.ts'
import type { ExportWorker } from '../export-worker.ts'
import { asOf, openExport, readExport, requestExport } from '../operation/export.ts'
import { doOnce } from '../operation/once.ts'
import { requireProject } from '../operation/project.ts'
import { readOrRemember } from '../operation/read.ts'
import { exportParams, exportRow } from '../schema/export.ts'
import { listFields, listSchema } from '../schema/list.ts'
import { nothing, projectParams, rawAnswer } from '../schema/request.ts'
import type { Service } from '../service.ts'
import { listExports } from '../store/export.ts'

const tags = ['Exports']

/** Packages of a project's latest documents. */
export function exportRoutes(app: App, service: Service, worker: ExportWorker): void {
  const { database, clock } = service

  app.post(
    '/projects/:id/exports',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Ask for an export of the latest version of each document',
        params: projectParams,
        headers: idempotencyHeaders,
        body: nothing,
        response: { 202: exportRow },
      },
    },
    async (request, reply) => {
      const row = await doOnce(service, request, reply, (tx) =>
        requestExport(service, tx, actorOf(request), request.params.id),
      )
      worker.wake()
      reply.code(202).header('location', `/exports/${row.id}`)
      return row
    },
  )

  app.get(
    '/projects/:id/exports',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Exports of a project, newest first',
        params: projectParams,
        querystring: z.strictObject(listFields),
        response: { 200: listSchema(exportRow) },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const place = { project: request.params.id, owner: actor.id }
      return readOrRemember(service, request, reply, async () => {
        const [, list] = await database.read(actor, (sql) =>
          Promise.all([
            requireProject(sql, actor, place.project),
            listExports(sql, place, request.query),
          ]),
        )
        return { ...list, items: list.items.map((row) => asOf(row, clock.now())) }
      })
    },
  )

  fileRoutes(app, service)
}

function fileRoutes(app: App, service: Service): void {
  app.get(
    '/exports/:export_id',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'One export, with its manifest once it is completed',
        params: exportParams,
        response: { 200: exportRow },
      },
    },
    async (request, reply) =>
      readOrRemember(service, request, reply, () =>
        readExport(service, actorOf(request), request.params.export_id),
      ),
  )

  app.get(
    '/exports/:export_id/download',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'The ZIP file; 410 once it has expired',
        params: exportParams,
        response: { 200: rawAnswer('The file', 'application/zip') },
      },
    },
    async (request, reply) => {
      const { row, file } = await openExport(service, actorOf(request), request.params.export_id)
      return reply
        .header('content-type', 'application/zip')
        .header('content-length', row.size_bytes ?? 0)
        .header('content-disposition', `attachment; filename="export-${row.id}.zip"`)
        .header('etag', `"${row.sha256 ?? ''}"`)
        .header('cache-control', 'private, no-store')
        .send(file.createReadStream())
    },
  )
}
