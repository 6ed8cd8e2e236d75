import { statement } from 'service-kit'
import type { Role } from '../role.ts'

/** Somebody who may look. */
export interface User {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: Role
}

export const insertUser = statement<
  { id: string },
  [email: string, name: string, role: Role, passwordHash: string]
>(
  'user-insert',
  `insert into consumer.users (email, name, role, password_hash) values ($1, $2, $3, $4)
   returning id`,
)

export const findUser = statement<User, [id: string]>(
  'user-find',
  'select id, email, name, role from consumer.users where id = $1 and active',
)

export const findByEmail = statement<
  User & { epoch: number; password_hash: string },
  [email: string]
>(
  'user-find-by-email',
  `select id, email, name, role, session_epoch as epoch, password_hash from consumer.users
   where email = $1 and active`,
)

/** What an account that may be used is at this moment. */
export const findAccount = statement<{ role: Role; epoch: number }, [id: string]>(
  'user-account',
  'select role, session_epoch as epoch from consumer.users where id = $1 and active',
)

/** Ends every session of an account. */
export const endSessions = statement<never, [id: string]>(
  'user-end-sessions',
  'update consumer.users set session_epoch = session_epoch + 1 where id = $1',
)
