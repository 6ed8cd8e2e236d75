import { type Actor, type LoadRequest, type SystemHandle } from 'etalon'
import { crowdEcosystem, type CrowdedEcosystem } from '../crowded-ecosystem.ts'

/** The crowded ecosystem of the report's load. */
export interface Place extends CrowdedEcosystem {
  readonly owner: Actor
}

/** The same with those who use it. */
export interface UsedPlace extends Place {
  /** What the requests of a hundred users carry, the owner the first of them. */
  readonly users: readonly Actor['headers'][]
}

const usersInAll = 100

let filled: Promise<CrowdedEcosystem> | undefined
let joined: Promise<UsedPlace['users']> | undefined

/** A thousand characters, 5,000 relationships and an hour of 12,500 interactions; made once. */
export async function placeOf(system: SystemHandle): Promise<Place> {
  const owner = await system.actor('owner')
  filled ??= crowdEcosystem(system.sql, String(owner.facts['id']), {
    characters: 1_000,
    relationships: 5_000,
    interactions: 12_500,
  })
  return { ...(await filled), owner }
}

/** That place with a hundred users, who join it once. */
export async function usedPlaceOf(system: SystemHandle): Promise<UsedPlace> {
  const place = await placeOf(system)
  joined ??= join(system, place)
  return { ...place, users: await joined }
}

async function join(
  system: SystemHandle,
  { owner, ecosystem }: Place,
): Promise<UsedPlace['users']> {
  const others: Actor[] = []
  for (let user = 1; user < usersInAll; user += 1) others.push(await system.actor(`user-${user}`))
  await system.sql.run(
    `insert into ecosystem_members (ecosystem_id, user_id, role)
     select $1, id, 'editor' from unnest($2::uuid[]) id`,
    [ecosystem, others.map(({ facts }) => facts['id'])],
  )
  return [owner, ...others].map(({ headers }) => headers)
}

/** The names under which requests are measured. */
export const kinds = {
  characters: 'character list',
  character: 'one character',
  relationships: 'relationships',
  messages: 'messages',
  feed: 'activity feed',
  interaction: 'interaction',
  change: 'change of a character',
} as const

/** Pairs of characters that interact in turn. */
const pairs = 100

/** How often users write: one of so many requests is an interaction, one of so many a change. */
export interface Mix {
  readonly perInteraction: number
  /** No changes of characters unless given. */
  readonly perChange?: number
}

/** What 100 users ask for: some write, and all others read. */
export function requestsOf(place: UsedPlace, { perInteraction, perChange }: Mix): LoadRequest[] {
  const { users } = place
  return Array.from({ length: pairs * perInteraction }, (_, index) => {
    const headers = users[index % users.length] as Actor['headers']
    const isInteraction = index % perInteraction === 0
    if (isInteraction) return { ...interactionOf(place, index / perInteraction), headers }
    const isChange = perChange !== undefined && index % perChange === 1
    return { ...(isChange ? changeOf(place, index) : readOf(place, index)), headers }
  })
}

/** A greeting of two characters whom nobody else lets interact, so that none is exhausted. */
function interactionOf({ characters }: Place, pair: number): LoadRequest {
  const [initiator_id, target_id] = characters.slice(2 * pair, 2 * pair + 2)
  return {
    name: kinds.interaction,
    method: 'POST',
    path: '/api/v1/interactions',
    json: { initiator_id, target_id, interaction_type: 'greeting', content: 'Good to see you.' },
    statuses: [201],
  }
}

function changeOf({ characters }: Place, index: number): LoadRequest {
  const path = `/api/v1/characters/${characters[index % characters.length]}`
  return { name: kinds.change, method: 'PATCH', path, json: { description: 'Is told of.' } }
}

function readOf({ ecosystem, characters }: Place, index: number): LoadRequest {
  const place = `/api/v1/ecosystems/${ecosystem}`
  const character = `/api/v1/characters/${characters[(7 * index) % characters.length]}`
  const reads: LoadRequest[] = [
    { name: kinds.characters, path: `${place}/characters?page_size=20` },
    { name: kinds.character, path: character },
    { name: kinds.relationships, path: `${character}/relationships` },
    { name: kinds.messages, path: `${character}/messages` },
    { name: kinds.feed, path: `${place}/events` },
  ]
  return reads[index % reads.length] as LoadRequest
}
