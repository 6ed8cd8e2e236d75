import { passwordMin, text, type App, type SignInOptions } from 'service-kit'
import { limitGuesses, renewSession, signInRoutes } from 'service-kit/serving'
import { z } from 'zod'
import { access, actorOf } from '../actor.ts'
import { fail } from '../error.ts'
import { changePassword, signIn, signOut } from '../operation/user.ts'
import { userRow } from '../schema/user.ts'
import type { Service } from '../service.ts'
import { findUser } from '../store/user.ts'

const tag = 'Accounts'
const tags = [tag]

/** How signing in is limited, and how long it holds. */
type SignInLimits = Pick<SignInOptions, 'tokenLifetimeS' | 'limit'>

/** Signing in, and what everyone may do with the own account. */
export function authRoutes(app: App, service: Service, options: SignInLimits): void {
  signInRoutes(app, {
    tag,
    user: userRow,
    userId: z.int(),
    ...options,
    signIn: (email, password) => signIn(service, email, password),
    endSessions: (subject) => signOut(service, subject),
    findUser: async ({ subject }) => (await findUser(service.pool, Number(subject)))[0],
  })
  accountRoutes(app, service, options)
}

function accountRoutes(
  app: App,
  service: Service,
  { limit, tokenLifetimeS: lifetimeS }: SignInLimits,
): void {
  app.get(
    '/users/me',
    {
      config: access.signedIn,
      schema: { tags, summary: 'The own account', response: { 200: userRow } },
    },
    async (request) => {
      const [row] = await findUser(service.pool, actorOf(request).id)
      if (row === undefined) throw fail('LFA_USER_UNKNOWN')
      return row
    },
  )

  app.put(
    '/users/me/password',
    {
      config: access.signedIn,
      preHandler: limitGuesses(app, limit, (request) => `user:${actorOf(request).id}`),
      schema: {
        tags,
        summary: 'Set a new password; every other session and every token of the account ends',
        body: z.strictObject({
          current_password: text({ max: 200 }),
          new_password: text({ min: passwordMin, max: 200 }),
        }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const changed = await changePassword(service, actorOf(request), request.body)
      renewSession(request, reply, { token: app.issueToken(changed), lifetimeS })
      return reply.code(204).send(null)
    },
  )
}
