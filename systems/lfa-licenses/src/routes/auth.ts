import {
  closeSession,
  email,
  limitGuesses,
  openSession,
  refuseCrossSite,
  text,
  type App,
} from 'service-kit'
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

const credentials = z.strictObject({ email, password: text({ max: 200 }) })

const accountOf = ({ body }: { readonly body: unknown }): string =>
  (body as z.infer<typeof credentials>).email

/** Signing in, and what everyone may do with the own account. */
export function authRoutes(app: App, service: Service, options: SignInOptions): void {
  tokenRoute(app, service, options)
  sessionRoutes(app, service, options)
  accountRoutes(app, service, options)
}

function tokenRoute(app: App, service: Service, options: SignInOptions): void {
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
}

/** The same for pages, whose token lies in a cookie that no script can read. */
function sessionRoutes(app: App, service: Service, options: SignInOptions): void {
  const config = access.anyone
  const answer = z.object({ user: userRow.nullable() })

  app.post(
    '/auth/session',
    {
      config,
      preHandler: limitGuesses(app, options.limit, accountOf),
      schema: {
        tags,
        summary: 'Sign a browser in: its pages send the cookie, no other site can use it',
        body: credentials,
        response: { 200: answer },
      },
    },
    async (request, reply) => {
      refuseCrossSite(request, 'allowed')
      const actor = await signIn(service, request.body.email, request.body.password)
      const token = app.issueToken({ subject: String(actor.id), role: actor.role })
      openSession(request, reply, { token, lifetimeS: options.tokenLifetimeS })
      return { user: (await findUser(service.pool, actor.id))[0] ?? null }
    },
  )

  app.get(
    '/auth/session',
    {
      config,
      schema: { tags, summary: 'Who is signed in, if anybody', response: { 200: answer } },
    },
    async (request) => {
      const identity = await app.identify(request)
      if (identity === undefined) return { user: null }
      return { user: (await findUser(service.pool, Number(identity.subject)))[0] ?? null }
    },
  )

  app.delete(
    '/auth/session',
    { config, schema: { tags, summary: 'Sign the browser out', response: { 204: z.null() } } },
    async (request, reply) => {
      refuseCrossSite(request, 'allowed')
      closeSession(request, reply)
      return reply.code(204).send(null)
    },
  )
}

function accountRoutes(app: App, service: Service, options: SignInOptions): void {
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
