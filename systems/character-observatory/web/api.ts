import { createService, type Query, type Question, type Wire, type WirePage } from 'page-kit'
import type { z } from 'zod'
import type { character } from '../src/schema/character.ts'
import type { ecosystem as ecosystemShape } from '../src/schema/ecosystem.ts'
import type { network } from '../src/schema/graph.ts'
import type { interaction, interactionKind, interactionResult } from '../src/schema/interaction.ts'
import type { User } from '../src/store/user.ts'
import type { EcosystemEvent } from './live/ecosystem-event.ts'

export type UserView = Wire<User>
export type EcosystemView = Wire<z.output<typeof ecosystemShape>>
export type CharacterView = Wire<z.output<typeof character>>
export type NetworkView = Wire<z.output<typeof network>>
export type LinkView = NetworkView['edges'][number]
export type InteractionKind = z.output<typeof interactionKind>
export type InteractionType = InteractionKind['type']
export type InteractionView = Wire<z.output<typeof interaction>>
export type InteractionResult = z.output<typeof interactionResult>

/** The service that served this page. */
export const service = createService<UserView>('')

/** What the paths of the API begin with. */
export const apiPath = '/api/v1'

const { at, client } = service
const pageSizeMax = 200

export const ecosystems = at<WirePage<EcosystemView>>(`${apiPath}/ecosystems`, {
  page_size: pageSizeMax,
})

export const ecosystem = (id: string): Question<EcosystemView> => at(`${apiPath}/ecosystems/${id}`)

/** All characters of an ecosystem, the oldest first. */
export const charactersOf = (id: string): Question<readonly CharacterView[]> => ({
  queryKey: ['characters', id],
  async queryFn({ signal }) {
    const read = (page: number): Promise<WirePage<CharacterView>> =>
      client.get(`${apiPath}/ecosystems/${id}/characters`, { page, page_size: pageSizeMax }, signal)
    const first = await read(1)
    const pages = Math.ceil(first.total / pageSizeMax)
    const more = Array.from({ length: Math.max(0, pages - 1) }, (_none, index) => read(index + 2))
    return [first, ...(await Promise.all(more))].flatMap(({ items }) => items)
  },
})

/** All links between the characters of an ecosystem. */
export const linksOf = (id: string): Question<readonly LinkView[]> => ({
  queryKey: ['links', id],
  queryFn: async ({ signal }) =>
    (await client.get<NetworkView>(`${apiPath}/ecosystems/${id}/graph`, {}, signal)).edges,
})

export const interactionKinds = at<{ readonly items: readonly InteractionKind[] }>(
  `${apiPath}/interactions/types`,
)

/** Enough events for the interactions that the feed shows: each makes three. */
const eventsRead = 200

export interface EventPage {
  readonly items: readonly EcosystemEvent[]
  /** None where there is nothing more. */
  readonly next_after_seq: number | null
}

/** A page of events: after a number in their order, without one the latest. */
export const eventsOf = (id: string, query: Query, signal: AbortSignal): Promise<EventPage> =>
  client.get(`${apiPath}/ecosystems/${id}/events`, query, signal)

/** The latest events, the newest first. */
export async function latestEvents(
  id: string,
  signal: AbortSignal,
): Promise<readonly EcosystemEvent[]> {
  return (await eventsOf(id, { limit: eventsRead }, signal)).items
}

/** The latest interactions of an ecosystem, the newest first. */
export const interactionsOf = (
  id: string,
): Question<{ readonly items: readonly InteractionView[] }> =>
  at(`${apiPath}/interactions`, { ecosystem: id, limit: 200 })

export const readCharacter = (id: string): Promise<CharacterView> =>
  client.get(`${apiPath}/characters/${id}`)
