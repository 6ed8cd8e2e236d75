import { z } from 'zod'
import type { App } from './app.ts'
import type { Account, SignedIn } from './auth.ts'
import { email, text } from './field.ts'
import { limitGuesses } from './rate-limit.ts'
import { closeSession, openSession, refuseCrossSite } from './session.ts'

/** Options of {@link signInRoutes}. */
export interface SignInOptions {
  /** Under which the API's page lists the routes. */
  readonly tag: string
  /** An account as the API shows it. */
  readonly user: z.ZodType
  /** The `id` of an account. */
  readonly userId: z.ZodType<string | number>
  readonly tokenLifetimeS: number
  /** How often a password may be guessed, for each account. */
  readonly limit: { readonly max: number; readonly windowMs: number }
  /** Who has this password. @throws AppError when nobody has. */
  readonly signIn: (
    email: string,
    password: string,
  ) => Promise<Account & { readonly id: string | number }>
  /** Raises the epoch of an account, so that every token that was given for it ends. */
  readonly endSessions: (subject: string) => Promise<void>
  /** The account of who signs a request; `undefined` when it is gone. */
  readonly findUser: (identity: SignedIn) => Promise<unknown>
}

const credentials = z.strictObject({ email, password: text({ max: 200 }) })
const config = { access: 'public' } as const

const accountOf = ({ body }: { readonly body: unknown }): string =>
  (body as z.infer<typeof credentials>).email

/**
 * Adds the routes of signing in: `POST /auth/sign-in` gives programs a bearer token;
 * `POST`, `GET` and `DELETE /auth/session` give pages a token in a cookie that no script can read.
 * Signing out ends what either of them gave.
 */
export function signInRoutes(app: App, options: SignInOptions): void {
  tokenRoute(app, options)
  sessionRoutes(app, options)
}

function tokenRoute(app: App, options: SignInOptions): void {
  app.post(
    '/auth/sign-in',
    {
      config,
      preHandler: limitGuesses(app, options.limit, accountOf),
      schema: {
        tags: [options.tag],
        summary: 'Get a bearer token for an e-mail and a password',
        body: credentials,
        response: {
          200: z.object({
            access_token: z.string(),
            token_type: z.literal('Bearer'),
            expires_in: z.int(),
            user_id: options.userId,
            role: z.string(),
          }),
        },
      },
    },
    async ({ body }) => {
      const { id, role, epoch } = await options.signIn(body.email, body.password)
      return {
        access_token: app.issueToken({ subject: String(id), role, epoch }),
        token_type: 'Bearer' as const,
        expires_in: options.tokenLifetimeS,
        user_id: id,
        role,
      }
    },
  )
}

function sessionRoutes(app: App, options: SignInOptions): void {
  const tags = [options.tag]
  const answer = z.object({ user: options.user.nullable() })

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
      const { email: address, password } = request.body
      const { id, role, epoch } = await options.signIn(address, password)
      const identity = { subject: String(id), role, epoch }
      openSession(request, reply, {
        token: app.issueToken(identity),
        lifetimeS: options.tokenLifetimeS,
      })
      return { user: (await options.findUser(identity)) ?? null }
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
      return { user: (identity && (await options.findUser(identity))) ?? null }
    },
  )

  app.delete(
    '/auth/session',
    {
      config,
      schema: {
        tags,
        summary: 'Sign out everywhere: every session and token of the account ends',
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      refuseCrossSite(request, 'allowed')
      closeSession(request, reply)
      const identity = await app.identify(request)
      if (identity !== undefined) await options.endSessions(identity.subject)
      return reply.code(204).send(null)
    },
  )
}
