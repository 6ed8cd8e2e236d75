import {
  email,
  hashPassword,
  passwordMin,
  requestError,
  text,
  verifyPassword,
  type Account,
  type App,
  type Identity,
  type SignedIn,
} from 'service-kit'
import { limitGuesses, signInRoutes } from 'service-kit/serving'
import { z } from 'zod'
import { fail } from '../error.ts'
import { callerOf } from '../operation/membership.ts'
import { access as config } from '../schema/common.ts'
import type { Service } from '../service.ts'
import { endSessions, findByEmail, findUser, insertUser, roles, type User } from '../store/user.ts'

const tag = 'Accounts'
const path = '/api/v1/auth'

/** How long after signing in a token may be exchanged for another. */
const signInKeptMs = 7 * 86_400_000

const user = z.object({
  id: z.uuid(),
  email: z.string(),
  username: z.string(),
  role: z.enum(roles),
})

const newUser = z.strictObject({
  email,
  username: text({ max: 64 }).regex(/^[\w.-]+$/, 'Must be letters, digits, ".", "_" or "-"'),
  password: text({ min: passwordMin, max: 200 }),
})

const credentials = z.strictObject({ email, password: text({ max: 200 }) })

const token = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int(),
  user,
})

/** Accounts: making one, signing in for programs and for pages, and a new token for an old one. */
export function authRoutes(app: App, service: Service): void {
  const { pool, env } = service
  const limit = { max: env.SIGN_IN_LIMIT_MAX, windowMs: env.RATE_LIMIT_WINDOW_MS }
  signInRoutes(app, {
    tag,
    user,
    userId: z.string(),
    tokenLifetimeS: env.TOKEN_LIFETIME_S,
    limit,
    signIn: (address, password) => signIn(service, address, password),
    async endSessions(subject) {
      await endSessions(pool, subject)
      await service.cache.changed({ kind: 'session', id: subject })
      service.accounts.forget(subject)
    },
    async findUser({ subject }) {
      const [found] = await findUser(pool, subject)
      return found
    },
  })
  registerRoute(app, service, limit)
  tokenRoutes(app, service, limit)
}

async function signIn(
  { pool }: Service,
  address: string,
  password: string,
): Promise<User & Account> {
  const [found] = await findByEmail(pool, address)
  const isRight = await verifyPassword(password, found?.password_hash)
  if (found === undefined || !isRight) throw fail('CHAR_SIGN_IN_REFUSED')
  const { password_hash: _hash, ...account } = found
  return account
}

type Limit = Parameters<typeof limitGuesses>[1]

const accountOf = ({ body }: { readonly body: unknown }): string =>
  (body as z.infer<typeof credentials>).email

function registerRoute(app: App, { pool }: Service, limit: Limit): void {
  app.post(
    `${path}/register`,
    {
      config: { access: 'public' },
      preHandler: limitGuesses(app, limit, accountOf),
      schema: {
        tags: [tag],
        summary: 'Make an account',
        body: newUser,
        response: { 201: user },
      },
    },
    async ({ body }, reply) => {
      const hash = await hashPassword(body.password)
      const [made] = await insertUser(pool, body.email, body.username, hash)
      reply.status(201)
      return made
    },
  )
}

function tokenRoutes(app: App, service: Service, limit: Limit): void {
  const { env, pool } = service
  const tokenOf = (holder: SignedIn | Identity, account: User): z.output<typeof token> => ({
    access_token: app.issueToken(holder),
    token_type: 'Bearer',
    expires_in: env.TOKEN_LIFETIME_S,
    user: account,
  })
  const self = async (id: string): Promise<User> => {
    const [found] = await findUser(pool, id)
    if (found === undefined) throw fail('CHAR_SIGN_IN_REFUSED')
    return found
  }
  app.post(
    `${path}/login`,
    {
      config: { access: 'public' },
      preHandler: limitGuesses(app, limit, accountOf),
      schema: {
        tags: [tag],
        summary: 'Get a bearer token for an e-mail and a password',
        body: credentials,
        response: { 200: token },
      },
    },
    async ({ body }) => {
      const account = await signIn(service, body.email, body.password)
      return tokenOf({ ...account, subject: account.id }, account)
    },
  )
  app.get(
    `${path}/me`,
    { config, schema: { tags: [tag], summary: 'Who the caller is', response: { 200: user } } },
    (request) => self(callerOf(request)),
  )
  app.post(
    `${path}/refresh`,
    {
      config,
      schema: {
        tags: [tag],
        summary: 'Get a new token before the one that is used expires, for a week after signing in',
        response: { 200: token },
      },
    },
    async ({ headers, identity }) => {
      // The token of a page's session is not for its scripts.
      if (identity === undefined || headers.authorization === undefined) {
        throw requestError('UNAUTHENTICATED')
      }
      const ageMs = Date.now() - identity.signedInAtS * 1_000
      if (ageMs > signInKeptMs) throw fail('CHAR_SIGN_IN_OLD')
      return tokenOf(identity, await self(identity.subject))
    },
  )
}
