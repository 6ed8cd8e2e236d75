import type { Actor, SystemHandle } from 'etalon'

/** Traits in the middle of everything. */
export const plain = {
  openness: 0.5,
  conscientiousness: 0.5,
  extraversion: 0.5,
  agreeableness: 0.5,
  neuroticism: 0.5,
}

export interface Character {
  readonly id: string
  readonly name: string
  readonly social_energy: number
  readonly interaction_count: number
  /** Shares of what it feels since its last interaction. */
  readonly emotions: Readonly<Record<string, number>>
}

/** An ecosystem of an actor's own, with characters in it. */
export interface Scene {
  readonly owner: Actor
  readonly ecosystem: string
  readonly characters: readonly Character[]
}

/** Makes a scene; its settings are the usual ones unless given. */
export async function setScene(
  system: SystemHandle,
  {
    characters = 2,
    settings = {},
    actor = 'owner',
  }: {
    readonly characters?: number
    readonly settings?: object
    readonly actor?: string
  } = {},
): Promise<Scene> {
  const owner = await system.actor(actor)
  const { body } = await owner
    .post<{ id: string }>('/api/v1/ecosystems', { name: 'A place', settings })
    .expect(201)
  const made: Character[] = []
  for (let number = 1; number <= characters; number += 1) {
    made.push(await makeCharacter(owner, body.id, `Character ${number}`))
  }
  return { owner, ecosystem: body.id, characters: made }
}

/** Makes one character by the API. */
export async function makeCharacter(
  owner: Actor,
  ecosystem: string,
  name: string,
  personality_traits: object = plain,
): Promise<Character> {
  const { body } = await owner
    .post<Character>('/api/v1/characters', {
      ecosystem_id: ecosystem,
      name,
      description: 'Lives here.',
      personality_traits,
    })
    .expect(201)
  return body
}

/** What an interaction gives. */
export interface Interaction {
  readonly id: string
  readonly response: string
  readonly sentiment: number
  readonly relationship_change: {
    readonly strength: number
    readonly trust: number
    readonly familiarity: number
  }
}

/** The body of a request for an interaction. */
export function meeting(
  initiator: Pick<Character, 'id'>,
  target: Pick<Character, 'id'>,
  interaction_type = 'greeting',
  content = 'Hello there',
): object {
  return { initiator_id: initiator.id, target_id: target.id, interaction_type, content }
}
