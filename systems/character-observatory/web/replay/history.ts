import type { Question } from 'page-kit'
import {
  charactersOf,
  eventsOf,
  linksOf,
  type CharacterView,
  type EventPage,
  type LinkView,
} from '../api.ts'
import type { EcosystemEvent } from '../live/ecosystem-event.ts'

/** What happened in an ecosystem, and what came of it. */
export interface History {
  /** In their order, the last of them the latest that was read. */
  readonly events: readonly EcosystemEvent[]
  /** Who is there after the last of them, and who knows whom. */
  readonly characters: readonly CharacterView[]
  readonly links: readonly LinkView[]
}

/** Of a longer history the latest events are gone through. */
const historyEventsMax = 10_000
const historyPageSize = 500

/** What happened in an ecosystem, and what came of it, as it was read at a moment. */
export const historyOf = (id: string, atMs: number): Question<History> => ({
  queryKey: ['history', id, atMs],
  async queryFn(context) {
    const [characters, links, [newest]] = await Promise.all([
      charactersOf(id).queryFn(context),
      linksOf(id).queryFn(context),
      eventsOf(id, { limit: 1 }, context.signal).then(({ items }) => items),
    ])
    const events: EcosystemEvent[] = []
    let after: number | null = Math.max(0, (newest?.seq ?? 0) - historyEventsMax)
    while (after !== null) {
      const query = { after_seq: after, limit: historyPageSize }
      const page: EventPage = await eventsOf(id, query, context.signal)
      events.push(...page.items)
      after = page.next_after_seq
    }
    return { events, characters, links }
  },
})
