import { statement } from 'service-kit'
import type { Memory } from '../rule/memory.ts'

/** Memories of a character that may be called up: the latest, and the most important. */
export const memoriesToRank = statement<Memory, [character: string, ofEach: number]>(
  'memories-to-rank',
  `(select id, content, importance, accessed_at from character_memories
    where character_id = $1 order by occurred_at desc limit $2)
   union
   (select id, content, importance, accessed_at from character_memories
    where character_id = $1 order by importance desc limit $2)`,
)
