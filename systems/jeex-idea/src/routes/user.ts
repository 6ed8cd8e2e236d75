import type { App } from 'service-kit'
import { access, actorOf } from '../actor.ts'
import { fail } from '../error.ts'
import { changeProfile, createUser } from '../operation/user.ts'
import { newUser, profileChange, userRow } from '../schema/user.ts'
import type { Service } from '../service.ts'
import { findUser } from '../store/user.ts'

const tags = ['Accounts']

/** Accounts: the own one, and new ones by operators. */
export function userRoutes(app: App, service: Service): void {
  app.get(
    '/users/me',
    {
      config: access.signedIn,
      schema: { tags, summary: 'The own account', response: { 200: userRow } },
    },
    async (request) => {
      const actor = actorOf(request)
      const [row] = await service.database.read(actor, (sql) => findUser(sql, actor.id))
      if (row === undefined) throw fail('JEEX_USER_UNKNOWN')
      return row
    },
  )

  app.put(
    '/users/me',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Change the own name and profile data',
        body: profileChange,
        response: { 200: userRow },
      },
    },
    async (request) => changeProfile(service, actorOf(request), request.body),
  )

  app.post(
    '/users',
    {
      config: access.operator,
      schema: {
        tags,
        summary: 'Make an account',
        body: newUser,
        response: { 201: userRow },
      },
    },
    async (request, reply) => {
      reply.code(201)
      return createUser(service, actorOf(request), request.body)
    },
  )
}
