import type { Emotions } from '../../src/rule/emotion.ts'
import type { InteractionType } from '../../src/rule/interaction-type.ts'
import type { RelationshipType } from '../../src/rule/relationship.ts'
import type { EcosystemEvent } from '../live/ecosystem-event.ts'

/** What the feed tells in one line. */
export type FeedLine = { readonly id: string; readonly seq: number; readonly at: string } & (
  | {
      readonly kind: 'interaction'
      readonly type: InteractionType
      readonly initiator: string
      readonly target: string
      readonly content: string
      readonly response: string
      /** What who answered felt. */
      readonly emotions: Readonly<Partial<Emotions>>
      /** What became of the two; nothing until that was told. */
      readonly change?: RelationshipStep
    }
  | { readonly kind: 'came' | 'left'; readonly name: string }
  | { readonly kind: 'rested'; readonly character: string }
)

interface RelationshipStep {
  readonly strength: number
  /** Set where the two are something else now. */
  readonly became?: RelationshipType
}

/** Lines that the feed keeps. */
const linesMax = 50

/** The lines after some events, given in their order; the newest line first. */
export function withEvents(
  lines: readonly FeedLine[],
  events: readonly EcosystemEvent[],
): readonly FeedLine[] {
  return events.reduce(withEvent, lines).slice(0, linesMax)
}

function withEvent(lines: readonly FeedLine[], event: EcosystemEvent): readonly FeedLine[] {
  if (event.type !== 'relationship_change') {
    const line = lineOf(event)
    const isKnown = lines.some(({ id }) => id === line?.id)
    return line === undefined || isKnown ? lines : [line, ...lines]
  }
  const { interaction_id, strength_change, type, type_before } = event.data
  const change: RelationshipStep = {
    strength: strength_change,
    ...(type === type_before ? {} : { became: type }),
  }
  return lines.map((line) =>
    line.kind === 'interaction' && line.id === interaction_id ? { ...line, change } : line,
  )
}

function lineOf({ id, seq, timestamp: at, ...event }: EcosystemEvent): FeedLine | undefined {
  switch (event.type) {
    case 'character_interaction':
      return {
        kind: 'interaction',
        id: event.data.interaction_id,
        seq,
        at,
        type: event.data.interaction_type,
        initiator: event.data.initiator_id,
        target: event.data.target_id,
        content: event.data.content,
        response: event.data.response,
        emotions: event.data.emotions.target,
      }
    case 'character_created':
      return { kind: 'came', id, seq, at, name: event.data.name }
    case 'character_deleted':
      return { kind: 'left', id, seq, at, name: event.data.name }
    case 'energy_recovered':
      return { kind: 'rested', id, seq, at, character: event.data.characters[0]?.id ?? '' }
    case 'character_state_change':
    case 'relationship_change':
      return undefined
  }
}

/** The two emotions that are felt most, if they are felt at all. */
export function strongest(
  emotions: Readonly<Partial<Emotions>>,
): readonly (readonly [name: keyof Emotions, share: number])[] {
  const shares = Object.entries(emotions) as [keyof Emotions, number][]
  return shares
    .filter(([, share]) => share >= 0.15)
    .toSorted(([a, one], [b, other]) => other - one || a.localeCompare(b))
    .slice(0, 2)
}

/** How long ago something was, in few words. */
export function ago(at: string, nowMs: number): string {
  const seconds = Math.max(0, Math.round((nowMs - Date.parse(at)) / 1_000))
  if (seconds < 5) return 'just now'
  if (seconds < 60) return `${seconds} s ago`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ago`
  return `${Math.floor(seconds / 86_400)} d ago`
}
