import { inTransaction } from 'service-kit'
import { channels } from '../../message/channel.ts'
import type { Producer } from '../producer.ts'
import { publish } from '../publication.ts'
import { validateUniverses } from '../store/universe.ts'

/** A universe is healthy while fewer of its members than this are missing. */
const missingMax = 5

/** How many members of a universe are listed, and are traded. */
export interface UniverseHealth {
  readonly universe: string
  readonly members: number
  readonly found: number
  readonly missing: number
  readonly active: number
  /** 100 for a universe without members. */
  readonly found_percent: number
  readonly active_percent: number
  readonly healthy: boolean
}

/** Holds the members of every ETF universe against the listed symbols, and tells what it found. */
export async function checkUniverses({ pool }: Pick<Producer, 'pool'>): Promise<UniverseHealth[]> {
  return inTransaction(pool, async (tx) => {
    const validated = await validateUniverses(tx)
    const universes = validated.map(({ universe, members, found, active }) => ({
      universe,
      members,
      found,
      missing: members - found,
      active,
      found_percent: percentOf(found, members),
      active_percent: percentOf(active, members),
      healthy: members - found < missingMax,
    }))
    await publish(tx, channels.validationComplete, 'validation_complete', { universes })
    return universes
  })
}

function percentOf(part: number, whole: number): number {
  return whole === 0 ? 100 : Number(((100 * part) / whole).toFixed(1))
}
