import { energyAt } from '../rule/energy.ts'
import type { StoredCharacter } from '../store/character.ts'

/** A character as callers see it: with the energy that it has now. */
export type CharacterView = Omit<
  StoredCharacter,
  'energy' | 'energy_updated_at' | 'rested_at' | 'energy_regen'
> & { readonly social_energy: number }

/** The character at a moment. */
export function viewOf(stored: StoredCharacter, now: Date): CharacterView {
  const { energy, energy_updated_at, rested_at: _rested, energy_regen, ...shown } = stored
  const social_energy =
    energyAt(
      {
        energy,
        updatedAtMs: energy_updated_at.getTime(),
        extraversion: stored.personality_traits.extraversion,
        regeneration: energy_regen,
      },
      now.getTime(),
    ) / 1_000
  return { ...shown, social_energy }
}
