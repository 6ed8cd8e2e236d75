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
import { access } from '../actor.ts'
import { signIn } from '../operation/user.ts'
import { userRow } from '../schema/user.ts'
import type { Service } from '../service.ts'
import { findUser } from '../store/user.ts'

const tags = ['Accounts']
const credentials = z.strictObject({ email, password: text({ max: 200 }) })

const accountOf = ({ body }: { readonly body: unknown }): string =>
  (body as z.infer<typeof credentials>).email

/** Signing in: a token for programs, a session for pages. */
export function authRoutes(app: App, service: Service): void {
  const { TOKEN_LIFETIME_S: lifetimeS, SIGN_IN_LIMIT_MAX: max } = service.env
  const limit = { max, windowMs: service.env.RATE_LIMIT_WINDOW_MS }

  app.post(
    '/auth/sign-in',
    {
      config: access.anyone,
      preHandler: limitGuesses(app, limit, accountOf),
      schema: {
        tags,
        summary: 'Get a bearer token for an e-mail and a password',
        body: credentials,
        response: {
          200: z.object({
            access_token: z.string(),
            token_type: z.literal('Bearer'),
            expires_in: z.int(),
            user_id: z.string(),
            role: z.string(),
          }),
        },
      },
    },
    async (request) => {
      const { id, role } = await signIn(service, request.body.email, request.body.password)
      return {
        access_token: app.issueToken({ subject: id, role }),
        token_type: 'Bearer' as const,
        expires_in: lifetimeS,
        user_id: id,
        role,
      }
    },
  )

  sessionRoutes(app, service, { lifetimeS, limit })
}

/** The same for pages, whose token lies in a cookie that no script can read. */
function sessionRoutes(
  app: App,
  service: Service,
  { lifetimeS, limit }: { lifetimeS: number; limit: { max: number; windowMs: number } },
): void {
  const config = access.anyone
  const answer = z.object({ user: userRow.nullable() })

  app.post(
    '/auth/session',
    {
      config,
      preHandler: limitGuesses(app, limit, accountOf),
      schema: {
        tags,
        summary: 'Sign a browser in: its pages send the cookie, no other site can use it',
        body: credentials,
        response: { 200: answer },
      },
    },
    async (request, reply) => {
      refuseCrossSite(request, 'allowed')
      const user = await signIn(service, request.body.email, request.body.password)
      const token = app.issueToken({ subject: user.id, role: user.role })
      openSession(request, reply, { token, lifetimeS })
      return { user }
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
      const caller = { id: identity.subject, role: identity.role as 'user' | 'operator' }
      const [user] = await service.database.read(caller, (sql) => findUser(sql, caller.id))
      return { user: user ?? null }
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
