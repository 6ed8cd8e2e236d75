import type { FastifyRequest } from 'fastify'
import { fail } from '../error.ts'
import type { Membership } from '../schema/ecosystem.ts'
import type { Service } from '../service.ts'
import { findCharacter, type StoredCharacter } from '../store/character.ts'
import { findEcosystem, type Ecosystem } from '../store/ecosystem.ts'

/** What somebody wants to do: see, change what lives there, or rule the ecosystem itself. */
export type Wish = 'see' | 'change' | 'rule'

const allowed: Readonly<Record<Wish, readonly Membership[]>> = {
  see: ['owner', 'editor', 'viewer'],
  change: ['owner', 'editor'],
  rule: ['owner'],
}

/** The id of who sends a request; every route that asks is behind a sign-in. */
export function callerOf({ identity }: Pick<FastifyRequest, 'identity'>): string {
  if (identity === undefined) throw new Error('A route that asks for its caller must not be public')
  return identity.subject
}

/** The ecosystem, if the user may do this in it. @throws CHAR_ECOSYSTEM_UNKNOWN, _FOREIGN */
export async function ecosystemFor(
  { pool }: Service,
  user: string,
  id: string,
  wish: Wish,
): Promise<Ecosystem> {
  const [found] = await findEcosystem(pool, id, user)
  if (found === undefined) throw fail('CHAR_ECOSYSTEM_UNKNOWN')
  const { membership } = found
  if (membership === null || !allowed[wish].includes(membership))
    throw fail('CHAR_ECOSYSTEM_FOREIGN')
  return { ...found, membership }
}

/** The character, if the user may do this with it. @throws CHAR_CHARACTER_UNKNOWN, _FOREIGN */
export async function characterFor(
  { pool }: Service,
  user: string,
  id: string,
  wish: Wish,
): Promise<StoredCharacter> {
  const [found] = await findCharacter(pool, id, user)
  if (found === undefined) throw fail('CHAR_CHARACTER_UNKNOWN')
  const { membership } = found
  if (membership === null || !allowed[wish].includes(membership))
    throw fail('CHAR_ECOSYSTEM_FOREIGN')
  return found
}
