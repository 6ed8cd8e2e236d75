import { day, email, pageFields, pageSchema, passwordMin, text, type App } from 'service-kit'
import { z } from 'zod'
import { access, actorOf, roles } from '../actor.ts'
import { fail } from '../error.ts'
import { changeUser, createUser, removeUser } from '../operation/user.ts'
import { idParams } from '../schema/request.ts'
import { userRow } from '../schema/user.ts'
import type { Service } from '../service.ts'
import { listUsers } from '../store/list.ts'
import { findUser } from '../store/user.ts'

const tags = ['Users']
const config = access.admin
const name = text({ max: 200 })
const role = z.enum(roles)

/** Accounts, for admins. */
export function userRoutes(app: App, service: Service): void {
  createRoute(app, service)
  readRoutes(app, service)
  changeRoutes(app, service)
}

function createRoute(app: App, service: Service): void {
  app.post(
    '/users',
    {
      config,
      schema: {
        tags,
        summary: 'Make an account; without a password one is generated and shown once',
        body: z.strictObject({
          email,
          name,
          role,
          password: text({ min: passwordMin, max: 200 }).optional(),
          date_of_birth: day.optional(),
          parental_consent: z.boolean().optional(),
        }),
        response: { 201: userRow.extend({ generated_password: z.string().nullable() }) },
      },
    },
    async (request, reply) => {
      const made = await createUser(service, actorOf(request).id, request.body)
      reply.code(201)
      return { ...made.user, generated_password: made.generated_password }
    },
  )
}

function readRoutes(app: App, { pool, db }: Service): void {
  app.get(
    '/users',
    {
      config,
      schema: {
        tags,
        summary: 'Accounts, page by page',
        querystring: z.strictObject({
          role: role.optional(),
          search: text({ max: 100 }).optional(),
          ...pageFields,
        }),
        response: { 200: pageSchema(userRow) },
      },
    },
    (request) => listUsers(db, request.query),
  )

  app.get(
    '/users/:id',
    {
      config,
      schema: { tags, summary: 'One account', params: idParams, response: { 200: userRow } },
    },
    async (request) => {
      const [row] = await findUser(pool, request.params.id)
      if (row === undefined) throw fail('LFA_USER_UNKNOWN')
      return row
    },
  )
}

function changeRoutes(app: App, service: Service): void {
  app.patch(
    '/users/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Change an account; tokens of a closed one are refused at once',
        params: idParams,
        body: z.strictObject({
          name: name.optional(),
          role: role.optional(),
          is_active: z.boolean().optional(),
          date_of_birth: day.optional(),
          parental_consent: z.boolean().optional(),
        }),
        response: { 200: userRow },
      },
    },
    (request) => changeUser(service, actorOf(request), request.params.id, request.body),
  )

  app.delete(
    '/users/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Delete an account with its licences and all that hangs on them',
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await removeUser(service, actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
}
