import { compatibilityOf } from './compatibility.ts'
import { drawer, drawWeighted } from './draw.ts'
import { canPay, costsOf } from './energy.ts'
import type { InteractionType } from './interaction-type.ts'
import type { Personality } from './personality.ts'

/** Somebody who may act by itself. */
export interface Candidate {
  readonly id: string
  readonly name: string
  readonly personality: Personality
  /** 0 to 1: how likely it acts when it is its turn. */
  readonly autonomy: number
  /** Thousandths. */
  readonly energy: number
}

/** What somebody decides to do. */
export interface Deed {
  readonly initiatorId: string
  readonly targetId: string
  readonly type: InteractionType
  readonly content: string
}

const hourMs = 3_600_000

/** Who met within the hour is chosen this much less often. */
const metShare = 0.2

const words: Readonly<Record<InteractionType, string>> = {
  greeting: 'Hello {name}, nice to see you.',
  chat: 'How was your day, {name}?',
  discussion: 'What do you think about that, {name}?',
  debate: 'I see that otherwise, {name}. Let us argue.',
  collaboration: 'Shall we do it together, {name}?',
  emotional_support: 'You look sad, {name}. I am here.',
  conflict: 'I have had enough of you, {name}!',
}

/**
 * Whose turn it is: each as likely as its autonomy, of those who have the energy to greet. Nobody
 * where chance decides that who has the turn lets it pass. The same seed and candidates, in the
 * same order, give the same.
 */
export function initiatorOf(candidates: readonly Candidate[], seed: string): Candidate | undefined {
  const draw = drawer(`${seed}/initiator`)
  const able = candidates.filter(({ energy }) => canPay(energy, costsOf('greeting').initiator))
  const chosen = drawWeighted(able, ({ autonomy }) => autonomy, draw())
  return chosen !== undefined && draw() < chosen.autonomy ? chosen : undefined
}

/**
 * What the initiator does (CHAR-INT-11): with whom by compatibility, less often with whom it met
 * within the hour; the better the two get along the friendlier; never what either cannot pay.
 *
 * @param lastMet when the initiator last met whom, by id
 */
export function deedOf(
  initiator: Candidate,
  candidates: readonly Candidate[],
  lastMet: ReadonlyMap<string, Date>,
  { seed, now }: { readonly seed: string; readonly now: Date },
): Deed | undefined {
  const draw = drawer(`${seed}/deed`)
  const others = candidates.filter(
    ({ id, energy }) => id !== initiator.id && canPay(energy, costsOf('greeting').target),
  )
  const target = drawWeighted(others, (other) => weightOf(initiator, other, lastMet, now), draw())
  if (target === undefined) return undefined
  const { harmony } = compatibilityOf(initiator.personality, target.personality)
  const wished = typeOf(harmony, draw())
  const { initiator: cost, target: share } = costsOf(wished)
  const isPaid = canPay(initiator.energy, cost) && canPay(target.energy, share)
  const type = isPaid ? wished : 'greeting'
  const content = words[type].replace('{name}', target.name)
  return { initiatorId: initiator.id, targetId: target.id, type, content }
}

/** How likely two meet, in proportion to others. */
export function weightOf(
  initiator: Candidate,
  other: Candidate,
  lastMet: ReadonlyMap<string, Date>,
  now: Date,
): number {
  const { overall } = compatibilityOf(initiator.personality, other.personality)
  const met = lastMet.get(other.id)
  const hasMet = met !== undefined && now.getTime() - met.getTime() < hourMs
  return overall * (hasMet ? metShare : 1)
}

function typeOf(harmony: number, draw: number): InteractionType {
  const peaceful = ['chat', 'discussion', 'collaboration', 'greeting', 'emotional_support'] as const
  const hard = ['debate', 'conflict', 'greeting'] as const
  const isPeaceful = draw < 0.2 + 0.8 * harmony
  const place = (draw * 1_000) % 1
  const kinds = isPeaceful ? peaceful : hard
  return kinds[Math.floor(place * kinds.length)] as InteractionType
}
