import type { ResponseGenerator } from '../response/response.ts'
import { deedOf, initiatorOf, type Candidate, type Deed } from '../rule/autonomy.ts'
import { energyAt } from '../rule/energy.ts'
import type { Service } from '../service.ts'
import {
  readCandidates,
  readMeetings,
  type Autonomy,
  type StoredCandidate,
} from '../store/autonomy.ts'
import { interact } from './interact.ts'
import type { InteractionResult } from './interaction-result.ts'

/** What came of a tick in which somebody acted. */
export interface Tick {
  readonly deed: Deed
  readonly result: InteractionResult
}

/**
 * One turn in an ecosystem: somebody may do something by itself, in the name of the ecosystem's
 * owner. The same seed in the same state leads to the same.
 *
 * @returns nothing when nobody acts
 */
export async function tick(
  service: Service,
  generator: ResponseGenerator,
  ecosystem: Autonomy,
  seed: string,
): Promise<Tick | undefined> {
  const { pool, clock } = service
  const now = clock.now()
  const stored = await readCandidates(pool, ecosystem.id)
  const candidates = stored.map((each) => candidateOf(each, now))
  const initiator = initiatorOf(candidates, seed)
  if (initiator === undefined) return undefined
  const meetings = await readMeetings(pool, initiator.id)
  const lastMet = new Map(meetings.map(({ other, last }) => [other, last]))
  const deed = deedOf(initiator, candidates, lastMet, { seed, now })
  if (deed === undefined) return undefined
  const result = await interact(service, generator, ecosystem.owner_id, { ...deed, seed })
  return { deed, result }
}

function candidateOf(stored: StoredCandidate, now: Date): Candidate {
  const { id, name, personality_traits: personality } = stored
  const energy = energyAt(
    {
      energy: stored.energy,
      updatedAtMs: stored.energy_updated_at.getTime(),
      extraversion: personality.extraversion,
      regeneration: stored.energy_regen,
    },
    now.getTime(),
  )
  return { id, name, personality, autonomy: stored.autonomy_level, energy }
}
