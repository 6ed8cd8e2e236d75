import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import { inTransaction, requestError, uniqueViolation, type Sql } from 'service-kit'
import { thingsOfCharacter } from '../cache/changed-thing.ts'
import { fail } from '../error.ts'
import type { ResponseGenerator } from '../response/response.ts'
import { rankMemories, type Memory } from '../rule/memory.ts'
import type { Service } from '../service.ts'
import { writeInteraction } from '../store/interaction-write.ts'
import { findByKey, type StoredInteraction } from '../store/interaction.ts'
import {
  changeOf,
  relationshipOf,
  type InteractionRequest,
  type Said,
} from './interaction-change.ts'
import { keptOf, resultOf, type InteractionResult } from './interaction-result.ts'
import { canInteract, lock, look, mayInteract, type Standing } from './standing.ts'

/** What an interaction needs. Where there is no cache here, the relay tells those of the others. */
type Writing = Pick<Service, 'pool' | 'clock'> & Partial<Pick<Service, 'cache'>>

/** Memories that an answer is made with. */
const recalledMax = 3

/**
 * One interaction of two characters. Its answer is made first, because a language model may take
 * long. Then all that changes is written in one statement together with the events that tell of
 * it, computed from what was read at first, if that is still so. If it is not, both characters are
 * locked in the order of their ids, looked at again, and written in that transaction.
 */
export async function interact(
  service: Writing,
  generator: ResponseGenerator,
  userId: string,
  request: InteractionRequest,
): Promise<InteractionResult> {
  const result = await interaction(service, generator, userId, request)
  const things = [request.initiatorId, request.targetId].flatMap(thingsOfCharacter)
  await service.cache?.changed(...things)
  return result
}

async function interaction(
  { pool, clock }: Writing,
  generator: ResponseGenerator,
  userId: string,
  request: InteractionRequest,
): Promise<InteractionResult> {
  if (request.initiatorId === request.targetId) throw fail('CHAR_SAME_CHARACTER')
  const { memories, ...seen } = await look(pool, userId, request)
  mayInteract(seen)
  const earlier = await earlierResult(pool, seen, request)
  if (earlier !== undefined) return earlier
  canInteract(seen, request, clock.now())
  const said = await answerTo(request, seen, memories, { generator, now: clock.now() })
  const deed = { clock, userId, request, said }
  try {
    return (
      (await write(pool, seen, deed)) ?? (await inTransaction(pool, (tx) => writeLocked(tx, deed)))
    )
  } catch (error) {
    // Somebody with the same key was quicker.
    const isTaken = uniqueViolation(error) === 'interactions_idempotency_key'
    const first = isTaken ? await earlierResult(pool, seen, request) : undefined
    if (first === undefined) throw error
    return first
  }
}

/** What the target answers, from what it remembers. */
async function answerTo(
  request: InteractionRequest,
  { pair: { initiator, target }, known }: Standing,
  remembered: readonly Memory[],
  { generator, now }: { readonly generator: ResponseGenerator; readonly now: Date },
): Promise<Said> {
  const seed = request.seed ?? randomUUID()
  const about = `${initiator.name} ${request.content}`
  const memories = rankMemories(remembered, about, now, recalledMax)
  const { text, generator: origin } = await generator.respond({
    type: request.type,
    content: request.content,
    initiator: { name: initiator.name, personality: initiator.personality_traits },
    target: { name: target.name, personality: target.personality_traits },
    relationship: relationshipOf(known),
    memories: memories.map(({ content }) => content),
    seed,
  })
  return {
    response: text,
    metadata: { generator: origin, seed, memories },
    recalled: memories.map(({ id }) => id),
  }
}

/** An interaction that is to be written. */
interface Deed extends Pick<Service, 'clock'> {
  readonly userId: string
  readonly request: InteractionRequest
  readonly said: Said
}

/** Writes what becomes of two who stand like this; nothing when they do not any more. */
async function write(
  sql: Sql,
  standing: Standing,
  { clock, userId, request, said }: Deed,
): Promise<InteractionResult | undefined> {
  const change = changeOf({ ...standing, request, said, at: clock.now() })
  const written = await writeInteraction(sql, JSON.stringify(change), userId)
  return written.length === 0 ? undefined : resultOf(keptOf(change))
}

async function writeLocked(tx: PoolClient, deed: Deed): Promise<InteractionResult> {
  const { clock, userId, request } = deed
  const standing = await lock(tx, userId, request)
  mayInteract(standing)
  const earlier = await earlierResult(tx, standing, request)
  if (earlier !== undefined) return earlier
  canInteract(standing, request, clock.now())
  const result = await write(tx, standing, deed)
  if (result !== undefined) return result
  // The two are locked: what has changed since is whether the caller may let them interact.
  mayInteract(await lock(tx, userId, request))
  throw fail('CHAR_CHARACTER_INACTIVE')
}

/** The result of an earlier request with the same key (CHAR-INT-09). */
async function earlierResult(
  sql: Sql,
  { pair: { initiator } }: Standing,
  request: InteractionRequest,
): Promise<InteractionResult | undefined> {
  if (request.idempotencyKey === undefined) return undefined
  const [earlier] = await findByKey(sql, initiator.ecosystem_id, request.idempotencyKey)
  if (earlier === undefined) return undefined
  if (!isSameRequest(earlier, request)) throw requestError('IDEMPOTENCY_KEY_REUSED')
  return resultOf(earlier)
}

function isSameRequest(earlier: StoredInteraction, request: InteractionRequest): boolean {
  return (
    earlier.initiator_id === request.initiatorId &&
    earlier.target_id === request.targetId &&
    earlier.interaction_type === request.type &&
    earlier.content === request.content
  )
}
