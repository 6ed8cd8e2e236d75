import type { Actor, SystemHandle } from 'etalon'

/** Somebody with an account, signed in. */
export interface Person extends Actor {
  readonly id: number
}

/** Signs somebody in; his name begins with his role, such as `student:rival`. */
export async function personOf(system: SystemHandle, name: string): Promise<Person> {
  const actor = await system.actor(name)
  return { ...actor, id: actor.facts['id'] as number }
}
