import type { CharacterView, InteractionKind } from '../api.ts'

/** Below this nobody begins or answers anything; the service refuses it too. */
const energyMin = 0.1

/** What keeps two from an interaction, in words; nothing where they may. */
export function obstacleOf(
  initiator: CharacterView,
  target: CharacterView,
  kind: InteractionKind,
): string | undefined {
  for (const [{ name, social_energy, is_active }, cost] of [
    [initiator, kind.initiator_cost],
    [target, kind.target_cost],
  ] as const) {
    if (!is_active) return `${name} is not active.`
    if (social_energy < energyMin) return `${name} is exhausted and has to rest.`
    if (social_energy < cost) return `${name} has not enough energy for this.`
  }
  return undefined
}
