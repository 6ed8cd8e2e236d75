import type { Prove, Random, Sql, SystemHandle } from 'etalon'
import { openContract, type Contract } from '../contract.ts'
import { personOf, type Person } from '../person.ts'

/** What a claim about a group of endpoints works with. */
export interface Scene {
  readonly system: SystemHandle
  readonly sql: Sql
  readonly random: Random
  readonly prove: Prove
  readonly contract: Contract
  readonly admin: Person
  readonly student: Person
  /** Another student, who has no licence. */
  readonly rival: Person
}

/** Opens a scene; its people are called after the claim. */
export async function openScene(
  { system, random, prove }: Pick<Scene, 'system' | 'random' | 'prove'>,
  claim: string,
): Promise<Scene> {
  return {
    system,
    sql: system.sql,
    random,
    prove,
    contract: await openContract(system),
    admin: await personOf(system, `admin:${claim}`),
    student: await personOf(system, `student:${claim}`),
    rival: await personOf(system, `student:${claim}-rival`),
  }
}

/** Proves that exactly these endpoints have answered, and all as they are documented. */
export function proveContract({ prove, contract }: Scene, endpoints: readonly string[]): void {
  const { answered, departures } = contract
  prove('endpoints that answered', [...answered].toSorted()).equals(endpoints.toSorted())
  prove('answers that depart from the documentation', departures).isEmpty()
}
