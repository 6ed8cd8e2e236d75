import { idempotencyHeaders, type App } from 'service-kit'
import { z } from 'zod'
import { access, actorOf } from '../actor.ts'
import { etagOf, optionalVersionHeaders, versionHeaders } from '../etag.ts'
import { doOnce } from '../operation/once.ts'
import {
  changeProject,
  createProject,
  deleteProject,
  requireProject,
} from '../operation/project.ts'
import { readOrRemember } from '../operation/read.ts'
import { listFields, listSchema } from '../schema/list.ts'
import { newProject, projectChange, projectRow } from '../schema/project.ts'
import { projectParams } from '../schema/request.ts'
import type { Service } from '../service.ts'
import { listProjects } from '../store/project.ts'
import { projectStatuses } from '../vocabulary.ts'

const tags = ['Projects']

/** The caller's own projects. */
export function projectRoutes(app: App, service: Service): void {
  const { database, clock } = service

  app.post(
    '/projects',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Create a project',
        headers: idempotencyHeaders,
        body: newProject,
        response: { 201: projectRow },
      },
    },
    async (request, reply) => {
      const project = await doOnce(service, request, reply, (tx) =>
        createProject(tx, actorOf(request), request.body, clock.now()),
      )
      reply.code(201).header('etag', etagOf(project)).header('location', `/projects/${project.id}`)
      return project
    },
  )

  app.get(
    '/projects',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'The own projects, newest first',
        querystring: z.strictObject({ status: z.enum(projectStatuses).optional(), ...listFields }),
        response: { 200: listSchema(projectRow) },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      return readOrRemember(service, request, reply, () =>
        database.read(actor, (sql) => listProjects(sql, actor.id, request.query)),
      )
    },
  )

  app.get(
    '/projects/:id',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'One project; its ETag names the version',
        params: projectParams,
        response: { 200: projectRow },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const project = await readOrRemember(service, request, reply, () =>
        database.read(actor, (sql) => requireProject(sql, actor, request.params.id)),
      )
      reply.header('etag', etagOf(project))
      return project
    },
  )

  projectChangeRoutes(app, service)
}

function projectChangeRoutes(app: App, service: Service): void {
  app.put(
    '/projects/:id',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Change a project; If-Match says which version',
        params: projectParams,
        headers: versionHeaders,
        body: projectChange,
        response: { 200: projectRow },
      },
    },
    async (request, reply) => {
      const project = await changeProject(service, actorOf(request), request.params.id, {
        version: request.headers['if-match'],
        change: request.body,
      })
      reply.header('etag', etagOf(project))
      return project
    },
  )

  app.delete(
    '/projects/:id',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Delete a project: it and all below it become invisible, and stay stored',
        params: projectParams,
        headers: optionalVersionHeaders,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const version = request.headers['if-match']
      await deleteProject(service, actorOf(request), request.params.id, version)
      return reply.code(204).send(null)
    },
  )
}
