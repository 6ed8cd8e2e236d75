import { hashPassword, verifyPassword, type Account } from 'service-kit'
import { forgetAccount } from '../account.ts'
import type { Actor, Role } from '../actor.ts'
import { fail } from '../error.ts'
import type { UserRow } from '../schema/user.ts'
import type { Service } from '../service.ts'
import {
  endSessions,
  findCredentials,
  insertUser,
  markSignedIn,
  updateProfile,
} from '../store/user.ts'

/** The user that an e-mail and a password belong to. */
export async function signIn(
  { database, clock }: Service,
  email: string,
  password: string,
): Promise<UserRow & Account> {
  const [found] = await database.asService((sql) => findCredentials(sql, email))
  const isRight = await verifyPassword(password, found?.password_hash)
  if (found === undefined || !isRight) throw fail('JEEX_SIGN_IN_REFUSED')
  const rows = await database.write(found, (tx) => markSignedIn(tx, found.id, clock.now()))
  return { ...(rows[0] as UserRow), epoch: found.epoch }
}

/** Signs a user out everywhere. */
export async function signOut(
  { database, redis, accounts }: Service,
  subject: string,
): Promise<void> {
  await database.asService((sql) => endSessions(sql, subject))
  accounts.forget(subject)
  await forgetAccount(redis, subject)
}

/** Who is to have an account. */
export interface NewUser {
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly password: string
}

/** Makes an account; only operators may. */
export async function createUser(
  { database, clock }: Pick<Service, 'database' | 'clock'>,
  actor: Pick<Actor, 'id' | 'role'>,
  { email, name, role, password }: NewUser,
): Promise<UserRow> {
  const hash = await hashPassword(password)
  const rows = await database.write(actor, (tx) =>
    insertUser(tx, email, name, role, hash, clock.now()),
  )
  return rows[0] as UserRow
}

/** Changes the caller's own name and data. */
export async function changeProfile(
  { database }: Service,
  actor: Actor,
  change: { readonly name?: string | undefined; readonly profile_data?: object | undefined },
): Promise<UserRow> {
  const { name = null, profile_data } = change
  const data = profile_data === undefined ? null : JSON.stringify(profile_data)
  const [row] = await database.write(actor, (tx) => updateProfile(tx, actor.id, name, data))
  if (row === undefined) throw fail('JEEX_USER_UNKNOWN')
  return row
}
