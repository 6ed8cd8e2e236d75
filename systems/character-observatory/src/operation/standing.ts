import type { Pool, PoolClient } from 'pg'
import { inOneWrite } from 'service-kit'
import { fail } from '../error.ts'
import { canPay, costsOf, energyAt, waitMs } from '../rule/energy.ts'
import type { Memory } from '../rule/memory.ts'
import { memoriesToRank } from '../store/memory.ts'
import {
  lockParticipants,
  readParticipants,
  readRelationship,
  type Participant,
  type StoredRelationship,
} from '../store/participant.ts'
import { energyOf, type InteractionRequest, type Pair } from './interaction-change.ts'

/** Two characters who are to interact, and what they are to each other, as they were read. */
export interface Standing {
  readonly pair: Pair
  readonly known: StoredRelationship | undefined
}

/** How many of the latest memories, and of the most important, are looked through. */
const memoriesOfEach = 50

/** Looks how the two stand, and what the target remembers, in one round trip. */
export async function look(
  pool: Pool,
  userId: string,
  request: InteractionRequest,
): Promise<Standing & { readonly memories: readonly Memory[] }> {
  const client = await pool.connect()
  try {
    const [found, [known], memories] = await inOneWrite(client, () =>
      Promise.all([
        readParticipants(client, idsOf(request), userId),
        readRelationship(client, ...inOrder(request)),
        memoriesToRank(client, request.targetId, memoriesOfEach),
      ]),
    )
    return { pair: pairOf(found, request), known, memories }
  } finally {
    client.release()
  }
}

/** Locks the two until the transaction ends, and looks how they stand then. */
export async function lock(
  tx: PoolClient,
  userId: string,
  request: InteractionRequest,
): Promise<Standing> {
  const [locked, [known]] = await inOneWrite(tx, () =>
    Promise.all([
      lockParticipants(tx, idsOf(request), userId),
      // Sent after the lock, it is answered when nobody else can change what it reads.
      readRelationship(tx, ...inOrder(request)),
    ]),
  )
  return { pair: pairOf(locked, request), known }
}

/** Who is no member learns nothing about the characters but that they are there. */
export function mayInteract({ pair: { initiator, target } }: Standing): void {
  for (const { membership, is_deleted } of [initiator, target]) {
    if (membership === 'owner' || membership === 'editor') continue
    throw fail(is_deleted ? 'CHAR_CHARACTER_UNKNOWN' : 'CHAR_ECOSYSTEM_FOREIGN')
  }
}

/**
 * CHAR-INT-02, CHAR-INT-08 and CHAR-ENG-05: two who cannot meet are refused; who has not rested
 * enough is told when it will have.
 */
export function canInteract(standing: Standing, request: InteractionRequest, now: Date): void {
  const { initiator, target } = standing.pair
  if (initiator.is_deleted || target.is_deleted) throw fail('CHAR_CHARACTER_UNKNOWN')
  if (initiator.ecosystem_id !== target.ecosystem_id) throw fail('CHAR_ECOSYSTEMS_DIFFER')
  if (!initiator.is_active || !target.is_active) throw fail('CHAR_CHARACTER_INACTIVE')
  checkCooldown(standing, now)
  checkEnergy(standing.pair, request, now)
}

function checkCooldown({ pair, known }: Standing, now: Date): void {
  const last = known?.last_interaction
  if (last === null || last === undefined) return
  const untilMs = last.getTime() + pair.initiator.interaction_cooldown * 1_000
  if (now.getTime() >= untilMs) return
  throw fail('CHAR_COOLDOWN', { reason: 'cooldown', wait_ms: untilMs - now.getTime() })
}

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

function idsOf({ initiatorId, targetId }: InteractionRequest): [string, string] {
  return [initiatorId, targetId]
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
