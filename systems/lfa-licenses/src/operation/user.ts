import {
  generatePassword,
  hashPassword,
  inTransaction,
  recordAudit,
  verifyPassword,
  type Account,
  type SignedIn,
  type Sql,
} from 'service-kit'
import type { Actor, Role } from '../actor.ts'
import { fail } from '../error.ts'
import type { UserRow } from '../schema/user.ts'
import type { Service } from '../service.ts'
import { lockLicensesOf } from '../store/license.ts'
import {
  deleteUser,
  endSessions,
  findCredentials,
  findPasswordHash,
  insertUser,
  lockAdmins,
  lockUser,
  setPasswordHash,
  updateUser,
} from '../store/user.ts'

/** Who is to have an account. */
export interface NewUser {
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly password?: string | undefined
  readonly date_of_birth?: string | undefined
  readonly parental_consent?: boolean | undefined
}

/** An account that was made; the password only where it was generated, and only here. */
export interface CreatedUser {
  readonly user: UserRow
  readonly generated_password: string | null
}

/** What may change in an account. */
export interface UserChange {
  readonly name?: string | undefined
  readonly role?: Role | undefined
  readonly is_active?: boolean | undefined
  readonly date_of_birth?: string | undefined
  readonly parental_consent?: boolean | undefined
}

/** Makes an account; `actorId` is null when the operator does it from the command line. */
export async function createUser(
  service: Pick<Service, 'pool' | 'clock'>,
  actorId: number | null,
  request: NewUser,
): Promise<CreatedUser> {
  const now = service.clock.now()
  const password = request.password ?? generatePassword()
  // Before the transaction: hashing takes long, and a connection should not wait for it.
  const hash = await hashPassword(password)
  const user = await inTransaction(service.pool, async (tx) => {
    const { email, name, role, date_of_birth = null, parental_consent = false } = request
    const rows = await insertUser(tx, email, name, role, hash, date_of_birth, parental_consent, now)
    const row = rows[0] as UserRow
    await audit(tx, { actorId, action: 'user.create', id: row.id, after: row, at: now })
    return row
  })
  return { user, generated_password: request.password === undefined ? password : null }
}

/** Changes an account. Throws `LFA_LAST_ADMIN` when no active admin would be left. */
export async function changeUser(
  service: Service,
  actor: Actor,
  id: number,
  change: UserChange,
): Promise<UserRow> {
  const now = service.clock.now()
  const row = await inTransaction(service.pool, async (tx) => {
    const demotes = change.role !== undefined && change.role !== 'ADMIN'
    if (demotes || change.is_active === false) await keepAnAdmin(tx, id)
    const [before] = await lockUser(tx, id)
    if (before === undefined) throw fail('LFA_USER_UNKNOWN')
    const { name = null, role = null, is_active = null } = change
    const { date_of_birth = null, parental_consent = null } = change
    const rows = await updateUser(tx, id, name, role, is_active, date_of_birth, parental_consent)
    const after = rows[0] as UserRow
    await audit(tx, { actorId: actor.id, action: 'user.change', id, before, after, at: now })
    return after
  })
  service.accounts.forget(String(id))
  return row
}

/** Deletes an account with its licences and all that hangs on them; the audit log stays. */
export async function removeUser(service: Service, actor: Actor, id: number): Promise<void> {
  const now = service.clock.now()
  await inTransaction(service.pool, async (tx) => {
    await lockLicensesOf(tx, id)
    await keepAnAdmin(tx, id)
    const [before] = await lockUser(tx, id)
    if (before === undefined) throw fail('LFA_USER_UNKNOWN')
    await deleteUser(tx, id)
    await audit(tx, { actorId: actor.id, action: 'user.delete', id, before, at: now })
  })
  service.accounts.forget(String(id))
}

/** The account that an e-mail and a password belong to. */
export async function signIn(
  service: Pick<Service, 'pool'>,
  email: string,
  password: string,
): Promise<Actor & Account> {
  const [found] = await findCredentials(service.pool, email)
  const isRight = await verifyPassword(password, found?.password_hash ?? undefined)
  if (found === undefined || !isRight) throw fail('LFA_SIGN_IN_REFUSED')
  return { id: found.id, role: found.role, epoch: found.epoch }
}

/**
 * Sets a user's own password after checking the present one, and ends all his sessions; gives what
 * the next one is of.
 */
export async function changePassword(
  service: Service,
  actor: Actor,
  passwords: { readonly current_password: string; readonly new_password: string },
): Promise<SignedIn> {
  const [found] = await findPasswordHash(service.pool, actor.id)
  const stored = found?.password_hash ?? undefined
  if (!(await verifyPassword(passwords.current_password, stored))) throw fail('LFA_PASSWORD_WRONG')
  const hash = await hashPassword(passwords.new_password)
  const epoch = await inTransaction(service.pool, async (tx) => {
    const [changed] = await setPasswordHash(tx, actor.id, hash)
    if (changed === undefined) throw fail('LFA_USER_UNKNOWN')
    const at = service.clock.now()
    await audit(tx, { actorId: actor.id, action: 'user.change-password', id: actor.id, at })
    return changed.epoch
  })
  const subject = String(actor.id)
  service.accounts.forget(subject)
  return { subject, role: actor.role, epoch }
}

/** Signs a user out everywhere. */
export async function signOut({ pool, accounts }: Service, subject: string): Promise<void> {
  await endSessions(pool, Number(subject))
  accounts.forget(subject)
}

/** All admins are locked, so that two of them cannot each remove the other. */
async function keepAnAdmin(tx: Sql, removed: number): Promise<void> {
  const admins = await lockAdmins(tx)
  const isLast = admins.length === 1 && admins[0]?.id === removed
  if (isLast) throw fail('LFA_LAST_ADMIN')
}

interface UserAudit {
  readonly actorId: number | null
  readonly action: string
  readonly id: number
  readonly before?: unknown
  readonly after?: unknown
  readonly at: Date
}

function audit(tx: Sql, { id, ...entry }: UserAudit): Promise<void> {
  return recordAudit(tx, { ...entry, entity: 'user', entityId: id })
}
