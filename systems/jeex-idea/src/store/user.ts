import { statement } from 'service-kit'
import type { Role } from '../actor.ts'
import type { UserRow } from '../schema/user.ts'

const columns = 'id, email, name, role, profile_data, last_login_at, created_at'

export const findCredentials = statement<
  { id: string; role: Role; epoch: number; password_hash: string },
  [email: string]
>(
  'user-find-credentials',
  'select id, role, session_epoch as epoch, password_hash from find_credentials($1)',
)

/** What an account that may be used is at this moment. */
export const findAccount = statement<{ role: Role; epoch: number }, [id: string]>(
  'user-find-account',
  'select role, session_epoch as epoch from find_account($1)',
)

/** Ends every session of an account. */
export const endSessions = statement<never, [id: string]>(
  'user-end-sessions',
  'select from end_sessions($1)',
)

export const findUser = statement<UserRow, [id: string]>(
  'user-find',
  `select ${columns} from users where id = $1`,
)

export const insertUser = statement<UserRow, [string, string, Role, string, Date]>(
  'user-insert',
  `insert into users (email, name, role, password_hash, created_at, updated_at)
   values ($1, $2, $3, $4, $5, $5) returning ${columns}`,
)

export const markSignedIn = statement<UserRow, [id: string, at: Date]>(
  'user-mark-signed-in',
  `update users set last_login_at = $2 where id = $1 returning ${columns}`,
)

export const updateProfile = statement<UserRow, [string, string | null, string | null]>(
  'user-update-profile',
  `update users set name = coalesce($2, name), profile_data = coalesce($3, profile_data)
   where id = $1 returning ${columns}`,
)
