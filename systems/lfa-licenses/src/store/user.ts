import { statement } from 'service-kit'
import type { Role } from '../actor.ts'
import type { Specialization } from '../specialization.ts'
import type { UserRow } from '../schema/user.ts'

const columns = `id, email, name, role, is_active, date_of_birth, parental_consent, xp_balance,
  created_at`

export const insertUser = statement<
  UserRow,
  [
    email: string,
    name: string,
    role: Role,
    passwordHash: string,
    dateOfBirth: string | null,
    parentalConsent: boolean,
    now: Date,
  ]
>(
  'user-insert',
  `insert into users
     (email, name, role, password_hash, date_of_birth, parental_consent, created_at)
   values ($1, $2, $3, $4, $5, $6, $7) returning ${columns}`,
)

export const findUser = statement<UserRow, [id: number]>(
  'user-by-id',
  `select ${columns} from users where id = $1`,
)

export const lockUser = statement<UserRow, [id: number]>(
  'user-lock',
  `select ${columns} from users where id = $1 for update`,
)

/** Every active admin, locked, so that two of them cannot each remove the other. */
export const lockAdmins = statement<{ id: number }, []>(
  'user-lock-admins',
  `select id from users where role = 'ADMIN' and is_active order by id for no key update`,
)

export const updateUser = statement<
  UserRow,
  [
    id: number,
    name: string | null,
    role: Role | null,
    isActive: boolean | null,
    dateOfBirth: string | null,
    parentalConsent: boolean | null,
  ]
>(
  'user-update',
  `update users
   set name = coalesce($2, name), role = coalesce($3, role),
     is_active = coalesce($4, is_active), date_of_birth = coalesce($5, date_of_birth),
     parental_consent = coalesce($6, parental_consent)
   where id = $1 returning ${columns}`,
)

export const deleteUser = statement<never, [id: number]>(
  'user-delete',
  'delete from users where id = $1',
)

/** What a sign-in needs; no row when the user is unknown or not active. */
export const findCredentials = statement<
  { id: number; role: Role; epoch: number; password_hash: string | null },
  [email: string]
>(
  'user-credentials',
  `select id, role, session_epoch as epoch, password_hash
   from users where email = $1 and is_active`,
)

export const findPasswordHash = statement<{ password_hash: string | null }, [id: number]>(
  'user-password-hash',
  'select password_hash from users where id = $1',
)

/** Sets a password, and ends every session; gives the epoch that begins. */
export const setPasswordHash = statement<{ epoch: number }, [id: number, passwordHash: string]>(
  'user-set-password-hash',
  `update users set password_hash = $2, session_epoch = session_epoch + 1 where id = $1
   returning session_epoch as epoch`,
)

/** Ends every session of an account. */
export const endSessions = statement<never, [id: number]>(
  'user-end-sessions',
  'update users set session_epoch = session_epoch + 1 where id = $1',
)

/** What an account that may be used is at this moment. */
export const findAccount = statement<{ role: Role; epoch: number }, [id: number]>(
  'user-account',
  'select role, session_epoch as epoch from users where id = $1 and is_active',
)

/** What decides whether a user may have a licence. */
export const findApplicant = statement<
  { date_of_birth: string | null; min_age: number },
  [userId: number, specialization: Specialization]
>(
  'user-applicant',
  `select u.date_of_birth, s.min_age from users u
   join specializations s on s.id = $2 and s.is_active where u.id = $1`,
)
