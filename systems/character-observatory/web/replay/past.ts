import type { CharacterView, LinkView } from '../api.ts'
import { withEvents, type FeedLine } from '../feed/feed-line.ts'
import type { EcosystemEvent } from '../live/ecosystem-event.ts'
import { beginningOf, linkKey, stranger, type Cast } from './beginning.ts'
import type { History } from './history.ts'

/** How an ecosystem was at a moment, as far as its events tell. */
export interface Past {
  readonly characters: readonly CharacterView[]
  readonly links: readonly LinkView[]
  /** The newest first. */
  readonly lines: readonly FeedLine[]
  /** What has happened until then. */
  readonly events: readonly EcosystemEvent[]
}

/** Enough events for the lines that the feed keeps: an interaction makes three. */
const eventsOfFeed = 200

/**
 * How it was after the first `count` events. Energy is what was told last: what came back by itself
 * since is in no event.
 */
export function pastAt(history: History, count: number): Past {
  const cast = beginningOf(history)
  const details = new Map(history.characters.map((one) => [one.id, one]))
  const events = history.events.slice(0, count)
  for (const event of events) happen(cast, event, details)
  const { characters, links } = cast
  return {
    characters: [...characters.values()],
    links: [...links.values()].filter(({ a, b }) => characters.has(a) && characters.has(b)),
    lines: withEvents([], events.slice(-eventsOfFeed)),
    events,
  }
}

function happen(
  { characters, links }: Cast,
  event: EcosystemEvent,
  details: ReadonlyMap<string, CharacterView>,
): void {
  const change = (id: string, by: (known: CharacterView) => Partial<CharacterView>): void => {
    const known = characters.get(id)
    if (known) characters.set(id, { ...known, ...by(known) })
  }
  switch (event.type) {
    case 'character_created': {
      const { id, name } = event.data
      const fresh = { name, social_energy: 1, interaction_count: 0, emotions: {} }
      characters.set(id, { ...(details.get(id) ?? stranger(event.data)), ...fresh })
      break
    }
    case 'character_deleted':
      characters.delete(event.data.id)
      break
    case 'character_interaction':
      for (const id of [event.data.initiator_id, event.data.target_id]) {
        change(id, ({ interaction_count: met }) => ({ interaction_count: met + 1 }))
      }
      break
    case 'relationship_change': {
      const { a, b, type, strength, trust, familiarity } = event.data
      const count = (links.get(linkKey(event.data))?.count ?? 0) + 1
      const last = event.timestamp
      links.set(linkKey(event.data), { a, b, type, strength, trust, familiarity, count, last })
      break
    }
    case 'character_state_change':
    case 'energy_recovered':
      for (const { id, energy, emotions } of event.data.characters) {
        change(id, (known) => ({
          social_energy: energy ?? known.social_energy,
          emotions: emotions ?? known.emotions,
        }))
      }
  }
}
