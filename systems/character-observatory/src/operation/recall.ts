import { rankMemories, type RankedMemory } from '../rule/memory.ts'
import type { Service } from '../service.ts'
import { memoriesToRank } from '../store/memory.ts'

/** Memories that an answer is made with. */
const recalledMax = 3

/** How many of the latest, and of the most important, are looked through. */
const lookedAt = 50

/** What somebody remembers of what another says: the most fitting first (CHAR-DB-09). */
export async function recall(
  { pool, clock }: Pick<Service, 'pool' | 'clock'>,
  character: string,
  about: string,
): Promise<RankedMemory[]> {
  const memories = await memoriesToRank(pool, character, lookedAt)
  return rankMemories(memories, about, clock.now(), recalledMax)
}
