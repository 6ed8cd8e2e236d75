import { idempotencyHeaders, type App } from 'service-kit'
import { z } from 'zod'
import { access, actorOf } from '../actor.ts'
import { fail } from '../error.ts'
import { etagOf, optionalVersionHeaders, versionHeaders } from '../etag.ts'
import { changeDocument, createDocument, deleteDocument } from '../operation/document.ts'
import { doOnce } from '../operation/once.ts'
import { requireProject } from '../operation/project.ts'
import { readOrRemember } from '../operation/read.ts'
import {
  documentChange,
  documentHead,
  documentParams,
  documentRow,
  newDocument,
} from '../schema/document.ts'
import { listFields, listSchema } from '../schema/list.ts'
import { projectParams } from '../schema/request.ts'
import type { Service } from '../service.ts'
import { findDocument, findLatest, listDocuments } from '../store/document.ts'
import { documentTypes } from '../vocabulary.ts'

const tags = ['Documents']
const documentType = z.enum(documentTypes)

/** Document versions of a project. */
export function documentRoutes(app: App, service: Service): void {
  latestRoute(app, service)
  readRoutes(app, service)
  changeRoutes(app, service)
}

function latestRoute(app: App, service: Service): void {
  app.get(
    '/projects/:id/documents/latest',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'The latest version of one type',
        params: projectParams,
        querystring: z.strictObject({ document_type: documentType }),
        response: { 200: documentRow },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { id } = request.params
      const row = await readOrRemember(service, request, reply, () =>
        service.database.read(actor, async (sql) => {
          const [, [document]] = await Promise.all([
            requireProject(sql, actor, id),
            findLatest(sql, id, actor.id, request.query.document_type),
          ])
          if (document === undefined) throw fail('JEEX_DOCUMENT_UNKNOWN')
          return document
        }),
      )
      reply.header('etag', etagOf(row))
      return row
    },
  )
}

function readRoutes(app: App, service: Service): void {
  const { database } = service

  app.get(
    '/projects/:id/documents',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Versions without their text, highest first',
        params: projectParams,
        querystring: z.strictObject({ document_type: documentType.optional(), ...listFields }),
        response: { 200: listSchema(documentHead) },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const place = { project: request.params.id, owner: actor.id }
      return readOrRemember(service, request, reply, () =>
        database.read(actor, async (sql) => {
          const [, list] = await Promise.all([
            requireProject(sql, actor, place.project),
            listDocuments(sql, place, request.query),
          ])
          return list
        }),
      )
    },
  )

  app.get(
    '/projects/:id/documents/:document_id',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'One version; its ETag names the state of its data and scores',
        params: documentParams,
        response: { 200: documentRow },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { id, document_id } = request.params
      const row = await readOrRemember(service, request, reply, () =>
        database.read(actor, async (sql) => {
          const [, [document]] = await Promise.all([
            requireProject(sql, actor, id),
            findDocument(sql, id, actor.id, document_id),
          ])
          if (document === undefined) throw fail('JEEX_DOCUMENT_UNKNOWN')
          return document
        }),
      )
      reply.header('etag', etagOf(row))
      return row
    },
  )
}

function changeRoutes(app: App, service: Service): void {
  app.post(
    '/projects/:id/documents',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Add the next version of a document',
        params: projectParams,
        headers: idempotencyHeaders,
        body: newDocument,
        response: { 201: documentRow },
      },
    },
    async (request, reply) => {
      const row = await doOnce(service, request, reply, (tx) =>
        createDocument(tx, actorOf(request), request.params.id, {
          request: request.body,
          now: service.clock.now(),
        }),
      )
      reply.code(201).header('etag', etagOf(row))
      return row
    },
  )

  app.put(
    '/projects/:id/documents/:document_id',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Change a document: another text is the next version, the rest changes in place',
        params: documentParams,
        headers: versionHeaders,
        body: documentChange,
        response: { 200: documentRow },
      },
    },
    async (request, reply) => {
      const { id: projectId, document_id: id } = request.params
      const place = { projectId, id }
      const row = await changeDocument(service, actorOf(request), place, {
        version: request.headers['if-match'],
        change: request.body,
      })
      reply.header('etag', etagOf(row))
      return row
    },
  )

  app.delete(
    '/projects/:id/documents/:document_id',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Delete a version: it becomes invisible, its number is not given again',
        params: documentParams,
        headers: optionalVersionHeaders,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { id: projectId, document_id: id } = request.params
      const place = { projectId, id }
      await deleteDocument(service, actorOf(request), place, request.headers['if-match'])
      return reply.code(204).send(null)
    },
  )
}
