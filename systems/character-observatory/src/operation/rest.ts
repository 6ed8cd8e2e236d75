import { inTransaction } from 'service-kit'
import { fail } from '../error.ts'
import { countedUntilMs, energyAt, rested, restEveryMs } from '../rule/energy.ts'
import type { Service } from '../service.ts'
import { lockForRest, writeRest } from '../store/rest.ts'
import { tell } from '../store/event.ts'

/** Lets a character rest: a quarter of its energy comes back, once an hour (CHAR-ENG-07). */
export async function rest({ pool, cache, clock }: Service, characterId: string): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const [found] = await lockForRest(tx, characterId)
    if (found === undefined) throw fail('CHAR_CHARACTER_UNKNOWN')
    const now = clock.now()
    const untilMs = (found.rested_at?.getTime() ?? Number.NEGATIVE_INFINITY) + restEveryMs
    if (now.getTime() < untilMs) {
      throw fail('CHAR_RESTED', { reason: 'rested', wait_ms: untilMs - now.getTime() })
    }
    const stored = {
      energy: found.energy,
      updatedAtMs: found.energy_updated_at.getTime(),
      extraversion: found.extraversion,
      regeneration: found.energy_regen,
    }
    const energy = rested(energyAt(stored, now.getTime()))
    const countedUntil = new Date(countedUntilMs(stored, now.getTime()))
    await writeRest(tx, characterId, energy, countedUntil, now)
    await tell(tx, found.ecosystem_id, 'energy_recovered', {
      characters: [{ id: characterId, energy: energy / 1_000, energy_updated_at: countedUntil }],
    })
  })
  await cache.changed({ kind: 'character', id: characterId })
}
