import { statement } from 'service-kit'

/** The roles of accounts; what somebody may do in an ecosystem is told by his membership. */
export const roles = ['user', 'operator'] as const

export type Role = (typeof roles)[number]

/** An account. */
export interface User {
  readonly id: string
  readonly email: string
  readonly username: string
  readonly role: Role
}

export const insertUser = statement<User, [email: string, username: string, passwordHash: string]>(
  'user-insert',
  `insert into users (email, username, password_hash) values ($1, $2, $3)
   returning id, email, username, role`,
)

export const findUser = statement<User, [id: string]>(
  'user-find',
  'select id, email, username, role from users where id = $1 and is_active',
)

export const findByEmail = statement<
  User & { epoch: number; password_hash: string },
  [email: string]
>(
  'user-find-by-email',
  `select id, email, username, role, session_epoch as epoch, password_hash
   from users where email = $1 and is_active`,
)

/** What an account that may be used is at this moment. */
export const findAccount = statement<{ role: Role; epoch: number }, [id: string]>(
  'user-account',
  'select role, session_epoch as epoch from users where id = $1 and is_active',
)

/** Ends every session of an account. */
export const endSessions = statement<never, [id: string]>(
  'user-end-sessions',
  'update users set session_epoch = session_epoch + 1 where id = $1',
)
