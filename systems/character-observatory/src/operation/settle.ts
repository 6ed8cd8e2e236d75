import type { Sql } from 'service-kit'
import { countedUntilMs, energyAt } from '../rule/energy.ts'
import { lockToSettle, writeEnergies } from '../store/settle.ts'

/** Whose energy is settled: of one character of an ecosystem, or of all. */
interface Settling {
  readonly ecosystem: string
  readonly character: string | null
}

/** The energy of a character as events tell it. */
export interface SettledEnergy {
  readonly id: string
  readonly energy: number
  readonly energy_updated_at: Date
}

/**
 * Stores what has come back until now, which is to be done in the transaction `tx` before what makes
 * energy come back is changed: the change counts from now on, and takes nothing from before
 * (CHAR-ENG-07). Who is full has nothing to settle.
 *
 * @returns what was stored, as it is to be told
 */
export async function settleEnergy(
  tx: Sql,
  { ecosystem, character }: Settling,
  now: Date,
): Promise<readonly SettledEnergy[]> {
  const settled = (await lockToSettle(tx, ecosystem, character)).map((found) => {
    const stored = {
      energy: found.energy,
      updatedAtMs: found.energy_updated_at.getTime(),
      extraversion: found.extraversion,
      regeneration: found.energy_regen,
    }
    return {
      id: found.id,
      energy: energyAt(stored, now.getTime()),
      countedUntil: new Date(countedUntilMs(stored, now.getTime())),
    }
  })
  if (settled.length > 0) {
    await writeEnergies(
      tx,
      settled.map(({ id }) => id),
      settled.map(({ energy }) => energy),
      settled.map(({ countedUntil }) => countedUntil),
    )
  }
  return settled.map(({ id, energy, countedUntil }) => ({
    id,
    energy: energy / 1_000,
    energy_updated_at: countedUntil,
  }))
}
