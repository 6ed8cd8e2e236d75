import type { App } from 'service-kit'
import { signInRoutes } from 'service-kit/serving'
import { z } from 'zod'
import type { Role } from '../actor.ts'
import { signIn, signOut } from '../operation/user.ts'
import { userRow } from '../schema/user.ts'
import type { Service } from '../service.ts'
import { findUser } from '../store/user.ts'

/** Signing in: a token for programs, a session for pages. */
export function authRoutes(app: App, service: Service): void {
  const { env, database } = service
  signInRoutes(app, {
    tag: 'Accounts',
    user: userRow,
    userId: z.string(),
    tokenLifetimeS: env.TOKEN_LIFETIME_S,
    limit: { max: env.SIGN_IN_LIMIT_MAX, windowMs: env.RATE_LIMIT_WINDOW_MS },
    signIn: (email, password) => signIn(service, email, password),
    endSessions: (subject) => signOut(service, subject),
    findUser: async ({ subject, role }) => {
      const caller = { id: subject, role: role as Role }
      const [user] = await database.read(caller, (sql) => findUser(sql, subject))
      return user
    },
  })
}
