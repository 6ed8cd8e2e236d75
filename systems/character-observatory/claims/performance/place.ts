import { type Actor, type LoadRequest, type SystemHandle } from 'etalon'
import { crowdEcosystem, type CrowdedEcosystem } from '../crowded-ecosystem.ts'

/** The crowded ecosystem of the report's load, with its users. */
export interface Place extends CrowdedEcosystem {
  readonly owner: Actor
  /** What the requests of a hundred users carry, the owner the first of them. */
  readonly users: readonly Actor['headers'][]
}

const usersInAll = 100

let filled: Promise<Omit<Place, 'owner'>> | undefined

/** A thousand characters, 5,000 relationships and an hour of 12,500 interactions; made once. */
export async function placeOf(system: SystemHandle): Promise<Place> {
  const owner = await system.actor('owner')
  filled ??= fill(system, owner)
  return { ...(await filled), owner }
}

async function fill(system: SystemHandle, owner: Actor): Promise<Omit<Place, 'owner'>> {
  const crowded = await crowdEcosystem(system.sql, String(owner.facts['id']), {
    characters: 1_000,
    relationships: 5_000,
    interactions: 12_500,
  })
  const others: Actor[] = []
  for (let user = 1; user < usersInAll; user += 1) others.push(await system.actor(`user-${user}`))
  await system.sql.run(
    `insert into ecosystem_members (ecosystem_id, user_id, role)
     select $1, id, 'editor' from unnest($2::uuid[]) id`,
    [crowded.ecosystem, others.map(({ facts }) => facts['id'])],
  )
  return { ...crowded, users: [owner, ...others].map(({ headers }) => headers) }
}

/** The names under which requests are measured. */
export const kinds = {
  characters: 'character list',
  character: 'one character',
  relationships: 'relationships',
  messages: 'messages',
  feed: 'activity feed',
  interaction: 'interaction',
} as const

/** Of so many requests one is an interaction, the others read. */
const requestsPerInteraction = 40

/** Pairs of characters that interact in turn. */
const pairs = 100

/**
 * What 100 users ask for. At 200 requests a second these are 5 interactions a second, each of two
 * characters whom nobody else lets interact, so that none is exhausted.
 */
export function requestsOf({ ecosystem, characters, users }: Place): LoadRequest[] {
  const place = `/api/v1/ecosystems/${ecosystem}`
  const at = (index: number): string => characters[index % characters.length] as string
  return Array.from({ length: pairs * requestsPerInteraction }, (_, index) => {
    const headers = users[index % users.length] as Actor['headers']
    if (index % requestsPerInteraction === 0) {
      return interactionOf(at(index / 20), at(index / 20 + 1), headers)
    }
    const character = `/api/v1/characters/${at(7 * index)}`
    const reads: LoadRequest[] = [
      { name: kinds.characters, path: `${place}/characters?page_size=20` },
      { name: kinds.character, path: character },
      { name: kinds.relationships, path: `${character}/relationships` },
      { name: kinds.messages, path: `${character}/messages` },
      { name: kinds.feed, path: `${place}/events` },
    ]
    return { ...(reads[index % reads.length] as LoadRequest), headers }
  })
}

/** A greeting. */
export function interactionOf(
  initiator_id: string,
  target_id: string,
  headers: Actor['headers'],
): LoadRequest {
  return {
    name: kinds.interaction,
    method: 'POST',
    path: '/api/v1/interactions',
    headers,
    json: { initiator_id, target_id, interaction_type: 'greeting', content: 'Good to see you.' },
    statuses: [201],
  }
}
