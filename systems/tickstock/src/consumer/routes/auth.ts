import { verifyPassword, type App } from 'service-kit'
import { signInRoutes } from 'service-kit/serving'
import { z } from 'zod'
import type { Consumer } from '../consumer.ts'
import { fail } from '../error.ts'
import { roles } from '../role.ts'
import { endSessions, findByEmail, findUser } from '../store/user.ts'

const user = z.object({ id: z.uuid(), email: z.string(), name: z.string(), role: z.enum(roles) })

/** Signing in: a token for programs, a session for pages. */
export function authRoutes(app: App, { pool, accounts, env }: Consumer): void {
  signInRoutes(app, {
    tag: 'Accounts',
    user,
    userId: z.string(),
    tokenLifetimeS: env.TOKEN_LIFETIME_S,
    limit: { max: env.SIGN_IN_LIMIT_MAX, windowMs: env.RATE_LIMIT_WINDOW_MS },
    async signIn(email, password) {
      const [found] = await findByEmail(pool, email)
      const isRight = await verifyPassword(password, found?.password_hash)
      if (found === undefined || !isRight) throw fail('TICK_SIGN_IN_REFUSED')
      return found
    },
    async endSessions(subject) {
      await endSessions(pool, subject)
      accounts.forget(subject)
    },
    async findUser({ subject }) {
      const [found] = await findUser(pool, subject)
      return found
    },
  })
}
