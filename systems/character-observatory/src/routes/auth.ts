import { signInRoutes, verifyPassword, type App } from 'service-kit'
import { z } from 'zod'
import { fail } from '../error.ts'
import type { Service } from '../service.ts'
import { findByEmail, findUser, roles } from '../store/user.ts'

const user = z.object({
  id: z.uuid(),
  email: z.string(),
  username: z.string(),
  role: z.enum(roles),
})

/** Signing in: a token for programs, a session for pages. */
export function authRoutes(app: App, { pool, env }: Service): void {
  signInRoutes(app, {
    tag: 'Accounts',
    user,
    userId: z.string(),
    tokenLifetimeS: env.TOKEN_LIFETIME_S,
    limit: { max: env.SIGN_IN_LIMIT_MAX, windowMs: env.RATE_LIMIT_WINDOW_MS },
    async signIn(email, password) {
      const [found] = await findByEmail(pool, email)
      const isRight = await verifyPassword(password, found?.password_hash)
      if (found === undefined || !isRight) throw fail('CHAR_SIGN_IN_REFUSED')
      return found
    },
    async findUser({ subject }) {
      const [found] = await findUser(pool, subject)
      return found
    },
  })
}
