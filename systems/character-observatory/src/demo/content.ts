import type { Pool } from 'pg'
import { inTransaction, type Clock } from 'service-kit'
import { interact } from '../operation/interact.ts'
import { templateGenerator } from '../response/template.ts'
import { insertCharacter } from '../store/character.ts'
import { insertEcosystem, setMember } from '../store/ecosystem.ts'
import { tell } from '../store/event.ts'
import { harbour, laboratory, personalityOf, type Member } from './cast.ts'
import { cold, mild, warm, type Meeting } from './script.ts'

interface Place {
  readonly name: string
  readonly description: string
  readonly cast: readonly Member[]
}

const hourMs = 3_600_000
const daysLong = 5
/** Of all meetings so many were in the last hours, so that not everybody is at rest. */
const lateShare = 0.12
const lateHours = 4
const meetingsPerMember = 26
/** How far along the cast those stand who meet, in turn. */
const steps = [1, 3, 1, 6, 3]

/** Two places with a past of some days, made by the same operations as every other past. */
export async function fillDemo(
  pool: Pool,
  clock: Clock,
  { owner, guest }: { readonly owner: string; readonly guest: string },
): Promise<void> {
  for (const place of [laboratory, harbour]) {
    const ecosystem = await fillPlace(pool, clock, owner, place)
    if (place === harbour) await setMember(pool, ecosystem, guest, 'viewer')
  }
}

async function fillPlace(pool: Pool, clock: Clock, owner: string, place: Place): Promise<string> {
  const { name, description, cast } = place
  const [made] = await insertEcosystem(pool, name, description, owner, '{}')
  const ecosystem = made?.id ?? ''
  const nowMs = clock.now().getTime()
  const beginMs = nowMs - daysLong * 24 * hourMs
  const ids: string[] = []
  for (const member of cast) {
    ids.push(await moveIn(pool, { ecosystem, owner, member, at: new Date(beginMs) }))
  }
  const total = cast.length * meetingsPerMember
  for (let number = 0; number < total; number += 1) {
    const at = new Date(momentOf(number / total, beginMs, nowMs))
    await meet({ pool, clock: { now: () => at } }, owner, ids, number)
  }
  return ecosystem
}

/** When in the past a meeting was; the last of them follow each other quickly. */
function momentOf(share: number, beginMs: number, nowMs: number): number {
  const lateMs = nowMs - lateHours * hourMs
  if (share < 1 - lateShare) return beginMs + (share / (1 - lateShare)) * (lateMs - beginMs)
  return lateMs + ((share - (1 - lateShare)) / lateShare) * (nowMs - lateMs)
}

interface Arrival {
  readonly ecosystem: string
  readonly owner: string
  readonly member: Member
  readonly at: Date
}

async function moveIn(pool: Pool, { ecosystem, owner, member, at }: Arrival): Promise<string> {
  const [name, description, traits] = member
  const personality = JSON.stringify(personalityOf(traits))
  return inTransaction(pool, async (tx) => {
    const [made] = await insertCharacter(
      tx,
      ecosystem,
      owner,
      name,
      description,
      personality,
      0.5,
      true,
      true,
      null,
      null,
      at,
      1_000,
    )
    const id = made?.id ?? ''
    await tell(tx, ecosystem, 'character_created', { id, name })
    return id
  })
}

/** Everybody meets a few neighbours again and again, each pair in its own manner. */
async function meet(
  service: Parameters<typeof interact>[0],
  owner: string,
  ids: readonly string[],
  number: number,
): Promise<void> {
  const first = (number * 7) % ids.length
  const round = Math.floor(number / ids.length)
  const second = (first + (steps[round % steps.length] ?? 1)) % ids.length
  const meetings = mannerOf(first, second)
  const [type, content] = meetings[(number + round) % meetings.length] as Meeting
  const [initiatorId = '', targetId = ''] =
    round % 2 === 0 ? [ids[first], ids[second]] : [ids[second], ids[first]]
  const seed = String(number)
  const request = { initiatorId, targetId, type, content, seed, idempotencyKey: undefined }
  await interact(service, templateGenerator, owner, request).catch((error: unknown) => {
    // Who is tired rests instead.
    if ((error as { code?: string }).code !== 'CHAR_EXHAUSTED') throw error
  })
}

function mannerOf(first: number, second: number): readonly Meeting[] {
  const kind = (first * 3 + second * 5) % 8
  if (kind < 4) return warm
  return kind < 6 ? mild : cold
}
