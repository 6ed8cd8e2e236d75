import { randomUUID } from 'node:crypto'
import { inTransaction, requestError, uniqueViolation } from 'service-kit'
import { thingsOfCharacter } from '../cache/changed-thing.ts'
import { fail } from '../error.ts'
import type { ResponseGenerator } from '../response/response.ts'
import { canPay, costsOf, energyAt, waitMs } from '../rule/energy.ts'
import type { Service } from '../service.ts'
import {
  findByKey,
  lockParticipants,
  readParticipants,
  readRelationship,
  writeInteraction,
  type Participant,
  type StoredInteraction,
  type StoredRelationship,
} from '../store/interaction.ts'
import {
  changeOf,
  energyOf,
  keptOf,
  relationshipOf,
  resultOf,
  type InteractionRequest,
  type InteractionResult,
  type Pair,
} from './interaction-change.ts'
import { recall } from './recall.ts'

/** What an interaction needs. Where there is no cache here, the relay tells those of the others. */
type Writing = Pick<Service, 'pool' | 'clock'> & Partial<Pick<Service, 'cache'>>

/**
 * One interaction of two characters. Its answer is made first, because a language model may take
 * long; then both characters are locked in the order of their ids, looked at again, and all that
 * changes is written in one transaction together with the events that tell of it.
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
  service: Writing,
  generator: ResponseGenerator,
  userId: string,
  request: InteractionRequest,
): Promise<InteractionResult> {
  const { pool, clock } = service
  if (request.initiatorId === request.targetId) throw fail('CHAR_SAME_CHARACTER')
  const ids = [request.initiatorId, request.targetId]
  const [found, known] = await Promise.all([
    readParticipants(pool, ids, userId),
    readRelationship(pool, ...inOrder(request)),
  ])
  const seen = pairOf(found, request)
  mayInteract(seen)
  const earlier = await earlierResult(service, seen, request)
  if (earlier !== undefined) return earlier
  const seed = request.seed ?? randomUUID()
  const memories = await recall(
    service,
    seen.target.id,
    `${seen.initiator.name} ${request.content}`,
  )
  const { text, generator: origin } = await generator.respond({
    type: request.type,
    content: request.content,
    initiator: { name: seen.initiator.name, personality: seen.initiator.personality_traits },
    target: { name: seen.target.name, personality: seen.target.personality_traits },
    relationship: relationshipOf(known[0]),
    memories: memories.map(({ content }) => content),
    seed,
  })
  const said = {
    response: text,
    metadata: { generator: origin, seed, memories },
    recalled: memories.map(({ id }) => id),
  }
  try {
    return await inTransaction(pool, async (tx) => {
      const [locked, relationships] = await Promise.all([
        lockParticipants(tx, ids, userId),
        readRelationship(tx, ...inOrder(request)),
      ])
      const pair = pairOf(locked, request)
      mayInteract(pair)
      const now = clock.now()
      checkCooldown(pair, relationships[0], now)
      checkEnergy(pair, request, now)
      const change = changeOf({ pair, known: relationships[0], request, said, at: now })
      await writeInteraction(tx, JSON.stringify(change))
      return resultOf(keptOf(change))
    })
  } catch (error) {
    // Somebody with the same key was quicker.
    const isTaken = uniqueViolation(error) === 'interactions_idempotency_key'
    const first = isTaken ? await earlierResult(service, seen, request) : undefined
    if (first === undefined) throw error
    return first
  }
}

/** The two ids, the smaller first, as a pair is stored. */
function inOrder({ initiatorId, targetId }: InteractionRequest): [string, string] {
  return initiatorId < targetId ? [initiatorId, targetId] : [targetId, initiatorId]
}

function pairOf(found: readonly Participant[], request: InteractionRequest): Pair {
  const initiator = found.find(({ id }) => id === request.initiatorId)
  const target = found.find(({ id }) => id === request.targetId)
  if (initiator === undefined || target === undefined) throw fail('CHAR_CHARACTER_UNKNOWN')
  return { initiator, target }
}

/** CHAR-INT-02. Who is no member learns nothing about the characters but that they are there. */
function mayInteract({ initiator, target }: Pair): void {
  for (const { membership } of [initiator, target]) {
    if (membership !== 'owner' && membership !== 'editor') throw fail('CHAR_ECOSYSTEM_FOREIGN')
  }
  if (initiator.ecosystem_id !== target.ecosystem_id) throw fail('CHAR_ECOSYSTEMS_DIFFER')
  if (!initiator.is_active || !target.is_active) throw fail('CHAR_CHARACTER_INACTIVE')
}

/** CHAR-ENG-05: who has not enough is refused, and told when there will be. */
function checkEnergy(pair: Pair, { type }: InteractionRequest, now: Date): void {
  const costs = costsOf(type)
  for (const role of ['initiator', 'target'] as const) {
    const character = pair[role]
    const stored = energyOf(character)
    const energy = energyAt(stored, now.getTime())
    if (canPay(energy, costs[role])) continue
    throw fail('CHAR_EXHAUSTED', {
      reason: 'exhausted',
      character_id: character.id,
      energy: energy / 1_000,
      cost: costs[role] / 1_000,
      wait_ms: waitMs(stored, costs[role], now.getTime()) ?? null,
    })
  }
}

/** CHAR-INT-08. */
function checkCooldown(pair: Pair, known: StoredRelationship | undefined, now: Date): void {
  const last = known?.last_interaction
  if (last === null || last === undefined) return
  const untilMs = last.getTime() + pair.initiator.interaction_cooldown * 1_000
  if (now.getTime() >= untilMs) return
  throw fail('CHAR_COOLDOWN', { reason: 'cooldown', wait_ms: untilMs - now.getTime() })
}

/** The result of an earlier request with the same key (CHAR-INT-09). */
async function earlierResult(
  { pool }: Pick<Service, 'pool'>,
  { initiator }: Pair,
  request: InteractionRequest,
): Promise<InteractionResult | undefined> {
  if (request.idempotencyKey === undefined) return undefined
  const [earlier] = await findByKey(pool, initiator.ecosystem_id, request.idempotencyKey)
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
