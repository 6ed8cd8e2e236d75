import type { FastifyRequest } from 'fastify'
import { fail } from '../error.ts'
import type { Membership } from '../schema/ecosystem.ts'
import type { Service } from '../service.ts'
import { findCharacter, type StoredCharacter } from '../store/character.ts'
import { findEcosystem, type Ecosystem } from '../store/ecosystem.ts'

/** What somebody wants: see, leave, change what lives there, or rule the ecosystem itself. */
export type Wish = 'see' | 'leave' | 'change' | 'rule'

const allowed: Readonly<Record<Wish, readonly Membership[]>> = {
  see: ['owner', 'editor', 'viewer'],
  leave: ['owner', 'editor', 'viewer'],
  change: ['owner', 'editor'],
  rule: ['owner'],
}

/** The id of who sends a request; every route that asks is behind a sign-in. */
export function callerOf({ identity }: Pick<FastifyRequest, 'identity'>): string {
  if (identity === undefined) throw new Error('A route that asks for its caller must not be public')
  return identity.subject
}

/**
 * The ecosystem, if the user may do this in it. Who only wants to see it may be answered from the
 * cache; who wants to change something is looked up.
 *
 * @throws CHAR_ECOSYSTEM_UNKNOWN, CHAR_ECOSYSTEM_FOREIGN
 */
export async function ecosystemFor(
  service: Pick<Service, 'pool' | 'cache'>,
  user: string,
  id: string,
  wish: Wish,
): Promise<Ecosystem> {
  const find = async (): Promise<Found<Ecosystem> | undefined> =>
    (await findEcosystem(service.pool, id, user))[0]
  const found =
    wish === 'see'
      ? await service.cache.read({ kind: 'ecosystem', id, part: user }, find)
      : await find()
  if (found === undefined) throw fail('CHAR_ECOSYSTEM_UNKNOWN')
  return { ...found, membership: checked(found.membership, wish) }
}

/**
 * The character, if the user may do this with it; from the cache as {@link ecosystemFor} is.
 *
 * @throws CHAR_CHARACTER_UNKNOWN, CHAR_ECOSYSTEM_FOREIGN
 */
export async function characterFor(
  service: Pick<Service, 'pool' | 'cache'>,
  user: string,
  id: string,
  wish: Wish,
): Promise<StoredCharacter> {
  const fresh: { row?: FoundCharacter } = {}
  const find = async (): Promise<KeptCharacter | undefined> => {
    const [row] = await findCharacter(service.pool, id, user)
    if (row === undefined) return undefined
    fresh.row = row
    const { membership: _membership, energy_regen: _regen, ...kept } = row
    return kept
  }
  const kept =
    wish === 'see'
      ? await service.cache.read(
          { kind: 'character', id, versionOf: ({ version }) => version },
          find,
        )
      : await find()
  if (kept === undefined) throw fail('CHAR_CHARACTER_UNKNOWN')
  if (fresh.row !== undefined) {
    checked(fresh.row.membership, wish)
    return fresh.row
  }
  // What belongs to the ecosystem is kept with it, so that its change is one change.
  const { settings } = await ecosystemFor(service, user, kept.ecosystem_id, wish)
  return { ...kept, energy_regen: settings.energy_regen }
}

type Found<Thing> = Omit<Thing, 'membership'> & { readonly membership: Membership | null }

type FoundCharacter = Found<StoredCharacter>

type KeptCharacter = Omit<StoredCharacter, 'energy_regen'>

function checked(membership: Membership | null, wish: Wish): Membership {
  if (membership === null || !allowed[wish].includes(membership))
    throw fail('CHAR_ECOSYSTEM_FOREIGN')
  return membership
}
