import { email, limitGuesses, text, type App } from 'service-kit'
import { z } from 'zod'
import { access, actorOf } from '../actor.ts'
import { passwordMin } from '../config.ts'
import { fail } from '../error.ts'
import { changePassword, signIn } from '../operation/user.ts'
import { userRow } from '../schema/user.ts'
import type { Service } from '../service.ts'
import { findUser } from '../store/user.ts'

const tags = ['Accounts']

/** How signing in is limited and what it gives. */
export interface SignInOptions {
  readonly tokenLifetimeS: number
  readonly limit: { readonly max: number; readonly windowMs: number }
}

/** Signing in, and what everyone may do with the own account. */
export function authRoutes(app: App, service: Service, options: SignInOptions): void {
  const credentials = z.strictObject({ email, password: text({ max: 200 }) })
  const accountOf = ({ body }: { readonly body: unknown }): string =>
    (body as z.infer<typeof credentials>).email

  app.post(
    '/auth/sign-in',
    {
      config: access.anyone,
      preHandler: limitGuesses(app, options.limit, accountOf),
      schema: {
        tags,
        summary: 'Get a bearer token for an e-mail and a password',
        body: credentials,
        response: {
          200: z.object({
            access_token: z.string(),
            token_type: z.literal('Bearer'),
            expires_in: z.int(),
            user_id: z.int(),
            role: z.string(),
          }),
        },
      },
    },
    async (request) => {
      const actor = await signIn(service, request.body.email, request.body.password)
      return {
        access_token: app.issueToken({ subject: String(actor.id), role: actor.role }),
        token_type: 'Bearer' as const,
        expires_in: options.tokenLifetimeS,
        user_id: actor.id,
        role: actor.role,
      }
    },
  )

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
      preHandler: limitGuesses(app, options.limit, (request) => `user:${actorOf(request).id}`),
      schema: {
        tags,
        summary: 'Set a new password',
        body: z.strictObject({
          current_password: text({ max: 200 }),
          new_password: text({ min: passwordMin, max: 200 }),
        }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await changePassword(service, actorOf(request), request.body)
      return reply.code(204).send(null)
    },
  )
}
